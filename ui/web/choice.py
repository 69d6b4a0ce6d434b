"""Which of several indexes a page is of, and where those of the others stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from hemeroteca.ui.web.addresses import index_address
from hemeroteca.ui.web.view import TEMPLATES


@dataclass(frozen=True)
class Choice:
    """The names of the indexes, the first of which has the address of the program itself, and the
    one that is `here`."""

    names: Sequence[str] = ()
    here: str = ""

    def addresses(self, base: str, below: str = "") -> list[tuple[str, str]]:
        """The name and the address of each, or of what is there `below` it, where there are
        several; `base` is the way from a page up to its own index."""
        if len(self.names) < 2:
            return []
        first = base if self.here == self.names[0] else f"{base}../../"
        others = [(name, f"{first}{index_address(name)}{below}") for name in self.names[1:]]
        return [(self.names[0], f"{first}{below}"), *others]


def choice_html(choice: Choice, language: str) -> str:
    """The menu of the indexes, on the page itself."""
    return TEMPLATES.render(
        "choice", language, indexes=choice.addresses("./"), index_here=choice.here
    )
