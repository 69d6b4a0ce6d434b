"""Sound documents of every kind that is read, made at random, with the sentences that they hold."""

import base64
import gzip
import html
import io
import json
import quopri
import random
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import docx
import pypdfium2

_TEXT = """
El gobierno anunció ayer una inversión de 300 millones en Cádiz tras la votación del pleno
Straße Müller über Größe œuvre façade naïve coração São Łódź żółw český Đorđević İstanbul
R&D AT&T O'Neill l'any 3,5 1.200 50 % n.º 7 «sí» “no” co-op 2024 A-7 C++ @prensa #Motril
столица правительство объявило Αθήνα σήμερα ירושלים الرئيس नई मोदी 東京 서울 กรุงเทพ
"""
_WORDS = _TEXT.split()
_ASCII = tuple(word for word in _WORDS if word.isascii())
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_FEWEST, _MOST = 3, 6  # sentences of an article
_PHOTOGRAPHED = 0.02  # of the PDF, to recognise which takes as long as a hundred others
_SAVED = (
    "<!--\n Page saved with SingleFile \n url: {} \n saved date: Tue May 07 "
    "2024 10:21:33 GMT+0200\n-->"
)
_KINDS = ("utf-8", "utf-8", "utf-8-sig", "utf-16")


@dataclass(frozen=True)
class Document:
    """A file's bytes, and the sentences of each of its articles, in order."""

    data: bytes
    articles: tuple[tuple[str, ...], ...]

    @property
    def sentences(self) -> list[str]:
        return [sentence for article in self.articles for sentence in article]


def document(suffix: str, chance: random.Random) -> Document:
    """A document of the kind that `suffix` says."""
    return _MAKERS[suffix](chance)


def suffixes() -> list[str]:
    return sorted(_MAKERS)


def _sentence(chance: random.Random, words: Sequence[str]) -> str:
    """A sentence that is told from all others by its number."""
    said = " ".join(chance.choices(words, k=chance.randrange(6, 14)))
    return f"Noticia {chance.randrange(10**9)} {said}."


def _article(chance: random.Random, words: Sequence[str] = _WORDS) -> tuple[str, ...]:
    return tuple(_sentence(chance, words) for _ in range(chance.randint(_FEWEST, _MOST)))


def articles_of(chance: random.Random) -> tuple[tuple[str, ...], ...]:
    return tuple(_article(chance) for _ in range(chance.randint(1, 4)))


def _written(sentences: Sequence[str], chance: random.Random) -> str:
    """The sentences as a text, in paragraphs or not, composed or not."""
    text = chance.choice((" ", "\n", "\n\n")).join(sentences)
    return unicodedata.normalize("NFD", text) if chance.random() < 0.1 else text


def _paragraphs(sentences: Sequence[str], chance: random.Random) -> str:
    """The sentences as the paragraphs of a web page."""
    parts = []
    for sentence in sentences:
        text = html.escape(sentence, quote=chance.random() < 0.5)
        if chance.random() < 0.3:
            first, _, rest = text.partition(" ")
            text = f"<b>{first}</b> {rest}"
        parts.append(f"<p>{text}</p>")
    return chance.choice(("", "\n")).join(parts)


def _text(chance: random.Random) -> Document:
    sentences = _article(chance)
    text = _written(sentences, chance)
    if chance.random() < 0.3:
        text = f"date 2024-05-06\n{text}"
    return Document(text.encode(chance.choice(_KINDS)), (sentences,))


def _markdown(chance: random.Random) -> Document:
    sentences = _article(chance, [word for word in _WORDS if word[0] not in "#"])
    lines = [sentences[0], *sentences[1:]]
    match chance.randrange(4):
        case 0:
            text = "\n\n".join(lines)
        case 1:
            text = f"# T\n\n{lines[0]}\n\n" + "\n".join(f"- {line}" for line in lines[1:])
        case 2:
            text = f"{lines[0]}\n\n" + "\n>\n".join(f"> {line}" for line in lines[1:])
        case _:
            rows = [f"| {line} |" for line in lines[1:]]
            text = "\n".join([f"{lines[0]}\n", rows[0], "|---|", *rows[1:]])
    head = chance.choice(("", "---\ntitle: T\ndate: 2024-05-06\n---\n", "+++\ntitle = 'T'\n+++\n"))
    return Document((head + text).encode(), (sentences,))


