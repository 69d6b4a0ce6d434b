#!/usr/bin/env bash
# bm25s takes the Spanish for "state" for a word without meaning, and "United States" for "united".
#
# Expected: a search with stopwords="es" leaves out articles and prepositions ("de", "la", "en"), and
#   "Estados Unidos" (United States) finds the headline that has both words before one that has one.
# Seen: bm25s 0.3.16 has "estado" and "estados" among its stop words for Spanish, since they could be forms
#   of the verb "estar" too. It forgets them in the headlines and in the question: "Estados Unidos" finds
#   the united miners first, "golpe de Estado" (a coup) is only "golpe" (a blow), and "Estado" scores 0 in
#   every headline. With stopwords=None all three are right. Its list for Portuguese keeps "estado", that
#   for Italian "stato" and that for French "état". So who reads Spanish papers cannot search for the
#   state, a coup, the Council of State or the United States, and is told nothing of it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check bm25s==0.3.16
cd "$folder"
HOME=$folder "$folder/venv/bin/python" -W ignore - <<'EOPY'
from importlib.metadata import version

import bm25s

print("bm25s", version("bm25s"))
MINERS, COUP, COUNCIL = "Mineros unidos", "Golpe de Estado en Lisboa", "El Consejo de Estado no informa"
UNITED_STATES = "Estados Unidos declara la guerra"
HEADLINES = ["Boda de un marqués", MINERS, COUP, "Golpe de mar en Lisboa", UNITED_STATES, COUNCIL]


def words(texts, stopwords, **options):
    return bm25s.tokenize(texts, stopwords=stopwords, show_progress=False, **options)


def search(question, stopwords):
    index = bm25s.BM25()
    index.index(words(HEADLINES, stopwords), show_progress=False)
    found, scores = index.retrieve(
        words([question], stopwords), corpus=HEADLINES, k=len(HEADLINES), show_progress=False
    )
    scored = [(str(text), round(float(score), 2)) for text, score in zip(found[0], scores[0])]
    return [(text, score) for text, score in scored if score]


for language, state in {"es": "Estado", "pt": "Estado", "it": "Stato", "fr": "État"}.items():
    kept = words([f"{state} minero"], language, return_ids=False)[0]
    print(f"{language}: of '{state} minero' these words are kept: {kept}")
    assert (state.lower() in kept) == (language != "es"), "another list of stop words now"
for question in ("Estados Unidos", "golpe de Estado", "Estado"):
    for stopwords in (None, "es"):
        print(f"{question}, stopwords={stopwords}:", search(question, stopwords))
assert search("Estados Unidos", None)[0][0] == UNITED_STATES
assert search("Estados Unidos", "es")[0][0] == MINERS, "the United States are found now"
assert search("golpe de Estado", "es") == search("golpe", "es"), "a coup is more than a blow now"
assert {text for text, _ in search("Estado", None)} == {COUP, COUNCIL}
assert not search("Estado", "es"), "the state is found now"
EOPY
