#!/usr/bin/env bash
# Babel gives the month names of one language in another, once that other was read before.
#
# Expected: Locale.parse('nl').months is Dutch, whatever was read earlier in the process.
# Seen: Babel 2.18.0 resolves CLDR's aliases within tables that languages share: after Japanese, the
#   Dutch months that stand alone are Japanese ones ('1月' for 'januari').
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check babel==2.18.0
cd "$folder"
HOME=$folder "$folder/venv/bin/python" - <<'EOF'
from importlib.metadata import version

from babel import Locale

print("babel", version("babel"))

def alone(language):
    return Locale.parse(language).months["stand-alone"]["wide"][1]


japanese, dutch = alone("ja"), alone("nl")
print("January in Japanese:", japanese)
print("January in Dutch, read after it:", dutch)
assert dutch == "1月", "Dutch months are Dutch now"
EOF
