"""What a question asks of the catalog, and of whose articles, by its own words.

The classifier tells that articles are asked for; these tell what it was never shown: the section,
the first article, every paper. Precise before eager: each is read only beside a word for articles
or a word that asks. Words of all languages are read in each, as few are words of two."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from hemeroteca.index.filter import Filter
from hemeroteca.index.text.terms import fold
from hemeroteca.rag.understand.kind import CATALOG_KINDS, AskedKind
from hemeroteca.rag.understand.paper import mentioned_papers

_ARTICLE = (
    r"(?:art[ií]culos?|not[ií]cias?|novas?|notas?|cr[oó]nicas?|reporta[jx]es?|entrevistas?|columnas?|"
    r"articles?|stor(?:y|ies)|pieces?|reports?|interviews?|news|artikel[ns]?|beitr[aä]ge?n?|"
    r"berichte?s?|meldung(?:en)?|reportagen?|entretiens?|articol[oi]|notizi[ae]|interviste?|"
    r"artigos?|reportage[nm]s?|entrevistes?|стат\w+|новост\w+|заметк\w+|интервью|berichten)"
)
_WHICH = (
    r"(?:qu[eé]|cu[aá]l(?:es)?|which|what|welche[mnrs]?|quell?e?s?|qual[ei]?s?|quais|che|quin[as]?|"
    r"quins|quines|как\w+|welke?)"
)
_SECTIONS = (
    r"(?:secci[oó]n?|sections?|ressorts?|rubrik|rubrique|sezione|rubrica|se[cç]?ção|editoria|"
    r"рубрик\w+|раздел\w*|rubriek|sectie)"
)
_PAPERS = (
    r"(?:peri[oó]dicos|diarios|medios|newspapers|papers|outlets|media|zeitungen|blätter|medien|"
    r"journaux|quotidiens|médias|giornali|testate|quotidiani|jornais|meios|diaris|mitjans|xornais|"
    r"газеты|издания|kranten)"
)
_PAPER = (
    r"(?:peri[oó]dico|diario|medio(?! de)|newspaper|paper|outlet|zeitung|blatt|journal|quotidien|"
    r"média|giornale|quotidiano|testata|jornal|diari|mitjà(?! de)|xornal|газет[аеуы]|издани[еияю]|"
    r"krant|dagblad)"
)
_IN = r"(?:en|in|dans|em|no|nel|su|a|на|в)"
_WRITES = (
    r"(?:dijo|dice|public[óa]|inform[óa]|cont[óa]|sac[óa]|recogi[óo]|said|says|wrote|writes|reported|"
    r"reports|published|schrieb|schreibt|berichtete?t?|meldete?t?|a (?:publié|écrit|dit|rapporté)|"
    r"ha (?:scritto|pubblicato|detto|riportato)|publicou|disse|noticiou|escreveu|dixo|escribiu|"
    r"va (?:publicar|dir|escriure)|писал[аои]?|написал[аои]?|сообщил[аои]?|schreef|meldde|"
    r"berichtte)"
)
_DAY = r"(?:d[ií]a|day|tag|jour|giorno|день|dag)"
_APPEARED = (
    r"(?:sal(?:ió|iu|ía)|apareci[óu]|se public(?:ó|ou)|was it (?:published|reported|printed)|"
    r"did it (?:appear|come out)|erschien|stand|est-?(?:il|elle) paru|est paru|è uscit[oa]|saiu|"
    r"saíu|"
    r"va sortir|es va publicar|вышл[аои]|стояло|stond|verscheen)"
)
_WHO = r"(?:qui[eé]n|who|wer|qui|chi|quem|quen|кто|wie)"
_WROTE = (
    r"(?:escribió|firm[óa]|redactó|wrote|signed|schrieb|verfasste|a (?:écrit|signé)|signe|"
    r"ha (?:scritto|firmato)|escreveu|assin(?:ou|a)|va (?:escriure|signar)|signa|escribiu|"
    r"asin(?:ou|a)|написал|"
    r"schreef)"
)
# "Who wrote that ...": a sentence for its subject, as an author's own words are asked for.
_THAT = (
    r"(?:qui[eé]n(?:es)? (?:escribi[óo]|escribieron|escribe|ha escrito|han escrito) que|"
    r"who (?:wrote|writes|has written|reported|reports)(?: in an article)? that|"
    r"wer (?:(?:schrieb|schreibt|berichtete?t?),? dass|hat (?:geschrieben|berichtet),? dass)|"
    r"qui (?:a écrit|écrit|écrivait|écrivit|a rapporté) qu(?:e\b|['’])|"
    r"chi (?:ha scritto|scrive|scrisse|ha riportato) che|"
    r"quem (?:escreveu|escreve|noticiou) que|qui (?:va escriure|ha escrit|escriu) que|"
    r"quen (?:escribiu|escribe) que|кто (?:написал|писал|пишет|сообщил),? что|"
    r"wie (?:schreef|schrijft|heeft geschreven) dat)"
)
# "Who wrote about ..." has what an article is on for its subject.
_WROTE_ABOUT = (
    r"(?:escribi[óo]|ha escrito|wrote|has written|schrieb|a écrit|ha scritto|escreveu|va escriure|"
    r"ha escrit|escribiu|написал[аи]?|писал[аи]?|schreef) "
    r"(?:sobre|acerca d\w+|about|über|sur|su(?:l\w*)?|d[ei](?:ll?\w*)?|о|об|про|over)"
)
# "Who published that ...": a paper did.
_PUBLISHED = (
    r"(?:qui[eé]n|who|wer|qui|chi|quem|quen|кто|wie) (?:public[óo]|ha publicado|published|"
    r"veröffentlichte|a publié|ha pubblicato|publicou|va publicar|опубликовал|publiceerde)"
    r"(?:,? (?:que|that|dass|che|что|dat)| qu['’])"
)
# "When was it published that ...", of an article; "when did he say that ..." is not.
_WHEN = r"(?:cu[aá]ndo|when|wann|quand|quando|quan|cando|когда|wanneer)"
_PUBLISHED_THAT = (
    r"(?:(?:se )?(?:ha )?(?:public(?:ó|o|ado|aron)|inform(?:ó|o|ado|aron))|sali[óo]|apareci[óo]|"
    r"(?:was|has) it (?:been )?(?:published|reported|printed)|was it in the (?:news|papers?)|"
    r"(?:wurde|stand|erschien|war)(?: (?:veröffentlicht|berichtet|gemeldet|zu lesen))?|"
    r"(?:a-t-on|a-t-il été|est-il|il a été|on a) (?:publié|écrit|rapporté|paru|annoncé)|"
    r"(?:è (?:stat[oa] )?|fu )(?:pubblicat[oa]|scritt[oa]|uscit[oa]|riportat[oa])|"
    r"(?:se |foi )?(?:public(?:ou|ado)|notici(?:ou|ado))(?:-se)?|saiu|saíu|"
    r"(?:es )?va (?:publicar|sortir)|(?:было )?(?:опубликовано|напечатано)|"
    r"(?:сообщили|сообщалось|писали|написали)|"
    r"(?:werd|stond|verscheen)(?: er)?(?: (?:gepubliceerd|gemeld|bericht))?)"
)
_CLAUSE = r"(?:,? (?:que|that|dass|che|что|dat)| qu['’])"
_NEWS = (
    r"(?:noticia|crónica|reportaje|news (?:story|item|article)|nachricht|meldung|notizia|cronaca|"
    r"notícia|reportagem|nova|новость|заметку|nieuwsbericht)"
)
_NEWS_OF = rf"(?!nova (?!sobre|d[eoa])){_NEWS}"  # "a nova lei" is no news
# One article, by a word that means nothing else.
_PIECE = r"(?:art[ií]culo|article|artikel|articolo|artigo|стать[яюи])"
_CAME_OUT = (
    r"(?:(?:se )?(?:ha )?public(?:ó|a|ado)|sali[óo]|apareci[óo]|was|wurde|erschien|"
    r"a été publiée?|est parue?|è (?:stat[oa] pubblicat[oa]|uscit[oa])|uscì|fu pubblicat[oa]|"
    r"saiu|saíu|foi publicad[oa]|publicouse|va sortir|es va publicar|вышла|была опубликована|"
    r"опубликовали|werd|verscheen)"
)
_DATES = r"(?:fecha|date|datum|data|дат\w+|числ\w+)"
_FIRST = (
    r"(?:primer[ao]?|first|earliest|oldest|(?:aller)?erste[nrs]?|älteste[nrs]?|première?|prim[oa]|"
    r"primeir[oa]|перв\w+|eerste|oudste|plus ancien(?:ne)?)"
)
_OLDEST = r"(?:m[aá]s antigu[oa]|plus ancien(?:ne)?|più vecchi[oa]|mais antig[oa]|més antiga?)"
# What makes a name behind it the subject of an article, not its author.
_ABOUT = (
    r"(?:sobre|acerca de|habla\w* de|mencion\w+(?: a)?|trata\w* de|about|on|mention\w*|über|"
    r"erwähn\w+|sur|parl\w+ d[ei]|su|mention\w+|falam? d[eo]|parlen d[e’']|о|об|over)"
)
_NAMED = (
    "count",
    "latest",
    "earliest",
    "articles",
    "section",
    "day",
)  # may be asked of a paper's alone
_BY_WHOM = ("count", "latest", "earliest", "articles")
_LONGEST_NAME = 5
_I = re.IGNORECASE


def _asks(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){words}(?!\w)", _I)


_ABOUTS = _asks(_ABOUT)
_WHO_WROTE_THAT = re.compile(rf"(?<!\w){_THAT}", _I)
_WROTE_IT = re.compile(
    rf"(?<!\w)(?:{_WROTE}|написал\w*|écrivait|schrijft|writes|escribe)(?!\w)", _I
)
# What somebody wrote, in any form of the verb.
_WRITING = _asks(
    r"(?:wr[io]te|written|escri(?:bió|bieron|be|ben|to)|ha escrito|geschrieben|schr(?:ieb|eibt)|"
    r"verfasst|écri(?:t|vit)|scri(?:tto|sse|ve)|escrev(?:eu|e)|va escriure|escribiu|"
    r"(?:на)?писал[аи]?|geschreven|schreef)"
)
_READ: Sequence[tuple[AskedKind, re.Pattern[str]]] = (
    ("section", _asks(rf"{_WHICH} {_SECTIONS}")),
    # "Por qué medios" asks how.
    ("papers", _asks(rf"(?<!por )(?<!con )(?<!través de ){_WHICH} {_PAPERS}(?! l[ao] )")),
    # "In which paper did it say that" has a sentence for its subject, which looks like a fact.
    ("paper", _asks(rf"(?:{_IN} {_WHICH} {_PAPER}|{_WHICH} {_PAPER} {_WRITES})")),
    ("paper", re.compile(rf"(?<!\w){_PUBLISHED}", _I)),
    ("author", _asks(rf"{_WHO} {_WROTE} (?:\w+ |l['’]){{0,2}}(?:{_NEWS}|{_PIECE})")),
    ("day", _asks(rf"{_WHEN} {_CAME_OUT} (?:\w+ |l['’])?(?:{_NEWS_OF}|{_PIECE})")),
    ("author", _WHO_WROTE_THAT),
    ("author", _asks(rf"{_WHO} {_WROTE_ABOUT}")),
    ("day", _asks(rf"{_WHICH} {_DAY} {_APPEARED}")),
    # In between, a paper may be named, or in which one.
    (
        "day",
        re.compile(rf"(?<!\w){_WHEN} {_PUBLISHED_THAT}(?: [\w’']+){{0,5}}{_CLAUSE}", _I),
    ),
    ("day", _asks(rf"(?:{_WHICH} )(?:(?:is|era|es|la|the) )?{_DATES}(?=.* {_ARTICLE}(?!\w))")),
    ("earliest", _asks(rf"{_FIRST} {_ARTICLE}|{_ARTICLE} {_OLDEST}")),
)


_ARTICLES = _asks(rf"{_WHICH} {_ARTICLE}")
_HOW_MANY = _asks(
    r"(?:how (?:many|often)|cu[aá]nt[oa]s|wie (?:viele[rn]?|oft)|combien|quant[ei]s?|quant[oa]s|"
    r"cant[oa]s|hoeveel|сколько)"
)
# What of the catalog is counted, or what it does; how many of anything else is a fact.
_COUNTED = _asks(
    rf"(?:{_ARTICLE}|text[oei]?s?|test[oi]|тексто?\w*|piezas|pezz[oi]|papiers|peças|peces|stukken|"
    r"public(?:aciones|acións|ations|ações|acions)|pubblicazioni|veröffentlichungen|публикац\w+|"
    r"materiales|матери\w+|veces|times|vegades|vezes|volte|fois|mal|раз|keer|mention\w*|menci\w+|"
    r"menzion\w+|nombra\w*|nomina\w*|named?|nennen|genannt|noem\w*|erwähn\w*|vermeld\w*|упомин\w+|"
    r"aparec\w+|appear\w*|appar\w+|vorkomm\w*|habla\w*|parl\w+|fala\w*|trat\w+|deal\w*|about|sobre|"
    r"escri\w+|escrev\w+|writ\w+|wrote|geschrieb\w*|schr\w+|écri\w+|scri\w+|писа\w+|public\w+|firm\w+|"
    r"archiv\w*|arxiu|архив\w*|archief)"
)


def catalog_kind(text: str, kind: AskedKind) -> AskedKind:
    """What is asked of the catalog by the words of `text`, else `kind`."""
    of_words = next((read for read, words in _READ if words.search(text)), kind)
    counts_else = _HOW_MANY.search(text) and not _COUNTED.search(text)
    return "short" if of_words == "count" and counts_else else of_words


def asks_who_wrote_that(text: str) -> bool:
    """Whether `text` asks who wrote that something is so: the author of an article, or somebody
    whom an article quotes."""
    return _WHO_WROTE_THAT.search(text) is not None


def tells_who_wrote(text: str) -> bool:
    """Whether a passage `text` tells itself that somebody wrote something."""
    return _WROTE_IT.search(text) is not None


def asks_articles(text: str) -> bool:
    """Whether `text` asks which articles there are, of an author's if it names one."""
    return _ARTICLES.search(text) is not None