def web_page(chance: random.Random, sentences: Sequence[str]) -> str:
    paragraphs = _paragraphs(sentences, chance)
    around = chance.choice(("article", "div class='entry-content'", "main"))
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Sube el pan</title></head><body>"
        f"<nav><a href='/'>Inicio</a></nav><{around}><h1>Sube el pan</h1>{paragraphs}"
        f"</{around.split()[0]}></body></html>"
    )


def _web_page(chance: random.Random) -> Document:
    if chance.random() < 0.1:
        return _recognised(chance)
    sentences = _article(chance)
    page = web_page(chance, sentences)
    if chance.random() < 0.3:
        page = saved(page, "https://faro.example/n")
    return Document(page.encode(), (sentences,))


def saved(page: str, address: str) -> str:
    """The page as SingleFile saves it."""
    return page.replace("<html>", f"<html>{_SAVED.format(address)}", 1)


_TRANSFERS: dict[str, Callable[[bytes], bytes]] = {
    "8bit": bytes,
    "base64": base64.encodebytes,
    "quoted-printable": quopri.encodestring,
}


def _web_archive(chance: random.Random) -> Document:
    sentences = _article(chance)
    page = web_page(chance, sentences).encode()
    way = chance.choice(sorted(_TRANSFERS))
    head = f"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: {way}\n\n"
    data = head.encode() + _TRANSFERS[way](page)
    if chance.random() < 0.5:
        kind = b"Content-Type: multipart/related; boundary=b\n\n"
        data = kind + b"--b\n" + data + b"\n--b--\n"
    return Document(data, (sentences,))


def _any_pdf(chance: random.Random) -> Document:
    return (_photographed if chance.random() < _PHOTOGRAPHED else _pdf)(chance)


def _pdf(chance: random.Random) -> Document:
    pages = [_article(chance, _ASCII) for _ in range(chance.randint(1, 3))]
    count = len(pages)
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(count))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {count}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, sentences in enumerate(pages):
        shown = " T* ".join(f"({_of_pdf(sentence)}) Tj" for sentence in sentences)
        stream = f"BT /F1 8 Tf 10 TL 36 720 Td {shown} ET"
        objects += [
            f"<</Type/Page/Parent 2 0 R/Contents {5 + 2 * number} 0 R/MediaBox[0 0 900 800]"
            "/Resources<</Font<</F1 3 0 R>>>>>>",
            f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        ]
    file, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(file))
        file += f"{number} 0 obj{body}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(file)
    file += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    file += f"trailer<</Root 1 0 R/Size {len(objects) + 1}>>\nstartxref\n{start}\n%%EOF\n"
    return Document(file.encode(), (tuple(sentence for page in pages for sentence in page),))


def _of_pdf(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "()\\" else letter for letter in text)


def _records(
    chance: random.Random, articles: Sequence[Sequence[str]]
) -> Iterator[dict[str, object]]:
    """A record for each article, under the names of one program."""
    identity = chance.choice(("id", "guid", "url"))
    title = chance.choice(("title", "headline"))
    date = chance.choice(("date", "published", "fecha"))
    body = chance.choice(("text", "body", "cuerpo", "maintext"))
    for number, sentences in enumerate(articles, start=1):
        marked = chance.random() < 0.3
        text = _paragraphs(sentences, chance) if marked else _escaped(sentences, chance)
        day = chance.choice(("2024-05-06", "6 de mayo de 2024", "", "pronto"))
        yield {identity: number, title: "Sube el pan", date: day, body: text}


def _escaped(sentences: Sequence[str], chance: random.Random) -> str:
    text = _written(sentences, chance)
    return html.escape(text) if chance.random() < 0.3 else text


