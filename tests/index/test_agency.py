"""NITF and NewsML-G2, as agencies deliver them."""

import io
import json
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.extract import Extract, LeftOut, Part, Rejected
from hemeroteca.index.sources.formats.registry import FORMATS

NITF = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "nitf-3-5.dtd">
<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><head><title>Otro título</title>
<docdata management-status="{status}"><doc-id id-string="x1"/>
<date.issue norm="20231005T184500+0200"/></docdata>
<pubdata date.publication="20231006" name="El Faro" position.section="Puerto"
position.sequence="7"/></head>
<body><body.head><hedline><hl1>Reabre el muelle</hl1><hl2>Tras diez años cerrado</hl2></hedline>
<byline>Por <person>Ana Ruiz</person> y <person>Luis Mora</person></byline>
<dateline><location>MOTRIL</location></dateline></body.head>
<body.content><block><p>El muelle <em>sur</em> reabrió el jueves.</p>
<media media-type="image"><media-metadata name="w" value="3"/><media-reference source="a.jpg"/>
<media-caption>La grúa nueva.</media-caption><media-producer>Foto Gil</media-producer></media>
<hl2>Las obras</hl2><p>Costaron R&amp;D y 3 millones.</p></block></body.content></body></nitf>"""

ITEM = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:{guid}"
version="{version}" standard="NewsML-G2"><itemMeta><itemClass qcode="ninat:{kind}"/>
<provider literal="El Faro"/>
<versionCreated>2023-10-0{version}T09:00:00+02:00</versionCreated>
<firstCreated>2023-10-01T08:00:00+02:00</firstCreated><pubStatus qcode="stat:{status}"/></itemMeta>
<contentMeta><creator literal="u1"><name>Ana Ruiz</name></creator>
<headline>Reabre el muelle</headline><headline role="hld:subHeadline">Tras diez años</headline>
</contentMeta><contentSet>{content}</contentSet></newsItem>"""
XHTML = (
    '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">'
    "<head><title>t</title></head><body>{}</body></html></inlineXML>"
)


def parts(data: str | bytes) -> list[Part]:
    data = data.encode() if isinstance(data, str) else data
    return list(FORMATS[".xml"].extracts(io.BytesIO(data), ".xml"))


def item(
    content: str, guid: str = "a", version: int = 1, kind: str = "text", status: str = "usable"
) -> str:
    return ITEM.format(content=content, guid=guid, version=version, kind=kind, status=status)


def test_nitf_is_read_whole() -> None:
    (found,) = parts(NITF.format(status="usable"))
    assert isinstance(found, Extract)
    assert (found.title, found.subtitle) == ("Reabre el muelle", "Tras diez años cerrado")
    assert found.text.split("\n\n") == [
        *("MOTRIL", "El muelle sur reabrió el jueves.", "La grúa nueva."),
        *("Las obras", "Costaron R&D y 3 millones."),
    ]
    assert str(found.day) == "2023-10-06"  # the paper's, the agency's was the day before
    known = found.publication
    assert (known.paper, known.section, known.page) == ("El Faro", "Puerto", "7")
    assert known.authors == ("Ana Ruiz", "Luis Mora")


def test_what_an_agency_took_back_is_left_out() -> None:
    for data in (
        NITF.format(status="canceled"),
        item(XHTML.format("<p>No.</p>"), status="canceled"),
    ):
        (found,) = parts(data)
        assert isinstance(found, LeftOut)
        assert str(found.reason) == "is not published (canceled)"


def test_newsml_is_read_whole() -> None:
    (found,) = parts(item(XHTML.format("<h1>Reabre el muelle</h1><p>Uno.</p><p>Dos.</p>")))
    assert isinstance(found, Extract)
    assert (found.title, found.subtitle) == ("Reabre el muelle", "Tras diez años")
    assert found.text.split("\n\n") == ["Reabre el muelle", "Uno.", "Dos."]
    assert str(found.day) == "2023-10-01"
    known = found.publication
    assert (known.paper, known.hour, known.changed) == (
        *("El Faro", "08:00:00+02:00", "2023-10-01"),
    )
    assert known.authors == ("Ana Ruiz",)


