"""What the page says, in the languages that it speaks."""

from collections.abc import Mapping

FALLBACK = "en"

TEXTS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "absent_mark": "Not in the articles",
        "article_changed": "The article has changed since; the sentence is no longer there.",
        "article_gone": "This article is no longer in the archive.",
        "article": "{number:,} article",
        "articles": "{number:,} articles",
        "ask_tab": "Ask",
        "confidence": "Confidence {share} %",
        "conversation": "Conversation",
        "conversations": "Conversations",
        "copy": "Copy",
        "delete": "Delete: {title}",
        "empty_evidence": "Here will stand the sentences that prove an answer, each in its place.",
        "empty_history": "What you ask is kept here.",
        "empty_library": "No article matches.",
        "evidence": "Evidence",
        "examples": "For example",
        "export": "Export as Markdown: {title}",
        "from": "From",
        "good": "Right",
        "bad": "Wrong",
        "intro": "Ask in your language; the articles answer in theirs, word for word.",
        "library_tab": "Articles",
        "nearest": "Not an answer, but nearest",
        "new": "New conversation",
        "no_date": "without a date",
        "open_article": "Open the article",
        "passage": "{number:,} passage",
        "passages": "{number:,} passages",
        "period": "Period",
        "placeholder": "Your question",
        "remove_period": "Remove the period",
        "search": "Search the articles",
        "shown": "The first {number} are shown.",
        "thinking": "Reading the articles…",
        "timeline": "Articles by {unit}: select one to narrow the period",
        "to": "To",
        "unit_day": "day",
        "unit_month": "month",
        "unit_year": "year",
        "wrong_date": "{date!r} is not a date YYYY-MM-DD.",
    },
    "es": {
        "absent_mark": "No está en los artículos",
        "article_changed": "El artículo ha cambiado desde entonces; la frase ya no está.",
        "article_gone": "Este artículo ya no está en el archivo.",
        "article": "{number:,} artículo",
        "articles": "{number:,} artículos",
        "ask_tab": "Preguntar",
        "confidence": "Confianza: {share} %",
        "conversation": "Conversación",
        "conversations": "Conversaciones",
        "copy": "Copiar",
        "delete": "Borrar: {title}",
        "empty_evidence": "Aquí aparecerán las frases que prueban la respuesta, "
        "cada una en su artículo.",
        "empty_history": "Aquí se guarda lo que pregunte.",
        "empty_library": "Ningún artículo coincide.",
        "evidence": "Pruebas",
        "examples": "Por ejemplo",
        "export": "Exportar como Markdown: {title}",
        "from": "Desde",
        "good": "Correcta",
        "bad": "Incorrecta",
        "intro": "Pregunte en su idioma; los artículos responden en el suyo, palabra por palabra.",
        "library_tab": "Artículos",
        "nearest": "No es una respuesta, pero sí lo más cercano",
        "new": "Nueva conversación",
        "no_date": "sin fecha",
        "open_article": "Abrir el artículo",
        "passage": "{number:,} pasaje",
        "passages": "{number:,} pasajes",
        "period": "Período",
        "placeholder": "Su pregunta",
        "remove_period": "Quitar el período",
        "search": "Buscar en los artículos",
        "shown": "Se muestran los primeros {number}.",
        "thinking": "Leyendo los artículos…",
        "timeline": "Artículos por {unit}: elija uno para acotar el período",
        "to": "Hasta",
        "unit_day": "día",
        "unit_month": "mes",
        "unit_year": "año",
        "wrong_date": "{date!r} no es una fecha AAAA-MM-DD.",
    },
}


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
