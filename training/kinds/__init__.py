"""How the kinds of question are learnt: the questions, and what makes the weights of them."""
