#!/usr/bin/env bash
# alto-tools loses the second half of every word that is hyphenated at the end of a line.
#
# Expected: the text that the command takes out of a digitised newspaper's page (ALTO) holds
#   both halves of a word that a line's end divides, "Ayunta" and "miento", or the word whole, which
#   ALTO gives as SUBS_CONTENT.
# Seen: alto-tools 0.1.0 writes the first half twice, the second time at the head of the next word,
#   and the second half nowhere: "El Ayunta / Ayuntacierra el". A search for
#   "Ayuntamiento" or "miento" finds nothing, and "cierra" only as part of what nobody wrote.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check alto-tools==0.1.0 lxml==6.1.1
cd "$folder"
cat > page.xml <<'EOF'
<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#">
  <Description><MeasurementUnit>pixel</MeasurementUnit></Description>
  <Layout><Page ID="P1" PHYSICAL_IMG_NR="1" HEIGHT="1000" WIDTH="800">
    <PrintSpace ID="S1" HEIGHT="1000" WIDTH="800" HPOS="0" VPOS="0">
      <TextBlock ID="B1" HEIGHT="60" WIDTH="200" HPOS="10" VPOS="10">
        <TextLine ID="L1" HEIGHT="20" WIDTH="200" HPOS="10" VPOS="10">
          <String ID="W1" CONTENT="El" HEIGHT="20" WIDTH="20" HPOS="10" VPOS="10"/>
          <SP WIDTH="5" HPOS="30" VPOS="10"/>
          <String ID="W2" CONTENT="Ayunta" SUBS_TYPE="HypPart1" SUBS_CONTENT="Ayuntamiento"
                  HEIGHT="20" WIDTH="60" HPOS="35" VPOS="10"/>
          <HYP CONTENT="-" WIDTH="5" HPOS="95" VPOS="10"/>
        </TextLine>
        <TextLine ID="L2" HEIGHT="20" WIDTH="200" HPOS="10" VPOS="40">
          <String ID="W3" CONTENT="miento" SUBS_TYPE="HypPart2" SUBS_CONTENT="Ayuntamiento"
                  HEIGHT="20" WIDTH="60" HPOS="10" VPOS="40"/>
          <SP WIDTH="5" HPOS="70" VPOS="40"/>
          <String ID="W4" CONTENT="cierra" HEIGHT="20" WIDTH="60" HPOS="75" VPOS="40"/>
          <SP WIDTH="5" HPOS="135" VPOS="40"/>
          <String ID="W5" CONTENT="el" HEIGHT="20" WIDTH="20" HPOS="140" VPOS="40"/>
        </TextLine>
      </TextBlock>
    </PrintSpace>
  </Page></Layout>
</alto>
EOF
"$folder/venv/bin/alto-tools" --version
"$folder/venv/bin/alto-tools" --text page.xml | tee text.txt
echo
[[ $(grep -c Ayunta text.txt) == 2 ]]
grep --quiet "^Ayuntacierra el" text.txt
if grep --quiet "miento" text.txt; then
  echo "the second half is there"
  exit 1
fi
