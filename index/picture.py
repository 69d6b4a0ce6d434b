"""A photograph of an article: where it lies, what it shows and what it looks like."""

from dataclasses import dataclass

from hemeroteca.index.place import Region


@dataclass(frozen=True)
class Picture:
    """A picture of an article. `at` says where it lies, as seen from the article's file: "page"
    for the `region` of one of its pages, "beside PATH" for a file beside it, "inside N" for what is
    packed in it, N as its kind counts, "in PATH" for a file of a container; `member` is the file of
    a ZIP that the article was read from, "" where it lies in none.

    `width` and `height` are pixels, and `marks` what it looks like (sources/pictures/marks.py):
    0 and nothing where it was not looked at yet, -1 where it is no photograph or not there."""

    at: str
    caption: str = ""
    region: Region | None = None
    member: str = ""
    width: int = 0
    height: int = 0
    marks: bytes = b""

    @property
    def is_photograph(self) -> bool:
        """Whether it was looked at and is one."""
        return self.width > 0

    def as_dict(self) -> dict[str, object]:
        """The object in `hemeroteca articles show --json`; its `region` is left, top, width and
        height in parts of the `page`."""
        page, *region = self.region or (None,)
        kind, _, place = self.at.partition(" ")
        lies = {"beside": {"file": place}, "in": {"file": place}}.get(kind, {})
        printed = {"page": page, "region": [round(side, 4) for side in region]} if page else {}
        return {
            "caption": self.caption,
            "width": self.width,
            "height": self.height,
            **lies,
            **printed,
        }

    @property
    def said(self) -> list[object]:
        """What its file says of it, which changes with that alone."""
        region = [round(side, 4) for side in self.region] if self.region else None
        return [self.at, self.caption, region, self.member]
