"""What kind of thing a question asks for: a fact, the reasons, a timeline, how many articles.

A multinomial logistic regression of the question's vector and of its tokens, those at its ends
apart: the vector knows what is asked in languages that it was never shown, the tokens tell a
question's words from its subject. Learnt by `python -m training.kinds`, which prints how well."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
from safetensors.numpy import load_file

from hemeroteca.index.errors import CheckpointError
from hemeroteca.index.text.terms import fold
from hemeroteca.rag.understand.bare_name import is_bare_name, is_full_name
from hemeroteca.rag.understand.greeting import greets

if TYPE_CHECKING:
    from hemeroteca.index.encoder.encoder import Encoder

# "short": a fact, in a few words; "position": what somebody says or thinks; "name": nothing is
# asked, a subject is named. The last six are asked of the catalog: how many articles, the latest,
# in which paper, by whom, on which day, and all of them.
LearntKind = Literal[
    "short",
    "yesno",
    "explanation",
    "position",
    "listing",
    "timeline",
    "summary",
    "comparison",
    "name",
    "greeting",
    "count",
    "latest",
    "paper",
    "author",
    "day",
    "articles",
]
# And what words alone tell (catalog.py): the first article, the section, and all papers.
AskedKind = LearntKind | Literal["earliest", "section", "papers"]
KINDS: tuple[LearntKind, ...] = get_args(LearntKind)
LEARNT_OF_CATALOG: tuple[LearntKind, ...] = KINDS[-6:]
CATALOG_KINDS: tuple[AskedKind, ...] = (*LEARNT_OF_CATALOG, "earliest", "section", "papers")
KIND_FILE = Path(__file__).with_suffix(".safetensors")
VECTOR_SCALE = 8.0  # of a vector's numbers, which are small beside a token that is there or not
MARK_SCALE = 1.5
# The probability from which a kind is believed; else the answer is a short one. What takes another
# way than reading (rag/chain.py) is believed later: a fact would be missed for it.
_SURE, _SURER = 0.35, 0.5
_TOLD = ("summary", "timeline", "comparison", "name")  # over many articles
_READ = ("short", "yesno", "explanation", "position", "listing")
_FACTS = """
    who whom whose when where quien quienes cuando donde cuanto cuanta cuantos cuantas wer wem wen
    wann wo wessen wohin woher womit wofur wogegen woran worin woraus worauf worum wovon wozu
    wodurch quem onde quantos quantas quanti quante chi dove combien quand quan adonde cando canto
    canta cantos cantas кто кого кому когда где сколько откуда куда
