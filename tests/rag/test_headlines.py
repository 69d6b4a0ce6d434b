"""Headlines: what only they say is found, read and quoted, whatever file they come in."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.rag.chain import Chain
from hemeroteca.rag.question import check_question
from hemeroteca.rag.reader.reader import load_reader
from hemeroteca.rag.retriever import HybridRetriever

NEWS = {
    "Marta Solís gana el premio de poesía de Soria": (
        "La autora recibirá ocho mil euros y verá impreso su libro en otoño. El jurado se reunió "
        "tres veces. Se presentaron más de cuatrocientas obras."
    ),
    "Cierra el mercado de Atarazanas por una plaga": (
        "Los puestos no abrirán hasta el lunes. Los vendedores piden una compensación al "
        "ayuntamiento, que no ha contestado todavía."
    ),
    "Huelga de trenes en Calabria": (
        "Los sindicatos esperan que pare ocho de cada diez trabajadores. Habrá servicios mínimos "
        "por la mañana, entre las seis y las nueve."
    ),
    "Zorrilla dimite como consejero de Cultura": (
        "La decisión se comunicó por carta a media tarde. El presidente regional agradece los "
        "servicios prestados y hará cambios en las próximas semanas."
    ),
    "Bilbao prohíbe los patinetes en el Casco Viejo": (
        "La medida entra en vigor en septiembre. Las multas llegarán a los cien euros y habrá "
        "carteles en todas las entradas."
    ),
}
ASKED = {
    "¿Quién ganó el premio de poesía de Soria?": "Marta Solís",
    "Who won the poetry prize of Soria?": "Marta Solís",
    "¿Qué mercado cierra por una plaga?": "Atarazanas",
    "¿Dónde hay huelga de trenes?": "Calabria",
    "¿Quién dimite como consejero de Cultura?": "Zorrilla",
    "¿Qué se prohíbe en el Casco Viejo de Bilbao?": "patinetes",
}


def _jsonl(folder: Path) -> None:
    lines = [json.dumps({"headline": title, "text": text}) for title, text in NEWS.items()]
    (folder / "a.jsonl").write_text("\n".join(lines))


def _csv(folder: Path) -> None:
    rows = "".join(f'"{title}","{text}"\n' for title, text in NEWS.items())
    (folder / "a.csv").write_text(f"titular,texto\n{rows}", encoding="utf-8")


def _rss(folder: Path) -> None:
    items = "".join(
        f"<item><title>{title}</title><description>{text}</description></item>"
        for title, text in NEWS.items()
    )
    (folder / "a.rss").write_text(f'<rss version="2.0"><channel>{items}</channel></rss>')


def _markdown(folder: Path) -> None:
    for n, (title, text) in enumerate(NEWS.items()):
        (folder / f"{n}.md").write_text(f"---\ntitle: {title}\n---\n\n{text}\n")


def _html(folder: Path) -> None:
    for n, (title, text) in enumerate(NEWS.items()):
        paragraphs = text.replace(". ", ".</p><p>")
        (folder / f"{n}.html").write_text(
            f"<html lang=es><head><meta charset=utf-8><title>{title}</title></head><body><article>"
            f"<header><h1>{title}</h1></header><p>{paragraphs}</p></article></body></html>"
        )


def _epub(folder: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as book:
        book.writestr(
            "META-INF/container.xml",
            '<container><rootfiles><rootfile full-path="c.opf"/></rootfiles></container>',
        )
        items = "".join(
            f'<item id="i{n}" href="{n}.xhtml" media-type="application/xhtml+xml"/>'
            for n in range(len(NEWS))
        )
        spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(NEWS)))
        book.writestr(
            "c.opf",
            f"<package><manifest>{items}</manifest><spine>{spine}</spine></package>",
        )
        for n, (title, text) in enumerate(NEWS.items()):
            book.writestr(f"{n}.xhtml", f"<html><body><h2>{title}</h2><p>{text}</p></body></html>")
    (folder / "a.epub").write_bytes(file.getvalue())


@pytest.mark.parametrize("write", [_jsonl, _csv, _rss, _markdown, _html, _epub])
def test_what_only_a_headline_says_is_answered_with_it(
    archive: Archive, encoder: Encoder, tmp_path: Path, write: Callable[[Path], None]
) -> None:
    folder = tmp_path / "press"
    folder.mkdir()
    write(folder)
    report = sync_folders(archive, [folder])
    assert (report.added, report.skipped) == (len(NEWS), [])
    chain = Chain(archive, load_reader(encoder))
    for question, short in ASKED.items():
        answer = chain.ask(question)
        assert short in answer.answer, question
        citation = answer.citations[0]
        assert citation.quote in NEWS  # the headline, whole and alone
        article = archive.document(citation.article)
        assert article is not None
        assert article.text[citation.start : citation.end] == citation.quote


def test_copies_under_other_headlines_are_one_text(archive: Archive, tmp_path: Path) -> None:
    text = (
        "La cooperativa de Baena vendió ayer su última partida de aceite a un comprador de Lyon, "
        "que pagó nueve euros por litro. Los socios se reparten ahora el dinero y preparan la "
        "cosecha del año próximo, que esperan mejor si llueve en primavera como se anuncia."
    )
    titles = ("Baena vende su aceite", "Lyon compra", "All The Oil Of Baena Goes North")
    lines = [json.dumps({"id": t, "title": t, "text": text}) for t in titles]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(lines))
    sync_folders(archive, [path])
    (found,) = HybridRetriever(archive, check_question("¿Quién compró el aceite?")).search()
    named = {found.title, *(copy["title"] for copy in found.also)}
    assert named == set(titles)


def test_a_copy_whose_headline_says_more_is_read_as_well(archive: Archive, tmp_path: Path) -> None:
    text = (
        "El incendio de la nave de curtidos dejó varios heridos, que fueron llevados al hospital "
        "comarcal. Las llamas comenzaron de madrugada junto a una caldera y se extendieron al "
        "almacén de pieles, donde trabajaba el turno de noche. La carretera sigue cortada."
    )
    path = tmp_path / "a.jsonl"
    titles = ("Incendio en una nave", "Un incendio deja 14 heridos", "Fuego en Lorca")
    path.write_text("\n".join(json.dumps({"id": t, "title": t, "text": text}) for t in titles))
    sync_folders(archive, [path])
    found = HybridRetriever(archive, check_question("¿Cuántos heridos dejó el incendio?")).search()
    assert {p.title for p in found} >= set(titles[1:])