def _items(chance: random.Random, articles: Sequence[Sequence[str]]) -> Iterator[dict[str, object]]:
    """An agency's item (ninjs 1, 2 or 3) for each article."""
    for number, sentences in enumerate(articles, start=1):
        item: dict[str, object] = {"uri": f"urn:faro:{number}", "version": "1"}
        day, markup = "2024-05-06T10:00:00Z", _paragraphs(sentences, chance)
        match chance.randrange(3):
            case 0:
                item |= {"versioncreated": day, "headline": "T", "body_xhtml": markup}
            case 1:
                item |= {"versionCreated": day, "headlines": [{"role": "main", "value": "T"}]}
                item["bodies"] = [{"role": "main", "value": markup}]
            case _:
                item |= {"versionCreated": day, "headlines": [{"value": "T"}]}
                body = {"contentType": "text/plain", "value": _written(sentences, chance)}
                item["bodies"] = [body]
        if chance.random() < 0.2:
            item["pubStatus"] = "usable"
        yield item


def _any_records(
    chance: random.Random, articles: Sequence[Sequence[str]]
) -> list[dict[str, object]]:
    return list((_items if chance.random() < 0.3 else _records)(chance, articles))


def _lines(chance: random.Random) -> Document:
    articles = articles_of(chance)
    ascii_only = chance.random() < 0.5
    lines = [json.dumps(each, ensure_ascii=ascii_only) for each in _any_records(chance, articles)]
    return Document(chance.choice(("\n", "\r\n")).join(lines).encode(), articles)


def _json(chance: random.Random) -> Document:
    articles = articles_of(chance)
    records: object = _any_records(chance, articles)
    if chance.random() < 0.3:
        records = {"status": "ok", "articles": records}
    indent = chance.choice((None, 2))
    return Document(json.dumps(records, indent=indent).encode(chance.choice(_KINDS)), articles)


def _table(chance: random.Random, delimiters: str = ",;|") -> Document:
    articles = articles_of(chance)
    delimiter = chance.choice(delimiters)
    end = chance.choice(("\n", "\r\n"))
    rows = [delimiter.join(("id", "fecha", "titular", "texto"))]
    for number, sentences in enumerate(articles, start=1):
        text = _escaped(sentences, chance).replace('"', '""')
        rows.append(delimiter.join((str(number), "2024-05-06", "Sube", f'"{text}"')))
    return Document((end.join(rows) + end).encode(chance.choice(_KINDS)), articles)


def _tabs(chance: random.Random) -> Document:
    return _table(chance, "\t")


def _in_xml(markup: str, chance: random.Random) -> str:
    return f"<![CDATA[{markup}]]>" if chance.random() < 0.5 else html.escape(markup)


def _rss(chance: random.Random) -> Document:
    articles = articles_of(chance)
    items = []
    for number, sentences in enumerate(articles, start=1):
        content = _in_xml(_paragraphs(sentences, chance), chance)
        name = chance.choice(("description", "content:encoded"))
        items.append(
            f"<item><guid>g{number}</guid><title>T</title>"
            "<pubDate>Mon, 06 May 2024 23:30:00 -0500</pubDate>"
            f"<{name}>{content}</{name}></item>"
        )
    feed = f"<rss version='2.0' xmlns:content='{_CONTENT}'><channel>{''.join(items)}"
    return Document(f"{feed}</channel></rss>".encode(), articles)


def _atom(chance: random.Random) -> Document:
    articles = articles_of(chance)
    entries = []
    for number, sentences in enumerate(articles, start=1):
        if chance.random() < 0.3:
            inner = f"<div xmlns='http://www.w3.org/1999/xhtml'>{_paragraphs(sentences, chance)}"
            content = f"<content type='xhtml'>{inner}</div></content>"
        else:
            inner = _in_xml(_paragraphs(sentences, chance), chance)
            content = f"<content type='html'>{inner}</content>"
        entries.append(
            f"<entry><id>urn:{number}</id><title>T</title><updated>2024-05-06T10:00:00Z</updated>"
            f"{content}</entry>"
        )
    feed = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title>{''.join(entries)}</feed>"
    return Document(feed.encode(), articles)


def _wordpress(chance: random.Random) -> Document:
    articles = articles_of(chance)
    items = []
    for number, sentences in enumerate(articles, start=1):
        plain = chance.random() < 0.5
        content = "\n\n".join(map(html.escape, sentences)) if plain else None
        items.append(
            f"<item><title>T</title><guid>g{number}</guid>"
            f"<content:encoded><![CDATA[{content or _paragraphs(sentences, chance)}]]>"
            "</content:encoded><wp:post_date>2024-05-06 10:00:00</wp:post_date>"
            "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>"
        )
    names = f"xmlns:content='{_CONTENT}' xmlns:wp='http://wordpress.org/export/1.2/'"
    export = f"<?xml version='1.0'?><rss version='2.0' {names}><channel>{''.join(items)}"
    return Document(f"{export}</channel></rss>\n".encode(), articles)