"""
# Catalan asks where by what is English before a day or a place.
_WHERE_CA = re.compile(r"^\W*on (?:va|van|té|tenen|és|són|està|estan|es|hi|viu|viuen)\b", re.I)
_OPENING = frozenset(
    f"{_FACTS} what which why how que por como cual cuales was wie warum wieso welche welcher "
    "pourquoi comment quel quelle qu cosa perche come porque com что почему как".split()
)
# With these begins a follow-up that says no more than what is new, in three words at the most: "and
# in 2021?", but "and did she resign?" is a question of its own.
_ADDING = "and but or y e o u pero i però et mais ou und aber oder ma mas и а но"
_ADDED = 3
_SUBJECT = 5  # words of what is typed as a subject, at the most
# "What happened with" asks for a story, however few its words are.
_STORY = re.compile(
    r"^\W*(?:y |and |und |et |e )?(?:"
    r"(?:qué|que)(?: es lo que| le| les)? (?:ha |había )?"
    r"(?:ocurri|pas|sucedi)(?:ó|ado|do)\b(?! (?:el|en)\b)|"
    r"cómo se (?:ha )?(?:desarroll|desenvolv)\w+|como se (?:desenrol|desenvolv)\w+|"
    r"o que (?:aconteceu|se passou)\b|what (?:has )?happened (?:to|with|after|since|during)\b|"
    r"how did .{3,60} (?:develop|unfold|evolve)\b|"
    r"was (?:ist|geschah|passierte) (?:mit|nach|seit|passiert)\b|"
    r"wie (?:verlief|entwickelte sich)\w*\b|"
    r"que s['’]est-il passé\b|qu['’]est-il arrivé\b|comment s['’]est déroulée?s?\b|"
    r"(?:che )?cosa è (?:successo|accaduto)\b|come si (?:è svolt|è sviluppat|sono svolt)\w+|"
    r"què (?:ha passat|va passar)\b|com es va desenvolupar\b|что (?:случилось|произошло) с\b)",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"\W*(?:y |and |und |et |e |i )?(?:por ?qu[eé]|porqué|why|warum|weshalb|wieso|pourquoi|"
    r"perch[eé]|per qu[eè]|waarom|почему|зачем)\b",
    re.IGNORECASE,
)
# "Which" before a noun of many asks for all of them.
_ALL_OF = re.compile(
    r"^\W*(?:(?:in|en|a|de|por|con|from|of|with|dans|aus|mit|von|per|em|com|à|des?) )?(?:"
    r"(?:qué|que|cuáles|cuales|quais|quins|quines) "
    r"(?!pa[ií]s\b|mes\b|\w+[sx]is\b)\w{3,}s\b|quiénes\b|"
    r"(?:which|what) (?!do |does |did |sets |is |was )(?:\w+ )?\w{3,}(?<!s)s\b|"
    r"welche[nr]? \w{4,}(?:en|er|e|n|s)\b|quel(?:le)?s \w{3,}[sx]\b|quali \w{4,}[ie]\b|"
    r"какие \w{3,})",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"^\W*(?:(?:qué|que) (?:es lo que )?(?:le |les )?(?:(?:ha |había )?"
    r"(?:ocurri|pas|sucedi)(?:ó|ado|do)|pasa|está pasando)\b|"
    r"what(?: has|['’]s|s| is)? (?:happened|happening)\b|"
    r"was (?:ist|geschah|passierte)\b(?=.*\b(?:in|am|bei|an|auf)\b)|"
    r"o que (?:aconteceu|se passou)\b|que s['’]est-il passé\b|"
    r"(?:che )?cosa è (?:successo|accaduto)\b|què (?:ha passat|va passar)\b|"
    r"что (?:случилось|произошло)\b)",
    re.IGNORECASE,
)
_WHO_IS = re.compile(
    r"^\W*(?:who(?: is| was| are|['’]s)|qui[eé]n(?:es)? (?:es|era|fue|son)|wer (?:ist|war)|"
    r"qui (?:est|était|és|era)|chi (?:è|era)|quem (?:é|foi|era)|кто (?:такой|такая|такие))\s+"
    r"(?P<name>[^?]+?)\W*$",
    re.IGNORECASE,
)
# How many or how long is one fact, whatever else the question has; what somebody did is none of
# what is compared.
_QUANTITY = re.compile(
    r"^\W*(?:(?:in|a|for|de|en|por|con|durante|à|em|per|da|an|nach|seit|über|до|на|за|через|о) )?"
    r"(?:how (?:many|much|often|long|old|far|tall|big|large|high|fast|late|deep)|cuánt[oa]s?|"
    r"wie (?:viele?[nr]?|oft|lange|alt|hoch|weit|groß|schnell|teuer|tief)|combien|quant[oaie]?s?|"
    r"quantes|hoeveel|сколько|скольк\w+)\b",
    re.IGNORECASE,
)
# A question that begins with a verb and its "se" asks whether it is so, unless it holds a word that
# asks for more: "¿Se sabe quién ...?".
_IS_IT_SO = re.compile(
    r"^\W*(?:no )?(?:se \w+|si (?:è|sono|era|erano|sarà)|es (?:va|van|ha|han)|"
    r"s['’](?:ha|han|est))\b",
    re.IGNORECASE,
)
_ASKS_MORE = re.compile(
    r"\b(?:qué|quién(?:es)?|cuál(?:es)?|cuándo|dónde|cuánt[oa]s?|cómo|chi|quando|dove|quanto|quanti"
    r"|què|quant|quants|combien|comment|pourquoi|où|quem|quais|qual|onde|quantos|quantas)\b",
    re.IGNORECASE,
)
# "If the minister resigns, who follows?" asks what stands behind the condition.
_CONDITION = re.compile(
    r"^\W*(?:si|se|if|wenn|falls|sollte|caso|en caso de(?: que)?|in case|s['’]ils?|если)\b"
    r"[^,?]{3,}, ?(?=\W*\w)",
    re.IGNORECASE,
)
_DONE = re.compile(r"^\W*what (?:did|has|have|does|do|will) .{2,60}? (?:do|done)\b", re.I)
# Nor is what stands between two, of which it is asked which they are.
_BETWEEN = re.compile(
    r"^\W*(?:entre|between|zwischen|tra|fra|tussen|между)\s+(?:(?:l[aeo]s?|i|gli) )?"
    r"(?:qu[eéè]|quién(?:es)?|cuáles|which|what|whom?|welchen|wem|quel(?:le)?s|qui|quali|chi|quais|"
    r"quem|quen(?:es)?|cales|quins|quines|welke|wie|какими|кем)\b",
    re.IGNORECASE,
)
_DEED = re.compile(
    r"^\W*(?:what (?:did|has|have|does|do|will) (?!.*\bcommon\b)|qué (?:hizo|hicieron|ha hecho)\b|"
    r"was (?:tat|machte|hat)\b|qu['’](?:a|ont)(?:-\w+)? .*\bfait\b|que (?:fez|fizeram)\b|"
    r"cosa (?:ha|hanno) fatto\b|què va fer\b|что (?:сделал\w*)\b)",
    re.IGNORECASE,
)
# What somebody said or thinks is theirs, however like a fact it is.
_SAID = re.compile(
    r"^\W*(?:what (?:did|does|do|has|have|had) .{2,60}? "
    r"(?:say|said|think|thought|answer|answered|reply|replied|respond|responded)\b|"
    r"qué (?:dij(?:o|eron)|dicen?|opinan?|piensan?|respondi(?:ó|eron)|contest(?:ó|aron)|"
    r"declar(?:ó|aron)|afirm(?:ó|aron)|ha dicho|han dicho)\b|"
    r"was (?:sag(?:t|te|ten|en)|mein(?:t|te|en)|denk(?:t|en)|antwortet?e?n?|hält|halten)\b|"
    r"qu['’](?:a|ont) .{0,60}?(?:dit|répondu|déclaré|pensé)\b|que (?:pense|pensent|dit|disent)\b|"
    r"(?:che )?cosa (?:ha|hanno) (?:detto|risposto|dichiarato)\b|"
    r"(?:che )?cosa (?:pensan?o?|dicono|dice)\b|"
    r"(?:o )?que (?:disse(?:ram)?|diz|dizem|pensam?|ach(?:a|am|ou)|respondeu)\b|"
    r"què (?:va dir|diu|diuen|pensa|pensen|opina)\b|"
    r"что (?:\w+ )?(?:сказал|думает|заявил|ответил)\w*)",
    re.IGNORECASE,
)
# What is compared is joined, or set against the other.
_JOINED = re.compile(
    r"\b(?:y|e|and|und|et|i|и|con|with|mit|avec|com|amb|from|than|que|entre|between|zwischen|tra|"
    r"agree|coinciden|common|alike|apart)\b",
    re.IGNORECASE,
)
# German and Dutch part the verb, around what is to be summed up.
_SUM_UP = re.compile(
    r"^\W*(?:(?:bitte|kannst du) )?(?:fasse?\b.+\bzusammen|vat\b.+\bsamen)\b", re.I
)
# What asks for a summary by its own words, whatever it is of.
_SUMMARY = re.compile(
    r"^\W*(?:(?:can|could) you |please |por favor,? |bitte )?(?:"
    r"summari[sz]e|sum up|(?:give|write|make) (?:me )?(?:a|an) (?:short |brief )?"
    r"(?:summary|overview|briefing)|"
    r"what (?:do we know|is known) (?:about|of|on)|tell me (?:about|all about)|"
    r"res[uú]m(?:e|a|eme|en|ir)\b|"
    r"haz(?:me)? un resumen|resumen de|dame un resumen|"
    r"(?:qué|que) (?:sabemos|se sabe) (?:de|del|sobre|acerca)|"
    r"(?:cuéntame|háblame) (?:de|del|sobre|qué)|"
    r"was (?:wissen wir|weiß man|ist bekannt) (?:über|von)|"
    r"erzähl\w* (?:mir )?(?:etwas )?(?:über|von)|"
    r"résume[rz]?\b|fais(?:-moi)? un résumé|que sait-on (?:de|du|des|sur)|"
    r"qu['’]est-ce qu['’]on sait|parle[- ]moi d|"
    r"riassum(?:i|imi|ere)\b|fammi un riassunto|(?:che )?cosa (?:sappiamo|si sa) (?:di|d|su)|"
    r"raccontami|parlami|"
    r"resum[ai]r?\b|fa(?:ça|z) um resumo|o que (?:sabemos|se sabe) (?:de|d[oa]s?|sobre)|"
    r"fale(?:-me)? (?:de|sobre)|"
    r"resum(?:eix|iu)\b|fes(?:-me)? un resum|què (?:sabem|se sap) (?:de|d|sobre)|"
    r"расскажи\w*|что (?:известно|мы знаем) (?:о|об|про)|сделай (?:краткую )?(?:сводку|обзор)|"
    r"подведи итог\w*|обобщи|кратко изложи)",
    re.IGNORECASE,
)
_PREPOSITION = 6  # letters of the word before it, at the most: since when, but not compare who
_INSIDE, _FIRST, _FIRST_TWO, _LAST, _LAST_TWO = range(5)


class KindClassifier:
    """The weights in `path`. Raises CheckpointError if they cannot be read."""

    def __init__(self, path: Path = KIND_FILE) -> None:
        try:
            tensors = load_file(path)
            self._mean = tensors["mean"].astype(np.float32)
            self._weights = tensors["weights"].astype(np.float32)
            self._marks = {int(mark): n for n, mark in enumerate(tensors["marks"])}
        except Exception as error:  # safetensors raises many types
            raise CheckpointError(
                "cannot read the weights of the kinds of question {path} ({reason}): reinstall "
                "hemeroteca",
                path=path,
                reason=str(error),
            ) from error

    def probabilities(self, vector: np.ndarray, tokens: Sequence[int]) -> dict[LearntKind, float]:
        """The probability of each kind for a question with this vector (dimension,) as a query,
        and these ids of its tokens without a prompt."""
        logits = self._weights[-1] + VECTOR_SCALE * (vector - self._mean) @ self._dense
        for mark in set(marks(tokens)) & self._marks.keys():
            logits = logits + MARK_SCALE * self._weights[len(self._mean) + self._marks[mark]]
        weights = np.exp(logits - logits.max())
        return dict(zip(KINDS, (weights / weights.sum()).tolist(), strict=True))

    def kind(self, vector: np.ndarray, tokens: Sequence[int], may_greet: bool = True) -> LearntKind:
        """The likeliest kind, "short" where none is likely. What is asked of the catalog is likely
        if all of that together is; a greeting, if it is none, is one of the others."""
        if vector.shape != self._mean.shape:  # of another embedding model
            return "short"
        likely = self.probabilities(vector, tokens)
        if not may_greet:
            others = 1 - likely["greeting"]
            likely = {kind: share / others for kind, share in likely.items()} | {"greeting": 0.0}
        catalog = sum(likely[kind] for kind in LEARNT_OF_CATALOG)
        best = max((k for k in KINDS if k not in LEARNT_OF_CATALOG), key=likely.__getitem__)
        if catalog > likely[best]:
            of_catalog = max(LEARNT_OF_CATALOG, key=likely.__getitem__)
            return of_catalog if catalog >= _SURER else "short"
        return best if likely[best] >= (_SURE if best in _READ else _SURER) else "short"

    @property
    def _dense(self) -> np.ndarray:
        return self._weights[: len(self._mean)]


def marks(tokens: Sequence[int]) -> Iterator[int]:
    """What the regression knows of a question's tokens, each as one number: which there are, which
    begin it and which end it, alone and in pairs."""
    for token in tokens:
        yield _mark(_INSIDE, token)
    yield _mark(_FIRST, *tokens[:1])
    yield _mark(_FIRST_TWO, *tokens[:2])
    yield _mark(_LAST, *tokens[-1:])
    yield _mark(_LAST_TWO, *tokens[-2:])


def _mark(place: int, *tokens: int) -> int:
    number = place
    for token in tokens:
        number = number << 20 | token + 1  # 250,000 tokens at the most
    return number


def asks_fact(text: str) -> bool:
    """Whether `text` begins with a word that asks who, when, where or how many, or with one short
    word before it: then it asks for no more than that, unless it is asked of the catalog."""
    first = re.findall(r"\w+", fold(text).casefold())[:2]
    if len(first) == 2 and len(first[0]) > _PREPOSITION:
        del first[1]
    return not set(_FACTS.split()).isdisjoint(first) or _WHERE_CA.match(text) is not None


def introduced(text: str, language: str) -> str:
    """Whom `text` in `language` asks to be told of and nothing else: "Ana Ruiz" of "who is Ana
    Ruiz?"; "" if it asks for something else."""
    who = _WHO_IS.match(text)
    is_name = is_full_name if language == "de" else is_bare_name
    return who["name"] if who and is_name(who["name"]) else ""