@pytest.mark.parametrize(
    "content",
    [
        '<inlineXML><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.content>'
        "<p>Uno.</p><p>Dos.</p></body.content></body></nitf></inlineXML>",
        '<inlineData contenttype="text/plain">Uno.\n\nDos.</inlineData>',
        '<inlineData contenttype="text/html">&lt;p&gt;Uno.&lt;/p&gt;&lt;p&gt;Dos.</inlineData>',
    ],
)
def test_the_text_of_an_item_may_be_of_several_kinds(content: str) -> None:
    (found,) = parts(item(content))
    assert isinstance(found, Extract)
    assert found.text == "Uno.\n\nDos."


def test_of_a_message_each_item_is_read_once_in_its_latest_version() -> None:
    items = [
        *(item(XHTML.format("<p>Uno.</p>")), item(XHTML.format("<p>Uno más.</p>"), version=2)),
        *(item(XHTML.format("<p>Dos.</p>"), guid="b"), item("", guid="c", kind="picture")),
    ]
    found = parts(f"<newsMessage><itemSet>{''.join(items)}</itemSet></newsMessage>")
    texts = [part.text for part in found if isinstance(part, Extract)]
    assert texts == ["Uno más.", "Dos."]
    assert any(isinstance(part, LeftOut) for part in found)


def test_what_is_cut_is_read_as_far_as_it_goes_and_said() -> None:
    sound = f"<newsMessage><itemSet>{item(XHTML.format('<p>Uno.</p>'))}"
    found = parts(sound + "<newsItem><itemMeta>")
    assert isinstance(found[0], Extract)
    assert isinstance(found[-1], Rejected)
    assert "damaged or cut" in str(found[-1].reason)


def test_what_holds_no_text_is_refused() -> None:
    with pytest.raises(ArticleError, match="no news item with a text"):
        parts(item("", kind="picture"))
    with pytest.raises(ArticleError, match="entities"):
        parts("<!DOCTYPE nitf [<!ENTITY a 'b'>]><nitf><body><body.content>&a;</body.content>")


_WORDS = st.lists(st.sampled_from(["el", "R&D", "<3%", "Łódź", "नई", "東京", "3,5"]), min_size=1)


@given(
    st.lists(_WORDS.map(lambda words: " ".join(["Uno", *words, "."])), min_size=1), st.booleans()
)
def test_every_sentence_comes_out(sentences: list[str], bare: bool) -> None:
    paragraphs = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    nitf = f"<nitf><body><body.content>{paragraphs}</body.content></body></nitf>"
    (found,) = parts(nitf if bare else item(XHTML.format(paragraphs)))
    assert isinstance(found, Extract)
    assert found.text.split("\n\n") == sentences


_SENTENCES = st.lists(
    _WORDS.map(lambda words: " ".join(["Uno", *words, "."])), min_size=1, max_size=6
)


@given(_SENTENCES, st.sampled_from(["html", "plain", "nitf"]))
def test_every_sentence_of_an_item_comes_out_in_whatever_kind_it_is(
    sentences: list[str], kind: str
) -> None:
    paragraphs = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    content = {
        "html": f'<inlineData contenttype="text/html">{escape(paragraphs)}</inlineData>',
        "plain": '<inlineData contenttype="text/plain">'
        + escape("\n\n".join(sentences))
        + "</inlineData>",
        "nitf": f"<inlineXML><nitf><body><body.content>{paragraphs}</body.content></body></nitf>"
        "</inlineXML>",
    }[kind]
    (found,) = parts(item(content))
    assert isinstance(found, Extract)
    assert found.text.split("\n\n") == sentences


@given(st.lists(_SENTENCES, min_size=1, max_size=4), st.sampled_from([".json", ".jsonl"]))
def test_every_sentence_of_ninjs_comes_out_of_its_item(
    articles: list[list[str]], suffix: str
) -> None:
    items = [
        ninjs(uri=f"urn:{n}", headline=f"Titular {n}", body_xhtml="".join(
            f"<p>{escape(sentence)}</p>" for sentence in sentences))
        for n, sentences in enumerate(articles)
    ]  # fmt: skip
    data = b"\n".join(items) if suffix == ".jsonl" else b"[" + b",".join(items) + b"]"
    found = [part for part in json_parts(data, suffix) if isinstance(part, Extract)]
    assert [part.text.split("\n\n") for part in found] == articles