def _agency(chance: random.Random) -> Document:
    """NITF, or a message of NewsML-G2 with XHTML or NITF in its items."""
    if chance.random() < 0.4:
        sentences = _article(chance)
        return Document(_nitf(sentences, chance).encode(), (sentences,))
    articles = articles_of(chance)
    items = []
    for number, sentences in enumerate(articles, start=1):
        if chance.random() < 0.5:
            content = _nitf(sentences, chance)
        else:
            body = _paragraphs(sentences, chance)
            content = f"<html xmlns='http://www.w3.org/1999/xhtml'><body>{body}</body></html>"
        items.append(
            f"<newsItem guid='urn:{number}'><itemMeta><itemClass qcode='ninat:text'/>"
            "<firstCreated>2024-05-06T10:00:00Z</firstCreated></itemMeta><contentMeta><headline>T"
            f"</headline></contentMeta><contentSet><inlineXML>{content}</inlineXML></contentSet>"
            "</newsItem>"
        )
    names = "xmlns='http://iptc.org/std/nar/2006-10-01/'"
    message = f"<newsMessage {names}><itemSet>{''.join(items)}</itemSet></newsMessage>"
    return Document(message.encode(), articles)


def _nitf(sentences: Sequence[str], chance: random.Random) -> str:
    body = _paragraphs(sentences, chance).replace("<b>", "<person>").replace("</b>", "</person>")
    return (
        "<nitf xmlns='http://iptc.org/std/NITF/2006-10-18/'><body><body.head><hedline><hl1>T</hl1>"
        f"</hedline></body.head><body.content><block>{body}</block></body.content></body></nitf>"
    )


def _newsml1(chance: random.Random) -> Document:
    sentences = _article(chance)
    body = chance.choice((_nitf, _paragraphs))(sentences, chance)
    return Document(
        (
            "<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>faro.example</ProviderId>"
            "<NewsItemId>1</NewsItemId></NewsIdentifier></Identification><NewsComponent><NewsLines>"
            f"<HeadLine>T</HeadLine></NewsLines><ContentItem><DataContent>{body}</DataContent>"
            "</ContentItem></NewsComponent></NewsItem></NewsML>"
        ).encode(),
        (sentences,),
    )


def _scan(chance: random.Random) -> Document:
    """A page of ALTO whose lines end within words."""
    sentences = _article(chance)
    return Document(_alto([sentences], chance).encode(), (sentences,))


def issue(chance: random.Random) -> tuple[dict[str, bytes], tuple[tuple[str, ...], ...]]:
    """METS and the pages of ALTO that it names, an article or more on each; the articles."""
    pages = [articles_of(chance) for _ in range(chance.randint(1, 3))]
    files, physical, logical = [], [], []
    within: dict[str, bytes] = {}
    for number, articles in enumerate(pages, start=1):
        within[f"text/{number}.xml"] = _alto(articles, chance).encode()
        files.append(f"<file ID='A{number}'><FLocat xlink:href='text/{number}.xml'/></file>")
        physical.append(f"<div TYPE='page' ORDER='{number}'><fptr FILEID='A{number}'/></div>")
        logical += [
            f"<div TYPE='ARTICLE' ID='D{number}_{n}'><fptr><area FILEID='A{number}' "
            f"BETYPE='IDREF' BEGIN='A{n}'/></fptr></div>"
            for n in range(len(articles))
        ]
    within["mets.xml"] = (
        "<mets xmlns='http://www.loc.gov/METS/' xmlns:xlink='http://www.w3.org/1999/xlink'>"
        f"<fileSec><fileGrp>{''.join(files)}</fileGrp></fileSec><structMap TYPE='PHYSICAL'><div>"
        f"{''.join(physical)}</div></structMap><structMap TYPE='LOGICAL'><div TYPE='ISSUE'>"
        f"{''.join(logical)}</div></structMap></mets>"
    ).encode()
    return within, tuple(article for articles in pages for article in articles)


