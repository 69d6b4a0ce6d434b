"""hemeroteca search --shared: the passages that several articles share, on a terminal."""

import typer

from hemeroteca.index.search.reuse import (
    ShownPassage,
    found_by,
    reused_in,
    shown_passages,
    widest,
)
from hemeroteca.index.search.search import Wanted
from hemeroteca.index.stores.archive import Archive
from hemeroteca.rag.days import short_text
from hemeroteca.ui.cli.output import plain, print_json

_HOLDERS = 10  # articles of a passage


def show_shared(archive: Archive, wanted: Wanted, as_json: bool) -> None:
    """Print a page of the passages that the articles found share, the most widely shared first."""
    derived = reused_in(archive)
    if derived.of_now() is None and not as_json:
        typer.echo("hemeroteca: looking through all articles, once until they change", err=True)
    passages = derived.made()
    found = widest(passages, found_by(archive, wanted))
    pages = -(-len(found) // wanted.most)
    first = (wanted.page - 1) * wanted.most
    shown = shown_passages(archive, found[first : first + wanted.most])
    if as_json:
        print_json(
            {
                "query": wanted.text,
                "total": len(found),
                "page": wanted.page,
                "pages": pages,
                "passages": [each.as_dict() for each in shown],
            }
        )
        return
    for n, each in enumerate(shown, start=first + 1):
        _show(n, each)
    total = f"{len(found):,} passage{'' if len(found) == 1 else 's'}"
    typer.echo(f"{total}, page {wanted.page:,} of {pages:,} (--page)" if pages > 1 else total)


def _show(n: int, shown: ShownPassage) -> None:
    holders = shown.passage.holders
    typer.echo(f"{n}. “{plain(shown.quote)}”")
    for each in holders[:_HOLDERS]:
        day = short_text(each.date or None, "en") or "no date"
        said = (shown.titles[each.article], each.paper, day, each.article)
        typer.echo("    " + " · ".join(filter(None, map(plain, said))))
    if len(holders) > _HOLDERS:
        typer.echo(f"    and {len(holders) - _HOLDERS:,} more")
    typer.echo("")