@given(st.lists(_SENTENCES, min_size=1, max_size=4))
def test_every_sentence_of_newsml_1_comes_out_of_its_component(articles: list[list[str]]) -> None:
    components = [
        component(f"Titular {n}", content("".join(
            f"<p>{escape(sentence)}</p>" for sentence in sentences)))
        for n, sentences in enumerate(articles)
    ]  # fmt: skip
    found = [part for part in parts(newsml1(*components)) if isinstance(part, Extract)]
    assert [part.text.split("\n\n") for part in found] == articles


@pytest.mark.parametrize(
    ("label", "encoding"),
    [("ISO-8859-1", "cp1252"), ("us-ascii", "cp1252"), ("utf-8", "cp1252"), ("utf-16", "utf-16")],
)
def test_a_label_means_what_browsers_read(label: str, encoding: str) -> None:
    said = "La alcaldesa dijo “no” — y pidió 300 € más para el muelle de Motril."
    xml = f"<?xml version='1.0' encoding='{label}'?><nitf><body><body.content><p>{said}</p>"
    (found,) = parts(f"{xml}</body.content></body></nitf>".encode(encoding))
    assert isinstance(found, Extract)
    assert found.text == said


def test_entities_of_html_and_controls_end_nothing() -> None:
    body = "<p>Uno\x02 y&nbsp;dos.</p><p>Pidi&oacute; m&aacute;s.</p>"
    (found,) = parts(f"<nitf><body><body.content>{body}</body.content></body></nitf>")
    assert isinstance(found, Extract)
    assert found.text.replace("\xa0", " ") == "Uno y dos.\n\nPidió más."


def ninjs(**fields: object) -> bytes:
    return json.dumps({"uri": "urn:a", "versioncreated": "2023-10-05T18:00:00Z"} | fields).encode()


def json_parts(data: bytes, suffix: str = ".json") -> list[Part]:
    return list(FORMATS[suffix].extracts(io.BytesIO(data), suffix))


ONE = {
    "headline": "Reabre el muelle",
    "byline": "Por Ana Ruiz",
    "body_text": "Uno.",
    "body_xhtml": "<p>Uno.</p><p>Dos.</p>",
    "language": "es",
    "associations": {"main": {"uri": "urn:p", "type": "picture", "description_text": "La grúa."}},
}
TWO = {
    "headlines": [
        {"role": "subheadline", "value": "Tras diez años"},
        {"role": "main", "value": "Reabre el muelle"},
    ],
    "by": "Ana Ruiz",
    "bodies": [
        {"role": "text", "value": "Uno."},
        {"role": "main", "contenttype": "text/html", "value": "<p>Uno.</p><p>Dos.</p>"},
    ],
    "associations": [{"name": "p", "descriptions": [{"role": "caption", "value": "La grúa."}]}],
    "infosources": [{"name": "EFE"}],
}
THREE = {"versionCreated": "2023-10-05T18:00:00Z", "pubStatus": "usable"} | TWO


@pytest.mark.parametrize("fields", [ONE, TWO, THREE])
def test_ninjs_is_read_whole(fields: dict[str, object]) -> None:
    (found,) = json_parts(ninjs(**fields))
    assert isinstance(found, Extract)
    assert (found.title, found.text) == ("Reabre el muelle", "Uno.\n\nDos.\n\nLa grúa.")
    assert (str(found.day), found.publication.authors) == ("2023-10-05", ("Ana Ruiz",))
    if fields is not ONE:
        assert (found.subtitle, found.publication.paper) == ("Tras diez años", "EFE")


def test_ninjs_comes_in_arrays_and_lines() -> None:
    items = [ninjs(uri=f"urn:{n}", body_text=f"Uno {n}.") for n in range(3)]
    for data, suffix in (
        (b"[" + b",".join(items) + b"]", ".json"),
        (b'{"items": [' + b",".join(items) + b"]}", ".json"),
        (b"\n".join(items), ".jsonl"),
    ):
        found = json_parts(data, suffix)
        assert [part.text for part in found if isinstance(part, Extract)] == [
            *("Uno 0.", "Uno 1.", "Uno 2."),
        ]


