"""Articles that go on upon another page, by the lines that say so."""

import re
from collections.abc import Sequence
from dataclasses import replace

from hemeroteca.index.sources.pages.edition import Story
from hemeroteca.index.sources.pages.jump_lines import back, forth
from hemeroteca.index.sources.pages.layout import Paragraph
from hemeroteca.index.sources.pages.page import Page

_WORD = re.compile(r"\w{4,}")


def join_jumps(pages: Sequence[Page], found: Sequence[list[Story]]) -> None:
    """Make one of each article that says where it goes on and of what stands there: what says that
    it comes from there, or shares words of its headline. The lines that say so are then in
    neither."""
    places = {page.label or str(page.number): number for number, page in enumerate(pages)}
    for of_one in found:
        for story in list(of_one):
            while story.heads and story in of_one:
                label = _forth(story)
                place = places.get(label, -1) if label else -1
                rest = _rest(story, found[place], pages) if place >= 0 else None
                if rest is None:
                    break
                found[place].remove(rest)
                _join(story, rest)


def _forth(story: Story) -> str | None:
    """The number of the page on which it says that it goes on."""
    said = forth(story.text[-1].lines[-1].text) if story.text else None
    return said[1] if said else None


def _back(paragraph: Paragraph) -> re.Match[str] | None:
    """What says that it comes from another page, if it is such a line."""
    return back(" ".join(line.text for line in paragraph.lines))


def _rest(story: Story, there: Sequence[Story], pages: Sequence[Page]) -> Story | None:
    """What goes on with `story` of the stories `there`."""
    own = {pages[number - 1].label or str(number) for number in story.pages}
    words = _words(story)
    best: tuple[int, int] = (0, 0)
    chosen = None
    for other in there:
        if other is story or (not other.heads and not other.is_lead):
            continue
        said = next(filter(None, map(_back, [*other.heads, *other.text[:2]])), None)
        from_here = said is not None and (said[1] or "1") in own
        if said is not None and not from_here:
            continue
        likeness = int(from_here), len(words & _words(other))
        if likeness > best:
            best, chosen = likeness, other
    return chosen


def _words(story: Story) -> set[str]:
    """Those of its headline, without the line that says from where it comes."""
    return {
        word
        for head in story.heads
        if not _back(head)
        for line in head.lines
        for word in _WORD.findall(line.text.lower())
    }


def _join(story: Story, rest: Story) -> None:
    last = story.text.pop()
    if len(last.lines) > 1:
        story.text.append(replace(last, lines=last.lines[:-1], room=0.0))
    elif story.text:
        story.text[-1] = replace(story.text[-1], room=0.0)
    # A headline that only repeats the first one says nothing.
    heads = rest.heads if _words(rest) - _words(story) else []
    story.text += [each for each in (*heads, *rest.text) if not _back(each)]
    story.pages += rest.pages
