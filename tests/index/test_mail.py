"""Mail that is no export: one article."""

from datetime import date
from email.message import EmailMessage

from hemeroteca.index.publication import Publication
from tests.index.exported import articles


def test_a_newsletter_has_subject_day_and_text() -> None:
    mail = EmailMessage()
    mail["From"] = "Ana Gil <hoja@example.org>"
    mail["Subject"] = "Boletín del jueves"
    mail["Date"] = "Thu, 05 Jan 2023 23:30:00 -0500"
    mail["List-Id"] = "La Hoja del Ebro <hoja.example.org>"
    mail["Archived-At"] = "<https://hoja.example.org/7>"
    mail.set_content("Nevó en mayo en el valle del Ebro.")
    (one,) = articles(".eml", mail.as_bytes())
    assert (one.title, one.day) == ("Boletín del jueves", date(2023, 1, 5))
    assert one.text.strip() == "Nevó en mayo en el valle del Ebro."
    assert one.publication == Publication(
        *("La Hoja del Ebro", ("Ana Gil",), "", "https://hoja.example.org/7"), hour="23:30:00-05:00"
    )


def test_an_encoding_that_nobody_knows_loses_no_mail() -> None:
    data = (
        b"MIME-Version: 1.0\r\nSubject: =?x-none?Q?Bolet?=\r\n"
        b"Content-Type: text/plain; charset=x-none\r\n\r\nNevo en mayo en el valle.\r\n"
    )
    (one,) = articles(".eml", data)
    assert one.text.strip() == "Nevo en mayo en el valle."


def test_a_subject_is_read_as_browsers_would() -> None:
    for subject in (
        b"=?iso-8859-1?Q?Dijo_=93no=94_en_C=E1diz?=",
        "Dijo “no” en Cádiz".encode(),
        b"=?utf-8?B?RGlqbyDigJxub+KAnQ==?= =?us-ascii?Q?_en_C=E1diz?=",
    ):
        (one,) = articles(".eml", b"Subject: " + subject + b"\n\nNevo en mayo en el valle.")
        assert one.title == "Dijo “no” en Cádiz"


def test_a_tag_whose_values_are_badly_quoted_is_no_text() -> None:
    for tag in ('<td style="a: b; color="#333">', '<td style="a: b"href="x" >'):
        page = f"<table><tr>{tag} Sube el pan.</td></tr></table>"
        data = f"Subject: T\nContent-Type: text/html; charset=utf-8\n\n{page}".encode()
        (one,) = articles(".eml", data)
        assert one.text == "Sube el pan."
