#!/usr/bin/env bash
# LlamaIndex's correctness evaluator breaks on a mark that has no reasons below it, and takes
#   any mark.
#
# Expected: A judging model that answers '4.5' has given a mark from 1 to 5; one that answers '9' has
#   not.
# Seen: llama-index-core 0.14.25 raises ValueError (not enough values to unpack) for '4.5', and
#   returns 9.0 for a 9 although its own prompt asks for 1 to 5.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check llama-index-core==0.14.25
cd "$folder"
HOME=$folder "$folder/venv/bin/python" - <<'EOF'
from importlib.metadata import version

from llama_index.core.evaluation.eval_utils import default_parser

print("llama-index-core", version("llama-index-core"))
print("with reasons:", default_parser("4.5\nIt says so."))
print("out of range:", default_parser("9\nBetter than right."))
assert default_parser("9\nBetter than right.")[0] == 9.0
try:
    print("alone:", default_parser("4.5"))
except ValueError as error:
    print("alone: ValueError:", error)
else:
    raise SystemExit("a mark without reasons is read now")
EOF