def _alto(articles: Sequence[Sequence[str]], chance: random.Random) -> str:
    """A page whose articles are blocks of blocks, each with an id, and whose lines end in words."""
    blocks = [
        f"<ComposedBlock ID='A{number}'>{''.join(_alto_blocks(sentences, chance))}</ComposedBlock>"
        for number, sentences in enumerate(articles)
    ]
    name = chance.choice(("", " xmlns='http://www.loc.gov/standards/alto/ns-v3#'"))
    return f"<alto{name}><Layout><Page>{''.join(blocks)}</Page></Layout></alto>"


def _alto_blocks(sentences: Sequence[str], chance: random.Random) -> Iterator[str]:
    for sentence in sentences:
        lines: list[list[str]] = [[]]
        for word in sentence.split():
            if len(word) > 5 and word.isalpha() and chance.random() < 0.3:
                ends = ("HypPart1", word[:3]), ("HypPart2", word[3:])
                first, second = (
                    f"<String CONTENT='{part}' SUBS_TYPE='{kind}' SUBS_CONTENT='{word}'/>"
                    for kind, part in ends
                )
                lines[-1] += [first, "<HYP CONTENT='-'/>"]
                lines.append([second])
            else:
                lines[-1].append(f"<String CONTENT='{html.escape(word)}'/>")
        inner = "".join(f"<TextLine>{'<SP/>'.join(line)}</TextLine>" for line in lines)
        yield f"<TextBlock>{inner}</TextBlock>"


def _xml(chance: random.Random) -> Document:
    return chance.choice((_wordpress, _agency, _newsml1, _scan, _abbyy))(chance)


def _recognised(chance: random.Random) -> Document:
    """Pages of hOCR, as a program recognised them: an article on each."""
    articles = articles_of(chance)
    pages = []
    for number, sentences in enumerate(articles, start=1):
        blocks = [
            "<p class='ocr_par'>"
            + "\n".join(
                f"<span class='ocr_line' title='bbox 10 {10 * n} 900 {10 * n + 9}'>"
                + " ".join(
                    f"<span class='ocrx_word' title='bbox 1 2 3 4; x_wconf 90'>{word}</span>"
                    for word in map(html.escape, words)
                )
                + "</span>"
                for n, words in enumerate(_lines_of(sentence, chance), start=1)
            )
            + "</p>"
            for sentence in sentences
        ]
        title = f"image &quot;{number}.tif&quot;; bbox 0 0 1000 2000"
        pages.append(f"<div class='ocr_page' title='{title}'>{''.join(blocks)}</div>")
    body = "\n".join(pages)
    return Document(f"<html><head></head><body>{body}</body></html>".encode(), articles)


def _abbyy(chance: random.Random) -> Document:
    """The same as ABBYY FineReader writes it, by letter or by line."""
    articles = articles_of(chance)
    by_letter = chance.random() < 0.5
    pages = []
    for sentences in articles:
        paragraphs = []
        for sentence in sentences:
            lines = []
            for n, words in enumerate(_lines_of(sentence, chance), start=1):
                text = " ".join(words)
                said = html.escape(text)
                if by_letter:
                    said = "".join(
                        f"<charParams charConfidence='90'>{html.escape(letter)}</charParams>"
                        for letter in text
                    )
                place = f"l='10' t='{10 * n}' r='900' b='{10 * n + 9}'"
                lines.append(f"<line {place}><formatting>{said}</formatting></line>")
            paragraphs.append(f"<par>{''.join(lines)}</par>")
        block = f"<block blockType='Text'><text>{''.join(paragraphs)}</text></block>"
        pages.append(f"<page width='1000' height='2000'>{block}</page>")
    name = "http://www.abbyy.com/FineReader_xml/FineReader10-schema-v1.xml"
    return Document(f"<document xmlns='{name}'>{''.join(pages)}</document>".encode(), articles)


