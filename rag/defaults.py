"""What a question costs and risks unless a setting says otherwise."""

TOP_K = 20  # passages retrieved
# Read of them where a fact is asked for: five more changed one of 155 answers, which was wrong
# (benchmarks/README.md), and took two thirds of the time.
PASSAGES_READ = 3
PASSAGES_TOLD = 8  # the same, at the least, where an answer tells of several
UNSURE_FROM = 0.03  # and that below which the articles are said not to answer (training/README.md)
ANSWER_FROM = 0.5  # the calibrated probability from which an answer is shown as one
# Of a fact: that from which it is told in words, not by the sentence that likelier has it, and
# that from which the sentence is told though the words are no answer (training/verifier/README.md).
WORDS_FROM, SENTENCE_FROM = 0.65, 0.6
