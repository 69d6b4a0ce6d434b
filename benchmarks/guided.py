"""The readers fuzzed by coverage: inputs that reach new branches of a reader are mutated further.

    pip install atheris
    python -m benchmarks.guided .pdf --seconds 200

Begins from the sample of benchmarks/fuzz.py for that kind of file and asks of the outcome what that
does. What breaks it stops the run, and is kept in a folder."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

try:
    import atheris
except ImportError:
    sys.exit("guided fuzzing needs atheris: pip install atheris")

# Whatever is instrumented must be imported here first.
with atheris.instrument_imports(
    include=["hemeroteca.index", "feedparser", "justext", "markdown_it", "trafilatura"]
):
    from benchmarks import fuzz


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("suffix", choices=sorted(fuzz.samples()))
    parser.add_argument("--seconds", type=int, default=200)
    parser.add_argument("--kept", type=Path, default=Path("fuzz-findings"))
    args = parser.parse_args()
    args.kept.mkdir(exist_ok=True)
    corpus = Path(tempfile.mkdtemp())
    (corpus / "sample").write_bytes(fuzz.samples()[args.suffix])
    path = fuzz.scratch() / f"guided-{corpus.name}{args.suffix}"

    def read(data: bytes) -> None:
        path.write_bytes(data)
        started = time.process_time()
        outcome = fuzz.outcome(path)
        if outcome not in fuzz.SOUND:
            raise RuntimeError(outcome)
        if (seconds := time.process_time() - started) > fuzz.SLOW_S:
            raise RuntimeError(f"slow: {seconds:.0f} s")

    # libFuzzer never returns: it ends the process when the time is over.
    # Its own timeout is by the clock.
    options = ["-timeout=600", f"-max_total_time={args.seconds}", f"-artifact_prefix={args.kept}/"]
    atheris.Setup([sys.argv[0], *options, str(corpus)], read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
