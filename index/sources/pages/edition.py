"""The pages of a newspaper to its articles.

A headline begins an article, which goes on to the next headline in reading order; what stands in
none, such as a caption, is the page's. A file is an edition if a page of it has several articles in
columns; the headings of a report or a paper do not make it one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from hemeroteca.index.sources.pages.captions import is_credited
from hemeroteca.index.sources.pages.jump_lines import back, forth
from hemeroteca.index.sources.pages.layout import ENDS, HEADLINE, SAME, Box, Paragraph
from hemeroteca.index.sources.pages.page import Page

# In sizes of the page's text, where nothing else is said.
_CLEAR = 1.4  # a headline that no heading of a section is
_SMALL = 0.95
_NEAR = 2.5
_APART = 1.0
_KICKER_WORDS = 8
_SUBTITLE_WORDS = 45
_LARGER = 1.05
_BYLINE_WORDS = 10
_CAPTION_WORDS = 70
_FEWEST_WORDS = 8  # of an article
_CLEAR_WORDS = 25  # of one of several on a page
_PAGE_WORDS = 40  # of a page that only goes on with an article
_SECTION = re.compile(
    r"(?:\d{1,2}|[IVX]{1,4}|[A-H])(?:\.\d{1,2})*[.)]?\s+\w"
    r"|(?:abstract|resumen|summary|introduction|introducci[óo]n|references|bibliography"
    r"|referencias|bibliograf[íi]a|conclusions?|conclusi[óo]n(?:es)?|results|resultados"
    r"|discussion|methods|métodos|anexo|annex|appendix|contents|índice)\b",
    re.IGNORECASE,
)
_MOST_SECTIONS = 0.34  # of the headlines


@dataclass
class Story:
    """An article on the pages `pages`, from 1: the lines of its headline, kicker and subtitle among
    them, and its text, both in reading order. One without `heads` is what stands on a page in no
    article; `is_lead` if it stands before them all."""

    pages: list[int]
    heads: list[Paragraph] = field(default_factory=list)
    text: list[Paragraph] = field(default_factory=list)
    is_lead: bool = False

    @property
    def words(self) -> int:
        return sum(each.words for each in self.text)

    @property
    def title(self) -> list[Paragraph]:
        """The headline itself: the largest."""
        largest = max((each.size for each in self.heads), default=0.0)
        return [each for each in self.heads if each.size * SAME > largest]

    @property
    def is_open(self) -> bool:
        """Whether its text may end within a sentence."""
        return bool(self.text) and self.text[-1].is_open


def stories_of(pages: Sequence[Page]) -> list[list[Story]] | None:
    """The articles of an edition on each page, in reading order, those that go on from the page
    before at that page; None if the pages are no edition."""
    found = [_on_page(page) for page in pages]
    if not _is_edition(pages, found):
        return None
    for before, after in pairwise(found):
        _go_on(before, after)
    return found


def _on_page(page: Page) -> list[Story]:
    """The stories of one page, each at the place of its first paragraph."""
    reading = _Reading(page)
    for each, following in pairwise((*page.paragraphs, None)):
        if each is not None:
            reading.take(each, following)
    reading.settle()
    return [each for each in reading.found if each.text]


class _Reading:
    """A page that is read paragraph by paragraph."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._lead = Story([page.number], is_lead=True)
        self._rest = Story([page.number])
        self._story: Story | None = None  # that is being read
        self._captions: list[Paragraph] = []  # that stand between its headline and its text
        self._kickers: list[Paragraph] = []  # of the next one
        self.found = [self._lead]
        large = [each.box for each in page.paragraphs if not self._is_small(each) and each.box]
        self._floor = min((box.bottom for box in large), default=0.0)

    def take(self, each: Paragraph, following: Paragraph | None) -> None:
        """Read `each`, before the paragraph `following`."""
        story = self._story
        waits = story is not None and not story.text
        if each.apart:
            self._set_aside(each)
        elif self._is_head(each, following):
            if story and waits and not self._captions and _is_one_head(story.heads[-1], each):
                story.heads.append(each)
            else:
                self.settle()
                self._story = Story([self._page.number], [*self._kickers, each])
                self._kickers = []
                self.found.append(self._story)
        elif not self._is_at_picture(each) and self._is_kicker(each, following):
            self._kickers.append(each)
        elif story and waits and not self._captions and self._is_subtitle(each, story):
            story.heads.append(each)
        elif self._is_foot(each):
            self._set_aside(each)
        elif self._is_caption(each):
            if waits:
                self._captions.append(each)
            else:
                self._set_aside(each)
        else:
            for caption in self._captions:
                self._set_aside(caption)
            self._captions = []
            (story or self._lead).text.append(each)

    def settle(self) -> None:
        """End the article that is being read: a photograph's has its caption for a text; one
        without any is none."""
        story, captions = self._story, self._captions
        self._story, self._captions = None, []
        if story is None:
            return
        story.text = story.text or captions
        if story.words < _FEWEST_WORDS:
            self.found.remove(story)
            for each in (*story.heads, *story.text):
                self._set_aside(each)

    def _set_aside(self, each: Paragraph) -> None:
        """Put what is of no article to the rest of the page."""
        if not self._rest.text:
            before_text = self._story is not None and not self._story.text
            self.found.insert(len(self.found) - before_text, self._rest)
        self._rest.text.append(each)

    def _is_head(self, each: Paragraph, following: Paragraph | None) -> bool:
        text = " ".join(line.text for line in each.lines)
        letters = sum(map(str.isalpha, text))
        if each.size < HEADLINE * self._page.body or letters < max(4, len(text) / 3):
            return False
        # Words out of an article, set large within its text.
        within = following is not None and following.lines[0].text[:1].islower()
        return not (within and self._story and self._story.is_open)

    def _is_kicker(self, each: Paragraph, following: Paragraph | None) -> bool:
        """Whether a short line stands closely above the headline `following`."""
        return (
            following is not None
            and each.words <= _KICKER_WORDS
            and len(each.lines) == 1
            and self._is_head(following, None)
            and not ENDS.search(each.lines[-1].text)
            and _is_near(each, following)
        )

    def _is_subtitle(self, each: Paragraph, story: Story) -> bool:
        ends = bool(ENDS.search(each.lines[-1].text))
        return (
            each.size >= (SAME if ends else _LARGER) * self._page.body
            and each.words <= _SUBTITLE_WORDS
            and _is_near(story.heads[-1], each)
        )

    def _is_caption(self, each: Paragraph) -> bool:
        """Whether it is small, and at a picture if it can be seen where these are; or stands below
        one and ends with who took it."""
        if self._is_credited(each):
            return True
        waits = self._story is not None and not self._story.text
        is_byline = waits and each.words <= _BYLINE_WORDS
        seen = bool(self._page.pictures) or is_byline
        return self._is_small(each) and (self._is_at_picture(each) or not seen)

    def _is_credited(self, each: Paragraph) -> bool:
        box, text = each.box, " ".join(line.text for line in each.lines)
        return (
            box is not None
            and is_credited(text)
            and any(_is_below(box, one, _NEAR * self._page.body) for one in self._page.pictures)
        )

    def _is_foot(self, each: Paragraph) -> bool:
        """Whether it stands small and apart below all text."""
        box = each.box
        return (
            box is not None
            and self._is_small(each)
            and len(each.lines) == 1
            and box.top < self._floor - _APART * self._page.body
        )

    def _is_at_picture(self, each: Paragraph) -> bool:
        box, reach = each.box, _NEAR * self._page.body
        return (
            box is not None
            and self._is_small(each)
            and any(_is_beside(box, picture, reach) for picture in self._page.pictures)
        )

    def _is_small(self, each: Paragraph) -> bool:
        line = each.lines[-1].text
        if forth(line) or back(line):
            return False  # that is no caption
        return each.size <= _SMALL * self._page.body and each.words <= _CAPTION_WORDS


