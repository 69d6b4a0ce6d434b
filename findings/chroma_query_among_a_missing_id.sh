#!/usr/bin/env bash
# Chroma cannot search among given ids if one of them is not there.
#
# Expected: collection.query(ids=[...]) searches those of the ids that exist, as
#   collection.get(ids=[...]) returns those that exist: a record may have been deleted since the
#   list was made.
# Seen: chromadb 1.5.9 raises InternalError ('Error finding id') for the whole query; get passes the
#   missing id over.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check chromadb==1.5.9
cd "$folder"
HOME=$folder "$folder/venv/bin/python" - <<'EOF'
import tempfile
from importlib.metadata import version

import chromadb
from chromadb.config import Settings
from chromadb.errors import InternalError

print("chromadb", version("chromadb"))
client = chromadb.PersistentClient(
    tempfile.mkdtemp(dir="."), settings=Settings(anonymized_telemetry=False)
)
records = client.create_collection("records", embedding_function=None)
records.upsert(ids=["a", "b"], embeddings=[[1.0, 0.0], [0.0, 1.0]])
asked = {"query_embeddings": [[1.0, 0.0]], "n_results": 2}
print("get:", records.get(ids=["a", "gone"])["ids"])
print("query among a, b:", records.query(ids=["a", "b"], **asked)["ids"])
try:
    found = records.query(ids=["a", "b", "gone"], **asked)["ids"]
except InternalError as error:
    print("query among a, b, gone:", type(error).__name__, error)
else:
    raise SystemExit(f"a missing id is passed over now: {found}")
EOF
