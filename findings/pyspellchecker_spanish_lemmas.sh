#!/usr/bin/env bash
# pyspellchecker's Spanish dictionary holds words as a dictionary prints them, and no other form.
#
# Expected: A spelling corrector for Spanish knows "dijo" and "elecciones", as its English dictionary
#   knows "said" and "elections".
# Seen: pyspellchecker 0.9.1 knows neither, nor "fueron", "anunció" or "vendió", and puts them "right":
#   "dijo" (said) to "hijo" (son), "vendió" (sold) to "venir" (to come). Its Portuguese and Italian
#   lists, nearly five and one and a half times as long, know the same words.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyspellchecker==0.9.1
cd "$folder"
HOME=$folder "$folder/venv/bin/python" - <<'EOF'
from importlib.metadata import version

from spellchecker import SpellChecker

print("pyspellchecker", version("pyspellchecker"))
SAID = {
    "es": ["dijo", "fueron", "anunció", "vendió", "elecciones", "hablar"],
    "en": ["said", "were", "announced", "sold", "elections", "speak"],
    "pt": ["disse", "foram", "anunciou", "vendeu", "eleições", "falar"],
    "it": ["disse", "furono", "annunciò", "vendette", "elezioni", "parlare"],
}
unknown = {}
for language, words in SAID.items():
    checker = SpellChecker(language=language)
    unknown[language] = [word for word in words if word not in checker]
    corrected = {word: checker.correction(word) for word in unknown[language]}
    print(language, len(checker.word_frequency.dictionary), "words; unknown, and corrected to:", corrected)
assert unknown["es"] == ["dijo", "fueron", "anunció", "vendió", "elecciones"], unknown
assert not unknown["en"] and not unknown["pt"] and not unknown["it"], unknown
assert SpellChecker(language="es").correction("dijo") == "hijo"
EOF
