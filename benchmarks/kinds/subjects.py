"""Whether a summary or a timeline is told of what the articles hold, and of that alone.

    python -m benchmarks.kinds.subjects FOLDER [SUBJECTS]

FOLDER holds the articles (noticias.jsonl); a line of SUBJECTS has a language, 1 if an article is on
the subject and 0 if none is, and the subject. Each is asked of in two ways of its language. Whether
what is told is good is measured by `python -m benchmarks.kinds`."""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from hemeroteca.index.encoder.encoder import load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.ui.session import open_chain
from hemeroteca.ui.settings import Settings

_SUBJECTS = Path(__file__).with_suffix(".tsv")
WAYS = {
    "es": ("Resume lo que se sabe sobre {}", "Cronología: {}"),
    "en": ("Summarise the news about {}", "What happened with {}?"),
    "de": ("Fasse die Nachrichten über {} zusammen", "Was wissen wir über {}?"),
    "fr": ("Résume les articles sur {}", "Que sait-on sur {} ?"),
    "it": ("Riassumi le notizie su {}", "Che cosa sappiamo su {}?"),
    "pt": ("Resuma as notícias sobre {}", "O que aconteceu com {}?"),
    "ca": ("Resumeix les notícies sobre {}", "Què sabem sobre {}?"),
    "ru": ("Расскажи о {}", "Что известно о {}?"),
}


@dataclass(frozen=True)
class Subject:
    """What is asked of, as its `language` calls it, and whether an article is on it."""

    language: str
    is_there: bool
    words: str

    @property
    def questions(self) -> Iterator[str]:
        """The ways to ask of it."""
        return (way.format(self.words) for way in WAYS[self.language])


def read_subjects(path: Path = _SUBJECTS) -> list[Subject]:
    """The subjects of a file of tab-separated lines."""
    lines = path.read_text(encoding="utf-8").splitlines()
    parts = (line.split("\t") for line in lines)
    return [Subject(language, there == "1", words) for language, there, words in parts]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("subjects", type=Path, nargs="?", default=_SUBJECTS)
    args = parser.parse_args()
    subjects = read_subjects(args.subjects)
    encoder = load_encoder(EMBEDDED_MODEL, platformdirs.user_cache_path("hemeroteca"))
    with tempfile.TemporaryDirectory() as name:
        archive = Archive(Path(name), encoder)
        sync_folders(archive, [args.folder])
        chain = open_chain(Settings(), archive)
        told = [
            (subject, chain.ask(question).answerable)
            for subject in subjects
            for question in subject.questions
        ]
        archive.close()
    print("| | there: told | in no article: told |\n|---|---|---|")
    for language in (*WAYS, "all"):
        of_it = [each for each in told if language in (each[0].language, "all")]
        there, not_there = (
            _share([shown for subject, shown in of_it if subject.is_there == is_there])
            for is_there in (True, False)
        )
        print(f"| {language} | {there} | {not_there} |")


def _share(shown: Sequence[bool]) -> str:
    return f"{sum(shown) / len(shown):.3f} of {len(shown)}" if shown else ""


if __name__ == "__main__":
    main()
