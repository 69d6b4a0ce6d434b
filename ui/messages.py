"""What the page says, in the languages that it speaks."""

from collections.abc import Mapping
from pathlib import Path

from hemeroteca.index.errors import Message
from hemeroteca.rag.translations import Translations

FALLBACK = "en"

TEXTS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "absent_mark": "Not in the articles",
        "add": "Add articles: drop files here, or choose them",
        "added": "{number:,} article added",
        "addeds": "{number:,} articles added",
        "again": "Ask again",
        "against": "Compare with",
        "ahead": "The page is busy; {number:,} question comes before yours…",
        "aheads": "The page is busy; {number:,} questions come before yours…",
        "also": "Also in: {copies}",
        "article": "{number:,} article",
        "article_changed": "The article has changed since; the sentence is no longer there.",
        "article_gone": "This article is no longer in the archive.",
        "articles": "{number:,} articles",
        "ask_always": "Ask without this period",
        "ask_tab": "Ask",
        "bad": "Wrong",
        "changed": "{number:,} changed",
        "changeds": "{number:,} changed",
        "checking": "Writing; every sentence is checked…",
        "comment": "Why? (optional)",
        "confidence": "Confidence {share} %",
        "conversation": "Conversation",
        "conversations": "Conversations",
        "copied": "Copied",
        "copy": "Copy",
        "date": "Date",
        "delete": "Delete: {title}",
        "delete_file": "Delete",
        "delete_file_sure": "Delete the file {file} and every article in it?",
        "delete_sure": "Delete “{title}”?",
        "empty_evidence": "The sentences that prove an answer will stand here, each in its "
        "article.",
        "empty_history": "What you ask is kept here.",
        "empty_library": "No article matches.",
        "evaluate": "Run the test set",
        "evaluating": "Asking the test questions",
        "evaluation_intro": "Ask the project's own test set, whose answers are known, and see "
        "how good the "
        "answers are. It takes some minutes.",
        "evaluation_tab": "Evaluation",
        "evidence": "Evidence",
        "examples": "For example",
        "export": "Export as Markdown: {title}",
        "fault": "Something went wrong in the program; its log says what. Please ask again.",
        "from": "From",
        "full": "The page is busy: too many questions are waiting already. Please ask again in "
        "a minute.",
        "good": "Right",
        "indexed": "Indexed",
        "indexing": "Indexing",
        "intro": "Ask in your language; the articles answer in theirs, word for word.",
        "kept_for_later": "The files are kept and will be indexed with the next run: {reason}",
        "kinds": "Text, Markdown, web pages, PDF, Word, EPUB, JSON Lines, CSV, RSS or ZIP; up to "
        "{limit} MB each",
        "language": "Language",
        "library_tab": "Articles",
        "nearest": "Not an answer, but nearest",
        "new": "New conversation",
        "next": "The page is busy; yours is the next question…",
        "no_date": "without a date",
        "no_run": "No run has been saved yet.",
        "nothing": "nothing",
        "nothing_added": "Nothing was added",
        "open_article": "Open the article",
        "partly": "Not all of it: {reason}",
        "passage": "{number:,} passage",
        "passages": "{number:,} passages",
        "passages_head": "Passages",
        "period": "Period",
        "placeholder": "Your question",
        "reindex": "Index again",
        "remove_period": "Remove the period",
        "removed": "{number:,} removed",
        "removeds": "{number:,} removed",
        "rename": "Rename: {title}",
        "report": "Report of the evaluation",
        "reporting": "Preparing the report",
        "run": "Run",
        "search": "Search the articles",
        "searched": "Searched: {question}",
        "sending": "Sending",
        "shown": "The first {number} are shown.",
        "stop": "Stop",
        "stopped": "You stopped this answer.",
        "thinking": "Reading the articles…",
        "timeline": "Articles by {unit}; click or drag to narrow",
        "title": "Article",
        "to": "to",
        "unchanged": "{number:,} unchanged",
        "unchangeds": "{number:,} unchanged",
        "unit_day": "day",
        "unit_month": "month",
        "unit_year": "year",
    },
    "es": {
        "absent_mark": "No está en los artículos",
        "add": "Añadir artículos: suelte archivos aquí o elíjalos",
        "added": "{number:,} artículo añadido",
        "addeds": "{number:,} artículos añadidos",
        "again": "Preguntar de nuevo",
        "against": "Comparar con",
        "ahead": "La página está ocupada; {number:,} pregunta va antes que la suya…",
        "aheads": "La página está ocupada; {number:,} preguntas van antes que la suya…",
        "also": "También en: {copies}",
        "article": "{number:,} artículo",
        "article_changed": "El artículo ha cambiado desde entonces; la frase ya no está.",
        "article_gone": "Este artículo ya no está en el archivo.",
        "articles": "{number:,} artículos",
        "ask_always": "Preguntar sin este período",
        "ask_tab": "Preguntar",
        "bad": "Incorrecta",
        "changed": "{number:,} cambiado",
        "changeds": "{number:,} cambiados",
        "checking": "Escribiendo; se comprueba cada frase…",
        "comment": "¿Por qué? (opcional)",
        "confidence": "Confianza: {share} %",
        "conversation": "Conversación",
        "conversations": "Conversaciones",
        "copied": "Copiado",
        "copy": "Copiar",
        "date": "Fecha",
        "delete": "Borrar: {title}",
        "delete_file": "Borrar",
        "delete_file_sure": "¿Borrar el archivo {file} y todos sus artículos?",
        "delete_sure": "¿Borrar «{title}»?",
        "empty_evidence": "Aquí aparecerán las frases que prueban la respuesta, cada una en su "
        "artículo.",
        "empty_history": "Aquí se guarda lo que pregunte.",
        "empty_library": "Ningún artículo coincide.",
        "evaluate": "Hacer la prueba",
        "evaluating": "Haciendo las preguntas de prueba",
        "evaluation_intro": "Haga las preguntas de prueba del proyecto, cuyas respuestas se "
        "conocen, y vea lo "
        "buenas que son las respuestas. Tarda unos minutos.",
        "evaluation_tab": "Evaluación",
        "evidence": "Pruebas",
        "examples": "Por ejemplo",
        "export": "Exportar como Markdown: {title}",
        "fault": "Algo ha fallado en el programa; su registro dice qué. Pregunte de nuevo.",
        "from": "Desde",
        "full": "La página está ocupada: ya esperan demasiadas preguntas. Pregunte de nuevo "
        "dentro de un minuto.",
        "good": "Correcta",
        "indexed": "Indexado",
        "indexing": "Indexando",
        "intro": "Pregunte en su idioma; los artículos responden en el suyo, palabra por palabra.",
        "kept_for_later": "Los archivos se guardan y se indexarán en la próxima ejecución: "
        "{reason}",
        "kinds": "Texto, Markdown, páginas web, PDF, Word, EPUB, JSON Lines, CSV, RSS o ZIP; hasta "
        "{limit} MB cada uno",
        "language": "Idioma",
        "library_tab": "Artículos",
        "nearest": "No es una respuesta, pero sí lo más cercano",
        "new": "Nueva conversación",
        "next": "La página está ocupada; su pregunta es la siguiente…",
        "no_date": "sin fecha",
        "no_run": "Todavía no hay ninguna prueba guardada.",
        "nothing": "nada",
        "nothing_added": "No se ha añadido nada",
        "open_article": "Abrir el artículo",
        "partly": "No todo: {reason}",
        "passage": "{number:,} pasaje",
        "passages": "{number:,} pasajes",
        "passages_head": "Pasajes",
        "period": "Período",
        "placeholder": "Su pregunta",
        "reindex": "Indexar de nuevo",
        "remove_period": "Quitar el período",
        "removed": "{number:,} retirado",
        "removeds": "{number:,} retirados",
        "rename": "Cambiar el nombre: {title}",
        "report": "Informe de la evaluación",
        "reporting": "Preparando el informe",
        "run": "Prueba",
        "search": "Buscar en los artículos",
        "searched": "Se buscó: {question}",
        "sending": "Enviando",
        "shown": "Se muestran los primeros {number}.",
        "stop": "Detener",
        "stopped": "Detuvo esta respuesta.",
        "thinking": "Leyendo los artículos…",
        "timeline": "Artículos por {unit}; pulse o arrastre para acotar",
        "title": "Artículo",
        "to": "hasta",
        "unchanged": "{number:,} sin cambios",
        "unchangeds": "{number:,} sin cambios",
        "unit_day": "día",
        "unit_month": "mes",
        "unit_year": "año",
    },
}


_TRANSLATIONS = Translations(Path(__file__).parent / "locale")


def say(message: str | Message, language: str, **values: object) -> str:
    """`message` in `language`, its blanks filled in."""
    return _TRANSLATIONS.say(message, language, **values)


def said(language: str, name: str, **values: object) -> str:
    """The text `name` in `language`, its blanks filled in."""
    return TEXTS[language][name].format(**values)


def counted(language: str, noun: str, number: int) -> str:
    """`number` of the things that `noun` names, such as "1 article" or "2 articles"."""
    return said(language, noun if number == 1 else f"{noun}s", number=number)


def preferred(accept_language: str | None) -> str:
    """The language of the page for a browser's Accept-Language header, as the browser's own
    script chooses it: by the first language named."""
    first = (accept_language or "").split(",")[0].split(";")[0].strip().lower()
    language = first.split("-")[0]
    return language if language in TEXTS else FALLBACK