def _lines_of(sentence: str, chance: random.Random) -> Iterator[list[str]]:
    """The words of each line, of which the last may go on in the next."""
    line: list[str] = []
    for word in sentence.split():
        if len(word) > 5 and word.isascii() and word.islower() and word.isalpha():
            if chance.random() < 0.3:
                yield [*line, f"{word[:3]}-"]
                line = []
                word = word[3:]
        elif line and chance.random() < 0.1:
            yield line
            line = []
        line.append(word)
    yield line


def _photographed(chance: random.Random) -> Document:
    """A page that is a picture of text. What a program recognises of it is not told beforehand."""
    drawn = _pdf(chance)
    picture = io.BytesIO()
    document = pypdfium2.PdfDocument(drawn.data)
    document[0].render(scale=chance.choice((0.5, 1, 2)), grayscale=True).to_pil().save(
        picture, "PDF"
    )
    document.close()
    return Document(picture.getvalue(), ())


def _feeds(chance: random.Random) -> Document:
    """A list of feeds, which holds no article."""
    feeds = "".join(
        f"<outline text='{html.escape(chance.choice(_WORDS), quote=True)}' "
        f"xmlUrl='https://faro.example/{n}'/>"
        for n in range(chance.randint(1, 5))
    )
    return Document(f"<opml version='2.0'><body>{feeds}</body></opml>".encode(), ())


def _mail(chance: random.Random) -> Document:
    sentences = _article(chance)
    way = chance.choice(sorted(_TRANSFERS))
    text = chance.choice((" ", "\n\n")).join(sentences)
    head = (
        "From: a@press.example\nSubject: T\nDate: Mon, 06 May 2024 23:30:00 -0500\n"
        f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {way}\n\n"
    )
    return Document(head.encode() + _TRANSFERS[way](text.encode()), (sentences,))


def _mailbox(chance: random.Random) -> Document:
    made = [_mail(chance) for _ in range(chance.randint(1, 4))]
    messages = [
        b"From press@example Mon May  6 23:30:00 2024\nMessage-ID: <%d@example>\n%s\n\n"
        % (number, each.data)
        for number, each in enumerate(made)
    ]
    return Document(b"".join(messages), tuple(a for each in made for a in each.articles))


def _crawl(chance: random.Random) -> Document:
    """Captures of pages that say that they are articles."""
    articles = articles_of(chance)
    records = []
    for number, sentences in enumerate(articles, start=1):
        mark = "<head><meta property='og:type' content='article'>"
        page = web_page(chance, sentences).replace("<head>", mark, 1).encode()
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
        records.append(
            b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\n"
            b"WARC-Target-URI: https://press.example/%d\r\nWARC-Date: 2024-05-06T10:00:00Z\r\n"
            b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (number, len(answer), answer)
        )
    return Document(b"".join(records), articles)


def _packed_crawl(chance: random.Random) -> Document:
    made = _crawl(chance)
    return Document(gzip.compress(made.data), made.articles)


def _collection(chance: random.Random) -> Document:
    made = _crawl(chance)
    return Document(packed({"archive/data.warc": made.data}), made.articles)


def _rich_text(chance: random.Random) -> Document:
    sentences = _article(chance)
    ends = (r"\par ", r"\par\pard\plain ", r"\cell\row\pard ")
    body = "".join(
        rf"{{\b {_in_rtf(first)}}} {_in_rtf(rest)}{chance.choice(ends)}"
        for first, _, rest in (sentence.partition(" ") for sentence in sentences)
    )
    fonts = r"{\fonttbl{\f0\fcharset0 Arial;}}"
    return Document(rf"{{\rtf1\ansi\ansicpg1252\uc1{fonts}{body}}}".encode(), (sentences,))


def _in_rtf(text: str) -> str:
    units = text.encode("utf-16-le")
    numbers = (int.from_bytes(units[at : at + 2], "little") for at in range(0, len(units), 2))
    return "".join(
        chr(number) if number < 128 else rf"\u{number - 65536 * (number > 32767)}?"
        for number in numbers
    )


