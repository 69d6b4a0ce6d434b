"""XQuAD with all its paragraphs but only the questions of articles that nothing was learnt from.

    python -m benchmarks.heldout DATA_DIR OUT_DIR

writes OUT_DIR/xquad.en.json, OUT_DIR/xquad.es.json, ...: test sets for `hemeroteca evaluate`."""

import argparse
import json
from pathlib import Path

from training.data import XQUAD_LANGUAGES, load_xquad


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    split = load_xquad(args.data / "xquad").split
    args.out.mkdir(parents=True, exist_ok=True)
    for language in XQUAD_LANGUAGES:
        squad = json.loads((args.data / "xquad" / f"xquad.{language}.json").read_text("utf-8"))
        paragraphs = [p for article in squad["data"] for p in article["paragraphs"]]
        for paragraph, part in zip(paragraphs, split, strict=True):
            if part != "test":
                paragraph["qas"] = []
        target = args.out / f"xquad.{language}.json"
        target.write_text(json.dumps(squad, ensure_ascii=False), "utf-8")
        print(f"{target}: {sum(len(p['qas']) for p in paragraphs)} questions, "
              f"{len(paragraphs)} paragraphs")  # fmt: skip


if __name__ == "__main__":
    main()