def _is_one_head(above: Paragraph, below: Paragraph) -> bool:
    return above.part == below.part and _is_near(above, below)


def _is_near(above: Paragraph, below: Paragraph) -> bool:
    """Whether one stands directly above the other."""
    one, other = above.box, below.box
    if one is None or other is None:
        return True
    white = one.bottom - other.top
    return one.across(other) > 0 and -below.size < white < 1.5 * max(above.size, below.size)


def _is_below(box: Box, picture: Box, reach: float) -> bool:
    """Whether `box` stands directly below a picture."""
    width, height = box.right - box.left, box.top - box.bottom
    return box.across(picture) > 0.5 * width and -0.3 * height < picture.bottom - box.top < reach


def _is_beside(box: Box, picture: Box, reach: float) -> bool:
    """Whether `box` stands directly below, above or beside a picture."""
    width, height = box.right - box.left, box.top - box.bottom
    if box.across(picture) > 0.5 * width:
        above = box.bottom - picture.top
        return _is_below(box, picture, reach) or -0.3 * height < above < reach
    if box.along(picture) > 0.5 * height:
        apart = max(box.left - picture.right, picture.left - box.right)
        return 0 <= apart < reach
    return False


def _is_edition(pages: Sequence[Page], found: Sequence[Sequence[Story]]) -> bool:
    headed = [story for of_one in found for story in of_one if story.heads]
    sections = sum(bool(_SECTION.match(story.title[0].lines[0].text)) for story in headed)
    if sections > _MOST_SECTIONS * len(headed):
        return False
    for page, of_one in zip(pages, found, strict=True):
        long = [story for story in of_one if story.heads and story.words >= _CLEAR_WORDS]
        clear = any(story.title[0].size >= _CLEAR * page.body for story in long)
        if len(long) > 1 and clear and page.has_columns:
            return True
    return False


def _go_on(before: Sequence[Story], after: list[Story]) -> None:
    """Give what stands on a page before all headlines to the article of the page before that ends
    within a sentence, or that a page without any headline goes on with; else it is of none."""
    lead = next((story for story in after if story.is_lead), None)
    if lead is None:
        return
    headed = [story for story in before if story.heads]
    open_ones = [story for story in headed if story.is_open]
    alone = not any(story.heads for story in after) and lead.words >= _PAGE_WORDS
    chosen = open_ones[-1:] or (headed[-1:] if alone else [])
    for story in chosen:
        story.pages += lead.pages
        story.text += lead.text
        after[after.index(lead)] = story
