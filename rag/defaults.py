"""What a question costs and risks unless a setting says otherwise."""

TOP_K = 20  # passages retrieved
PASSAGES_READ = 8  # of them; more find more answers and take more time
UNSURE_FROM = 0.05  # and that below which the articles do not say (training/calibrate.py)
ANSWER_FROM = 0.5  # the calibrated probability from which an answer is shown as one