def of_whom(
    text: str,
    kind: AskedKind,
    papers: Collection[str],
    authors: Callable[[Sequence[str]], Collection[str]],
) -> tuple[AskedKind, Filter]:
    """What is asked of the catalog, and the papers and authors that `text` asks it of: of the
    archive's `papers`, and of those whose names `authors` knows. Who is named as an author is not
    asked for: then what they wrote is, or where."""
    by = tuple(
        name
        for name in authors(list(_names(text)))
        if not re.search(rf"(?<!\w){fold(_ABOUT)}\s+{re.escape(fold(name))}", fold(text), _I)
    )
    if kind not in CATALOG_KINDS and not by:
        return kind, Filter()
    if by and (kind == "author" or kind not in CATALOG_KINDS):
        kind = "articles"
    elif by and kind == "paper":
        kind = "papers"
    of = mentioned_papers(text, papers) if kind in _NAMED else ()
    if kind in _BY_WHOM and not (of or by) and _WRITING.search(text) and not _ABOUTS.search(text):
        return "short", Filter()  # what somebody wrote who is no author here
    return kind, Filter(papers=of, authors=by)


def _names(text: str) -> Iterator[str]:
    """Words in a row that may be a name: the first and the last have a capital."""
    words = re.findall(r"[^\s,;:?!¿¡«»“”\"()]+", text)
    for first, word in enumerate(words):
        for last in range(first + 1, min(len(words), first + _LONGEST_NAME) + 1):
            if word[:1].isupper() and words[last - 1][:1].isupper() and last - first > 1:
                yield " ".join(words[first:last])
