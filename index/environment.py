"""Variables of the environment by which libraries are told what they must not do, set only while
they look."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

# Each is read once, by native code or when the library is imported. ONNX Runtime's own
# disable_telemetry_events() does not stop it.
_TELEMETRY = {
    "ANONYMIZED_TELEMETRY": "False",  # chromadb
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "ORT_DISABLE_TELEMETRY": "1",
    "RAY_USAGE_STATS_ENABLED": "0",
}


@contextmanager
def without_telemetry() -> Iterator[None]:
    """Import or start libraries in it that would otherwise report to their makers."""
    with _set(_TELEMETRY):
        yield


@contextmanager
def without_proxy() -> Iterator[None]:
    """What asks only this machine in it asks no proxy."""
    with _set({"no_proxy": "*"}):
        yield


@contextmanager
def _set(values: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
