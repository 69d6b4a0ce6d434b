"""What a question costs and risks unless a setting says otherwise."""

TOP_K = 20  # passages retrieved
PASSAGES_READ = 8  # of them; more find more answers and take more time
UNSURE_FROM = 0.05  # and that below which the articles are said not to answer (training/README.md)
ANSWER_FROM = 0.5  # the calibrated probability from which an answer is shown as one
