#!/usr/bin/env bash
# newspaper4k finds nobody in a byline of two authors in Spanish or Portuguese.
#
# Expected: "Por Ana Vega y Luis Mora" has two authors, as "By Ana Vega and Luis Mora" has, of an
#   article that is read with language="es".
# Seen: newspaper4k 0.9.6 divides bylines at "and", "et" and "und", not at "y" and "e", and drops what
#   has more than a few words: the article has no author at all, not even one wrong one, so that
#   nothing tells that a byline was there. It takes "By" off, too, and leaves "Por" in the name.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check newspaper4k==0.9.6 lxml_html_clean==0.4.6
cd "$folder"
HOME=$folder "$folder/venv/bin/python" -W ignore - <<'EOF'
import newspaper

PARAGRAPH = (
    "<p>El Ayuntamiento de Vilaseca cerró ayer el puente viejo al tráfico, según informó la "
    "alcaldesa, y anunció que las obras de los pilares empezarán el lunes. Los vecinos de la "
    "Ribera tendrán que cruzar por el puente nuevo, a tres kilómetros de sus casas.</p>"
)
PAGE = (
    '<html lang="es"><head><title>Cierra el puente</title></head><body><article>'
    '<h1>Cierra el puente</h1><div class="byline">{byline}</div>{text}</article></body></html>'
)
EXPECTED = {
    "By Ana Vega and Luis Mora": ["Ana Vega", "Luis Mora"],
    "Par Ana Vega et Luis Mora": ["Par Ana Vega", "Luis Mora"],
    "Por Ana Vega y Luis Mora": [],
    "Por Ana Vega e Luis Mora": [],
    "Por Ana Vega": ["Por Ana Vega"],
}
print("newspaper4k", newspaper.__version__)
for byline, authors in EXPECTED.items():
    article = newspaper.Article("https://example.org/puente", language="es")
    article.download(input_html=PAGE.format(byline=byline, text=PARAGRAPH * 6))
    article.parse()
    print(f"{byline!r}: {article.authors}")
    assert article.authors == authors, article.authors
EOF
