"""What a question costs and risks unless a setting says otherwise."""

TOP_K = 20  # passages retrieved
# Read of them where a fact is asked for: five more changed one of 155 answers, which was wrong
# (benchmarks/README.md), and took two thirds of the time.
PASSAGES_READ = 3
PASSAGES_TOLD = 8  # the same, at the least, where an answer tells of several
UNSURE_FROM = 0.03  # and that below which the articles are said not to answer (training/README.md)
ANSWER_FROM = 0.5  # the calibrated probability from which an answer is shown as one
# That from which a fact is told in words: below, the sentence is told, which likelier has it
# (training/verifier/README.md).
WORDS_FROM = 0.55
