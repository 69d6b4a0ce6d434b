"""The names by which settings choose an embedding model and what runs it."""

from typing import Literal

EMBEDDED_MODEL = "multilingual-e5-small"
# What runs the embedded model: the first in eight bits where the processor does that exactly.
Engine = Literal["onnxruntime", "onnxruntime-fp32", "sentence-transformers"]
