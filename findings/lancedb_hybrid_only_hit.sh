#!/usr/bin/env bash
# LanceDB's hybrid search forgets that a word was found, if it was found in one article only.
#
# Expected: LinearCombinationReranker adds the nearness of the vectors and the score of the words. With
#   nine tenths of the weight on the words, the one article that has the name that was asked for comes
#   first, as it does where two articles have the name and it is the better match.
# Seen: lancedb 0.40.0 normalises the scores of the words to 0..1 by taking off the lowest. Of one hit the
#   lowest is its own, so it becomes 0, which is what every article without the name gets; so do several
#   hits of equal score. The first three of five articles are then the nearest vectors, none with the
#   name. normalize="rank" does the same to one hit. The word search alone finds the article, and so does
#   RRFReranker, the default, which LanceDB's pages recommend instead without saying this. No error, no
#   warning, and a name that many articles have is found, so that a trial shows nothing: what a reader of
#   an archive cannot find is the rare name, the one that only words can find.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check lancedb==0.40.0
cd "$folder"
HOME=$folder LANCE_LOG=error "$folder/venv/bin/python" -W ignore - <<'EOPY'
from importlib.metadata import version

import lancedb
from lancedb.index import FTS
from lancedb.rerankers import LinearCombinationReranker, RRFReranker

print("lancedb", version("lancedb"))
ONE = "Quintela dimite"
PAPER = [
    (ONE, [0.0, 1.0]), ("Pleno largo", [1.0, 0.0]), ("Obras nuevas", [0.9, 0.1]),
    ("Otra huelga", [0.8, 0.3]), ("Suben los precios", [0.7, 0.4]),
]
TWO = (*PAPER, ("Ayer por la tarde habló el ministro Quintela de la huelga en los puertos", [0.1, 0.9]))
TWINS = (*PAPER, ("Quintela responde", [0.1, 0.9]))
store = lancedb.connect("store")


def table(name, articles):
    made = store.create_table(name, [{"text": text, "vector": vector} for text, vector in articles])
    made.create_index("text", config=FTS(language="Spanish"))
    return made


def first_three(articles, reranker, normalize="score"):
    search = articles.search(query_type="hybrid").vector([1.0, 0.0]).text("Quintela")
    return [hit["text"] for hit in search.rerank(reranker, normalize).limit(3).to_list()]


words = LinearCombinationReranker(weight=0.1)  # a tenth for the vector
one, two, twins = table("one", PAPER), table("two", TWO), table("twins", TWINS)
print("words alone  :", alone := [hit["text"] for hit in one.search("Quintela").limit(3).to_list()])
print("default      :", fused := first_three(one, RRFReranker()))
print("in two       :", better := first_three(two, words))
assert alone == [ONE] and ONE in fused and better[0] == ONE
for articles, normalize in ((one, "score"), (one, "rank"), (twins, "score")):
    print(f"{articles.name + ', ' + normalize:13}:", seen := first_three(articles, words, normalize))
    assert seen == [text for text, _ in PAPER[1:4]], "found now"
EOPY