def _open_document(chance: random.Random) -> Document:
    sentences = _article(chance)
    names = " ".join(
        f"xmlns:{name}='urn:oasis:names:tc:opendocument:xmlns:{name}:1.0'"
        for name in ("office", "text", "table")
    )
    blocks = []
    for sentence in sentences:
        first, _, rest = map(html.escape, sentence.partition(" "))
        block = f"<text:p><text:span>{first}</text:span> {rest}</text:p>"
        if chance.random() < 0.2:
            row = f"<table:table-row><table:table-cell>{block}</table:table-cell></table:table-row>"
            block = f"<table:table>{row}</table:table>"
        blocks.append(block)
    inner = f"<office:body><office:text>{''.join(blocks)}</office:text></office:body>"
    content = f"<office:document-content {names}>{inner}</office:document-content>"
    kind = b"application/vnd.oasis.opendocument.text"
    return Document(packed({"mimetype": kind, "content.xml": content.encode()}), (sentences,))


@cache
def _empty_word() -> dict[str, bytes]:
    file = io.BytesIO()
    docx.Document().save(file)
    with zipfile.ZipFile(file) as container:
        return {name: container.read(name) for name in container.namelist()}


def _word(chance: random.Random) -> Document:
    sentences = _article(chance)
    blocks = []
    for sentence in sentences:
        first, _, rest = sentence.partition(" ")
        runs = "".join(
            f"<w:r><w:t xml:space='preserve'>{html.escape(part)}</w:t></w:r>"
            for part in (f"{first} ", rest)
        )
        match chance.randrange(5):
            case 0:
                block = f"<w:p><w:ins w:id='1'>{runs}</w:ins></w:p>"
            case 1:
                block = f"<w:sdt><w:sdtContent><w:p>{runs}</w:p></w:sdtContent></w:sdt>"
            case 2:
                block = f"<w:tbl><w:tr><w:tc><w:p>{runs}</w:p></w:tc></w:tr></w:tbl>"
            case _:
                block = f"<w:p>{runs}</w:p>"
        blocks.append(block)
    files = dict(_empty_word())
    name = "word/document.xml"
    before, _, after = files[name].decode().partition("<w:body>")
    files[name] = f"{before}<w:body>{''.join(blocks)}{after}".encode()
    return Document(packed(files), (sentences,))


def _book(chance: random.Random) -> Document:
    articles = articles_of(chance)
    items = "".join(
        f"<item id='a{n}' href='a{n}.xhtml' media-type='application/xhtml+xml'/>"
        for n in range(len(articles))
    )
    spine = "".join(f"<itemref idref='a{n}'/>" for n in range(len(articles)))
    files = {
        "META-INF/container.xml": b"<container><rootfile full-path='c.opf'/></container>",
        "c.opf": (
            f"<package><metadata><date>2024-05-06</date></metadata><manifest>{items}</manifest>"
            f"<spine>{spine}</spine></package>"
        ).encode(),
    }
    for n, sentences in enumerate(articles):
        page = f"<html><body><h1>T</h1>{_paragraphs(sentences, chance)}</body></html>"
        files[f"a{n}.xhtml"] = page.encode()
    return Document(packed(files), articles)


def _packed(chance: random.Random) -> Document:
    within = {}
    articles: tuple[tuple[str, ...], ...] = ()
    if chance.random() < 0.3:
        files, articles = issue(chance)
        within = {f"a/{name}": data for name, data in files.items()}
    for n in range(chance.randint(1, 3)):
        suffix = chance.choice(sorted(_MAKERS.keys() - {".zip"}))
        made = document(suffix, chance)
        within[f"b/{n}{suffix}"] = made.data
        articles += made.articles
    return Document(packed(within), articles)


def packed(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as container:
        for name, data in files.items():
            container.writestr(name, data)
    return packed.getvalue()


_MAKERS: dict[str, Callable[[random.Random], Document]] = {
    ".txt": _text,
    ".md": _markdown,
    ".html": _web_page,
    ".mhtml": _web_archive,
    ".hocr": _recognised,
    ".pdf": _any_pdf,
    ".jsonl": _lines,
    ".json": _json,
    ".csv": _table,
    ".tsv": _tabs,
    ".rss": _rss,
    ".atom": _atom,
    ".xml": _xml,
    ".eml": _mail,
    ".mbox": _mailbox,
    ".opml": _feeds,
    ".warc": _crawl,
    ".gz": _packed_crawl,
    ".wacz": _collection,
    ".rtf": _rich_text,
    ".odt": _open_document,
    ".docx": _word,
    ".epub": _book,
    ".zip": _packed,
}
