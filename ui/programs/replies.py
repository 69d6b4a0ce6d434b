"""What programs are told: the schemas of the JSON that they get."""

from pydantic import BaseModel


class Published(BaseModel):
    """Where, when and by whom an article was published; what is not known is empty."""

    paper: str = ""
    authors: tuple[str, ...] = ()
    section: str = ""
    url: str = ""
    edition: str = ""
    page: str = ""
    hour: str = ""
    changed: str = ""
    confidence: str = ""


class NamedDay(BaseModel):
    """Words of a quote that name a day by its article's, and the days that they name (ISO)."""

    text: str
    first: str
    last: str


class Same(BaseModel):
    """Another article with the same text."""

    article: str
    title: str
    date: str | None
    paper: str = ""


class Cited(Published):
    """A verbatim piece of an article: `quote` is what stands there from `start` to `end`; `n` is
    the number by which statements cite it; `date` is ISO."""

    n: int
    article: str
    title: str
    date: str | None
    quote: str
    start: int
    end: int
    score: float
    language: str
    also: list[Same]
    days: list[NamedDay]


class Said(BaseModel):
    """One thing that an answer says, and the numbers of the citations that prove it; `day` is that
    of what it tells (ISO), or that of its article if not `day_said`."""

    text: str
    cites: list[int]
    day: str
    day_said: bool
    subject: str


class Asked(BaseModel):
    """An answer. `text` is all of it as a person is shown it; `confidence` the probability, 0 to 1,
    that it is right; `searched` the question as it was searched."""

    question: str
    answer: str
    text: str
    answerable: bool
    confidence: float
    kind: str
    lead: str
    statements: list[Said]
    citations: list[Cited]
    nearest: list[Cited]
    notes: list[str]
    withdrawn: dict[str, int]
    searched: str
    undated: int


class Judged(BaseModel):
    """A sentence and what it makes of a claim: `verdict` is the most probable of "stated",
    "contradicted" and "not said", `confidence` its probability, 0 to 1."""

    citation: Cited
    verdict: str
    confidence: float
    stated: float
    contradicted: float
    not_said: float


class Checked(BaseModel):
    """What the articles say of a claim: `verdict` is "stated", "contradicted", "conflicting" or
    "not said", `confidence` the probability, 0 to 1, that this is right, `evidence` the sentences
    that decide or, if it is not said, come nearest; `unsure` if one of these may well decide;
    `judged` is how many sentences were judged, and `text` all of it as a person is shown it."""

    claim: str
    verdict: str
    confidence: float
    unsure: bool
    text: str
    evidence: list[Judged]
    judged: int
    undated: int


class Found(Published):
    """A passage: `text` is what stands in the article from `start` to `end`."""

    article: str
    title: str
    date: str | None
    text: str
    start: int
    end: int
    score: float


class Searched(BaseModel):
    """Passages, best first."""

    passages: list[Found]


class ArticleFacts(Published):
    """What is known of an article beside its text."""

    article: str
    title: str
    subtitle: str
    date: str | None
    language: str


class Listing(BaseModel):
    """Articles, the latest first."""

    articles: list[ArticleFacts]


class Whole(ArticleFacts):
    """A whole article, in whose `text` the `start` and `end` of citations count."""

    text: str


class Holding(BaseModel):
    """What the archive holds; the days are ISO, and the names have how many articles each has;
    `indexes` are the names of all, where there are several."""

    articles: int
    passages: int
    first_day: str
    last_day: str
    undated: int
    papers: dict[str, int]
    sections: dict[str, int]
    languages: dict[str, int]
    indexes: list[str]


class Fault(BaseModel):
    """Why there is no answer: `type` is one of the program's errors, `message` says what was
    expected, what came and what to do."""

    type: str
    message: str
