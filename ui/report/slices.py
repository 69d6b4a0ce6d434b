"""What a slice of an evaluation shows, on the terminal and on the page."""

# The heading leaves room for eight columns.
SLICED = {
    "retrieval.recall@1": "R@1",
    "retrieval.passage_recall@1": "passage R@1",
    "answer.em": "EM",
    "answer.f1": "F1",
    "answer.quote_holds_answer": "quote holds",
    "citations.precision": "cited prec.",
    "citations.recall": "cited rec.",
    "abstention.f1": "refusal F1",
}