def names_subject(text: str) -> bool:
    """Whether `text` is a few words that ask for nothing: a fact or a subject, only what is found
    tells."""
    words = re.findall(r"\w+", fold(text).casefold())
    return len(words) <= _SUBJECT and "?" not in text and _OPENING.isdisjoint(words[:2])


def asks_story(text: str) -> bool:
    """Whether `text` asks what happened somewhere: where no one fact answers that, a story may."""
    return _HAPPENED.match(text) is not None


def asked_kind(
    encoder: "Encoder", texts: list[str], holds: Callable[[str], bool] = lambda word: False
) -> AskedKind:
    """What the first of `texts` asks for or, where it only names what else is asked of, the last:
    the question before it. `holds` tells whether the archive has a word."""
    texts = [asking(text) for text in texts]
    if (condition := _CONDITION.match(texts[0])) and asks_fact(texts[0][condition.end() :]):
        return "short"
    vectors, tokens = map(encoder.encode_question, texts), encoder.tokenize(texts)
    classifier = kind_classifier()
    kinds = [
        classifier.kind(vector, known.ids, greets(text, holds))
        for text, vector, known in zip(texts, vectors, tokens, strict=True)
    ]
    kind = kinds[0]
    # Of a few words the regression takes "and where?" for a greeting, "and in 2021?" for yes or no,
    # of "where is there ...?" the end for the beginning.
    if kind in (*_TOLD, "greeting", "yesno") and asks_fact(texts[0]):
        return "short"
    if kind in ("listing", "explanation") and _QUANTITY.match(texts[0]):
        return "short"
    if kind == "short" and _SAID.match(texts[0]):
        return "position"
    if kind in ("short", "yesno") and (so := _IS_IT_SO.match(texts[0])):
        return "short" if _ASKS_MORE.search(texts[0][so.end() :]) else "yesno"
    if kind == "comparison" and (_DEED.match(texts[0]) or _BETWEEN.match(texts[0])):
        return "short"
    if kind == "position" and _DONE.match(texts[0]):
        return "short"
    if kind == "position" and _WHY.match(texts[0]):
        return "explanation"
    if kind in ("short", "explanation", "summary") and _STORY.search(texts[0]):
        return "timeline"
    if _SUM_UP.search(texts[0]) or _SUMMARY.match(texts[0]):
        return "summary"
    compared = kind == "comparison" and _JOINED.search(texts[0])
    if kind in ("short", "comparison") and not compared and _ALL_OF.search(texts[0]):
        return "listing"
    if kind == "name" or (kind in ("greeting", "yesno") and _only_adds(texts[0])):
        kind = kinds[-1]
    return kind


def asking(text: str) -> str:
    """`text` up to its last question mark, if a word that asks begins it and none is behind: what
    is pasted there asks for nothing else, unless it asks for a summary."""
    asked, mark, behind = text.rpartition("?")
    words, others = (re.findall(r"\w+", fold(part).casefold()) for part in (asked, behind))
    if not mark or _OPENING.isdisjoint(words[:1]) or not _OPENING.isdisjoint(others):
        return text
    summed_up = _SUM_UP.search(behind) or _SUMMARY.match(behind)
    return text if summed_up else asked + mark


def _only_adds(text: str) -> bool:
    words = re.findall(r"\w+", text.casefold())
    return 1 < len(words) <= _ADDED and words[0] in _ADDING.split()


@cache
def kind_classifier() -> KindClassifier:
    """The one that the program comes with."""
    return KindClassifier()
