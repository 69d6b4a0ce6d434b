"""Whether a sentence is about whom a claim names: "She was arrested" of another woman proves
nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hemeroteca.index.text.names import is_given_name
from hemeroteca.rag.writer.facts import CAPITALS, Facts, fold_name, lacks_name

_NAME_PARTS = re.compile(r"[\s’'-]+")


@dataclass(frozen=True)
class Named:
    """The names of a claim of the facts `claimed`, each as its words, as Facts has them."""

    claimed: Facts
    names: Sequence[Sequence[str]]

    def are_in(self, told: Facts) -> bool:
        """Whether what is `told` names one of them, and of each of several words one word; in
        another language only people, for what else has names of its own there."""
        foreign = self.claimed.languages != told.languages
        known = [
            any(not lacks_name(self.claimed, word, told) for word in name) for name in self.names
        ]
        full = [
            met
            for name, met in zip(self.names, known, strict=True)
            if len(name) > 1 and (not foreign or is_given_name(name[0]))
        ]
        return all(full) and (foreign or any(known) or not known)

    @property
    def people(self) -> "Named":
        """Those of them that begin with a given name."""
        return Named(
            self.claimed,
            [name for name in self.names if len(name) > 1 and is_given_name(name[0])],
        )


def named_by(statement: str, language: str, claimed: Facts) -> Named:
    """Whom and what `statement`, in `language` (ISO 639-1) and with the facts `claimed`, names."""
    runs = CAPITALS.findall(statement)
    names = [[word for part in _NAME_PARTS.split(run) if (word := fold_name(part))] for run in runs]
    known = [[word for word in name if word in claimed.names] for name in names]
    if language == "de":  # where every noun has a capital, and a given name may be one
        known = [name for name, some in zip(names, known, strict=True) if some and len(name) > 1]
    return Named(claimed, [name for name in known if name])