def test_a_version_that_takes_an_item_back_counts() -> None:
    usable = ninjs(body_text="Uno.", version="1")
    killed = ninjs(body_text="", version="2", pubstatus="canceled")
    for order in ([usable, killed], [killed, usable]):
        found = json_parts(b"\n".join(order), ".jsonl")
        assert not [part for part in found if isinstance(part, Extract)]
    items = [item(XHTML.format("<p>Uno.</p>")), item("", version=2, status="canceled")]
    found = parts(f"<newsMessage><itemSet>{''.join(items)}</itemSet></newsMessage>")
    assert not [part for part in found if isinstance(part, Extract)]


@pytest.mark.parametrize(
    ("embargo", "said"),
    [
        ("2999-01-01T06:00:00+01:00", "may not be shown before 2999-01-01T06:00:00+01:00"),
        ("2999-01-01T06:00:00", "without a time zone"),
        ("someday", "names no moment"),
        ("2020-01-01T06:00:00", ""),
    ],
)
def test_what_is_under_embargo_is_not_shown_before_its_time(embargo: str, said: str) -> None:
    marked = f"<embargoed>{embargo}</embargoed><pubStatus"
    newsml = item(XHTML.format("<p>Uno.</p>")).replace("<pubStatus", marked)
    for (found,) in (json_parts(ninjs(body_text="Uno.", embargoed=embargo)), parts(newsml)):
        if said:
            assert isinstance(found, LeftOut)
            assert said in str(found.reason)
            assert found.until is not None
        else:
            assert isinstance(found, Extract)


def test_nitf_waits_for_its_release() -> None:
    for status in ("embargoed", "usable"):
        data = NITF.format(status=status).replace(
            "</docdata>", '<date.release norm="29991231T000000Z"/></docdata>'
        )
        (found,) = parts(data)
        assert isinstance(found, LeftOut)


NEWSML1 = """<NewsML><NewsEnvelope><SentFrom><Party FormalName="El Faro"/></SentFrom></NewsEnvelope>
<NewsItem><Identification><NewsIdentifier><ProviderId>faro.example</ProviderId>
<DateId>20231001</DateId><NewsItemId>n7</NewsItemId><RevisionId>2</RevisionId></NewsIdentifier>
</Identification><NewsManagement><FirstCreated>20231001T080000+0200</FirstCreated>
<ThisRevisionCreated>20231002T080000+0200</ThisRevisionCreated><Status FormalName="{status}"/>
{more}</NewsManagement><NewsComponent>{inner}</NewsComponent></NewsItem></NewsML>"""


def component(headline: str, *contents: str, language: str = "es") -> str:
    lines = f"<NewsLines><HeadLine>{headline}</HeadLine><ByLine>Por Ana Ruiz</ByLine></NewsLines>"
    return f"<NewsComponent Duid='{headline}' xml:lang='{language}'>{lines}{''.join(contents)}" + (
        "</NewsComponent>"
    )


def content(data: str, role: str = "Main", media: str = "Text") -> str:
    return (
        f"<NewsComponent><Role FormalName='{role}'/><ContentItem><MediaType FormalName='{media}'/>"
        f"<DataContent>{data}</DataContent></ContentItem></NewsComponent>"
    )


def newsml1(*inner: str, status: str = "Usable", more: str = "") -> str:
    return NEWSML1.format(inner="".join(inner), status=status, more=more)


def test_newsml_1_is_read_whole() -> None:
    nitf = "<nitf><body><body.content><p>Uno.</p><p>Dos.</p></body.content></body></nitf>"
    contents = [content("p {margin: 0}", "StyleSheet"), content("Reabre el muelle", "HeadLine")]
    contents += [content(nitf), content("Uno.\nDos."), content("La grúa.", "Caption")]
    contents.append(content("x.jpg", media="Photo"))
    (found,) = parts(newsml1(component("Reabre el muelle", *contents)))
    assert isinstance(found, Extract)
    assert found.title == "Reabre el muelle"
    assert found.text.split("\n\n") == ["Uno.", "Dos.", "La grúa."]
    assert str(found.day) == "2023-10-01"
    known = found.publication
    assert (known.paper, known.authors, known.changed) == ("El Faro", ("Ana Ruiz",), "2023-10-02")
    assert found.key == "faro.example:20231001:n7"


