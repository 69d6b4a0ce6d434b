#!/usr/bin/env bash
# goose3 finds no text in an article on football.
#
# Expected: the class of the element that holds an article does not decide whether it has text; what
#   newspapers write there is the section: "tennis", "football", "category-football".
# Seen: goose3 3.1.22 removes, before it looks for the article, any <div> or <section> with "foot" (for
#   footers), "date", "tags" or "contact" in its class or id, in the middle of a word, too: of the same
#   page it finds every word under "tennis" and none under "football", nor under "candidates" and
#   "updated" ("date") and Spanish "contactos". The title is there, so that nothing tells that the
#   article is empty by mistake. <article> and <body> are spared.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check goose3==3.1.22 lxml==6.1.1
cd "$folder"
HOME=$folder "$folder/venv/bin/python" -W ignore - <<'EOPY'
from importlib.metadata import version

from goose3 import Goose

PARAGRAPH = (
    "<p>The town's team won by three goals to two on Sunday, in a match that was decided in the last "
    "minute when the captain headed the ball in, and those who had come from the other side of the "
    "river were still singing on the bridge when the last train had left the station.</p>"
)
PAGE = (
    '<html lang="en"><head><title>Town win at last</title></head><body><main>'
    '<{tag} class="{section}"><h1>Town win at last</h1>{text}</{tag}></main></body></html>'
)
SECTIONS = {
    ("div", "tennis"): True, ("section", "cricket"): True, ("div", "politics"): True,
    ("article", "football"): True, ("div", "football"): False, ("section", "football"): False,
    ("div", "category-football"): False, ("div", "candidates"): False, ("div", "updated"): False,
    ("div", "contactos"): False,
}
print("goose3", version("goose3"))
for (tag, section), kept in SECTIONS.items():
    page = PAGE.format(tag=tag, section=section, text=PARAGRAPH * 3)
    article = Goose().extract(raw_html=page)
    words = len(article.cleaned_text.split())
    print(f"{tag:8} {section:18} title {article.title!r}, {words} words of text")
    assert article.title == "Town win at last"
    assert words == (3 * len(PARAGRAPH.split()) if kept else 0), "another text is found now"
EOPY