def test_newsml_1_in_two_languages_is_two_articles() -> None:
    inner = [
        component("Reabre", content("Uno."), language="es"),
        component("Reopens", content("One."), language="en"),
    ]
    found = parts(newsml1(component("Reabre", *inner)))
    texts = [(part.title, part.text) for part in found if isinstance(part, Extract)]
    assert texts == [("Reabre", "Uno."), ("Reopens", "One.")]


def test_newsml_1_says_what_may_not_be_shown() -> None:
    for status, more, reason in (
        ("Canceled", "", "is not published (canceled)"),
        ("Embargoed", "", "has an embargo that names no moment: '?'"),
        (
            *("Embargoed", "<StatusWillChange><DateAndTime>29990101T080000+0100</DateAndTime>"),
            "may not be shown before 29990101T080000+0100",
        ),
    ):
        end = "</StatusWillChange>" if more else ""
        (found,) = parts(newsml1(component("T", content("Uno.")), status=status, more=more + end))
        assert isinstance(found, LeftOut)
        assert str(found.reason) == reason


def test_an_item_of_text_is_told_in_the_words_of_any_agency() -> None:
    for kind in ("icls:text", "ninat:composite", "x:other"):
        data = item(XHTML.format("<p>Uno.</p>")).replace("ninat:text", kind)
        (found,) = parts(data)
        assert isinstance(found, Extract)


def test_the_company_that_somebody_writes_for_is_no_author() -> None:
    company = "<organisationDetails><contactInfo><phone>555</phone></contactInfo>"
    data = item(XHTML.format("<p>Uno.</p>")).replace(
        '<creator literal="u1"><name>Ana Ruiz</name>',
        f'<creator literal="wire">{company}</organisationDetails>',
    )
    (found,) = parts(data)
    assert isinstance(found, Extract)
    assert found.publication.authors == ()


def test_what_an_author_is_stands_apart_from_the_name() -> None:
    byline = "<byline>By ANA RUIZ<byttl>Business Writer</byttl></byline>"
    head = f"<body.head>{byline}</body.head><body.content><p>Uno.</p></body.content>"
    (found,) = parts(f"<nitf><body>{head}</body></nitf>")
    assert isinstance(found, Extract)
    assert found.publication.authors == ("ANA RUIZ",)


def test_where_a_document_type_lies_is_no_entity_of_an_article() -> None:
    kind = '<!DOCTYPE nitf [\n<!ENTITY % nitf SYSTEM "nitf.dtd">\n%nitf;\n]>'
    (found,) = parts(f"{kind}<nitf><body><body.content><p>Uno.</p></body.content></body></nitf>")
    assert isinstance(found, Extract)
    assert found.text == "Uno."


def test_xml_of_another_kind_is_named_by_its_root() -> None:
    with pytest.raises(ArticleError, match="begins with <planningItem>"):
        parts("<planningItem xmlns='http://iptc.org/std/nar/2006-10-01/'/>")


def test_a_body_of_ninjs_may_be_nitf() -> None:
    for begin in ('<?xml version="1.0" encoding="UTF-8"?>\n<nitf>', "<ttnitf id='7'>"):
        end = begin.rpartition("<")[2].split(">")[0].split()[0]
        body = "<head><title>T</title></head><body><body.content><p>Uno.</p><p id='2'>Dos.</p>"
        value = f"{begin}{body}</body.content></body></{end}>"
        fields = {"uri": "urn:1", "bodies": [{"role": "main", "value": value}]}
        others = {"headline": "T", "versioncreated": "2024-05-06T10:00:00Z"}
        for said in (fields, fields | others):
            (found,) = FORMATS[".json"].extracts(io.BytesIO(json.dumps(said).encode()), ".json")
            assert isinstance(found, Extract)
            assert found.text == "Uno.\n\nDos."
