"""What the floors below say in English, in the language of the page.

Their errors are fixed sentences with blanks; the English sentence is the key, as in gettext."""

import re
from collections.abc import Mapping

# The blanks of both are the same, in order.
_SENTENCES: Mapping[str, Mapping[str, str]] = {
    "es": {
        # index/sources/find.py, read.py
        "has {} characters; an article may have {}": "tiene {} caracteres; un artículo puede "
        "tener {}",
        "holds NUL characters: it is not text": "contiene caracteres NUL: no es texto",
        "holds halves of characters (surrogates): it is not text": "contiene mitades de "
        "caracteres (sustitutos): no es texto",
        "holds {} characters without a blank: it is data, not text": "contiene {} caracteres sin "
        "un espacio: son datos, no texto",
        "is empty": "está vacío",
        "is not a regular file": "no es un archivo corriente",
        "cannot be read: {}": "no se puede leer: {}",
        "its name is not UTF-8: rename it": "su nombre no está en UTF-8: cámbielo",
        "expected one of {}; found {}": "se esperaba uno de {}; se encontró {}",
        "no suffix": "ninguna extensión",
        "its name {} is taken by {}": "su nombre {} ya lo tiene {}",
        "there is no {}: name an existing folder of articles (ARTICLES_DIR)": "no existe {}: "
        "indique una carpeta de artículos que exista (ARTICLES_DIR)",
        "cannot list {}: {}": "no se puede ver lo que hay en {}: {}",
        "is a link that leads out of {}: name its target as well": "es un enlace que lleva fuera "
        "de {}: indique también su destino",
        # index/parallel.py
        "--ray needs Ray, which is not installed: pip install 'hemeroteca[ray]'": "--ray necesita "
        "Ray, que no está instalado: pip install 'hemeroteca[ray]'",
        "cannot use Ray at {} ({}): start it with `ray start --head`, or say --ray {}": "no se "
        "puede usar Ray en {} ({}): arránquelo con `ray start --head`, o indique --ray {}",
        "workers on Ray were killed {} times over the articles {}, ...: see their machine's "
        "memory, and run this again": "los procesos de Ray murieron {} veces con los artículos "
        "{}, ...: mire la memoria de su máquina y ejecute esto de nuevo",
        # index/formats
        "has {} MB; {} may have {} MB": "tiene {} MB; {} puede tener {} MB",
        "an article": "un artículo",
        "a file of articles": "un archivo de artículos",
        "takes longer than {} s to read": "se tarda más de {} s en leerlo",
        "cannot be read as {} ({}: {})": "no se puede leer como {} ({}: {})",
        "holds {} files; it may hold {}": "contiene {} archivos; puede contener {}",
        "unpacks to {} MB; it may unpack to {} MB": "ocupa {} MB desempaquetado; puede ocupar "
        "{} MB",
        "is damaged or of another kind ({})": "está dañado o es de otro tipo ({})",
        "is no EPUB ({} is too large)": "no es un EPUB ({} es demasiado grande)",
        "is no EPUB ({})": "no es un EPUB ({})",
        "has {} MB": "tiene {} MB",
        "is listed and is not there": "consta en el índice y no está",
        "is not UTF-8 text (byte {}): save it as UTF-8": "no es texto UTF-8 (byte {}): guárdelo "
        "en UTF-8",
        "defines XML entities, which a feed does not need: remove them": "define entidades XML, "
        "que una fuente no necesita: quítelas",
        "is a sitemap: it lists {} addresses and holds no articles. Nothing is fetched: save the "
        "pages as files in this folder, and they are read": "es un mapa del sitio: enumera {} "
        "direcciones y no contiene artículos. Nada se descarga: guarde las páginas como archivos "
        "en esta carpeta y se leerán",
        "is no RSS or Atom feed": "no es una fuente RSS ni Atom",
        "has no text": "no tiene texto",
        "is a JSON {}: expected an object": "es un {} de JSON: se esperaba un objeto",
        "is not JSON ({})": "no es JSON ({})",
        "has more than {} MB": "tiene más de {} MB",
        "has the date {}: write it as YYYY-MM-DD": "tiene la fecha {}: escríbala como AAAA-MM-DD",
        "has front matter that is not {} ({})": "tiene un encabezado que no es {} ({})",
        "is a draft, as its front matter says: publish it to have it read": "es un borrador, como "
        "dice su encabezado: publíquelo para que se lea",
        "is no Word document: it has no text part": "no es un documento de Word: no tiene la "
        "parte del texto",
        "is locked with a password: save it without one": "está protegido con contraseña: "
        "guárdelo sin ella",
        "has {} pages; it may have {}": "tiene {} páginas; puede tener {}",
        "has no text, as a scan has none: run OCR over it first": "no tiene texto, como un "
        "escaneo: páselo antes por un OCR",
        "begins with the date {}; expected date YYYY-MM-DD": "empieza con la fecha {}; se "
        "esperaba date AAAA-MM-DD",
        "has no text: expected a field named text, found {}": "no tiene texto: se esperaba un "
        "campo llamado text, se encontró {}",
        "has a {} that is a {}: expected text": "tiene un {} que es un {}: se esperaba texto",
        "is not CSV ({})": "no es CSV ({})",
        "holds no web page": "no contiene ninguna página web",
        "has {} characters; a page may have {}": "tiene {} caracteres; una página puede tener {}",
        "has no article: no text was found among menus and scripts": "no tiene artículo: no se "
        "encontró texto entre menús y programas",
        "has a path that leaves the ZIP": "tiene una ruta que sale del ZIP",
        "is a link": "es un enlace",
        "is locked with a password: pack it without one": "está protegido con contraseña: "
        "empaquételo sin ella",
        "is a ZIP in a ZIP: unpack the outer one": "es un ZIP dentro de un ZIP: desempaquete el "
        "exterior",
        "is of no kind that is read ({})": "no es de ningún tipo que se lea ({})",
        "unpacks to {} times its size; articles do not, to more than {}": "desempaquetado ocupa "
        "{} veces su tamaño; los artículos, no más de {}",
        "cannot be unpacked ({})": "no se puede desempaquetar ({})",
        # index/sync.py
        "its id is taken by another article": "otro artículo tiene ya su identificador",
        "and {} more like these": "y {} más como estos",
        # the stores of the index
        "process {} is writing the index in {}: wait until it is done": "el proceso {} está "
        "escribiendo el índice en {}: espere a que termine",
        "cannot write to the data folder {} ({}): set INDEX_DIR to a folder that can be "
        "written": "no se puede escribir en la carpeta de datos {} ({}): indique en INDEX_DIR una "
        "en la que se pueda",
        "cannot clear {} ({})": "no se puede vaciar {} ({})",
        "cannot write the catalog {} ({}): check the space and the permissions of the data "
        "folder (INDEX_DIR)": "no se puede escribir el catálogo {} ({}): compruebe el espacio y "
        "los permisos de la carpeta de datos (INDEX_DIR)",
        "cannot open the catalog {} ({})": "no se puede abrir el catálogo {} ({})",
        "cannot open the full-text index in {} ({})": "no se puede abrir el índice de palabras en "
        "{} ({})",
        "cannot write the full-text index ({})": "no se puede escribir el índice de palabras ({})",
        "cannot open the vectors in {} ({}): {}": "no se pueden abrir los vectores en {} ({}): {}",
        "the vectors in {} cannot be used ({}): {}": "los vectores en {} no se pueden usar ({}): "
        "{}",
        # rag/question.py
        "The question is empty: ask something about the articles.": "La pregunta está vacía: "
        "pregunte algo sobre los artículos.",
        "The question has {} characters; at most {} are searched: shorten it.": "La pregunta "
        "tiene {} caracteres; se buscan como mucho {}: acórtela.",
        "The question holds bytes that are no text: type it as UTF-8.": "La pregunta contiene "
        "bytes que no son texto: escríbala en UTF-8.",
        "The question has no words: write it with letters or numbers.": "La pregunta no tiene "
        "palabras: escríbala con letras o números.",
        "The period ends ({}) before it begins ({}): swap the dates.": "El período termina ({}) "
        "antes de empezar ({}): cambie el orden de las fechas.",
        # rag/evaluation/run.py
        "{} is no saved run of format {} (found {}): name a file that `hemeroteca evaluate "
        "--save` wrote": "{} no es una prueba guardada del formato {} (se encontró {}): indique "
        "un archivo que haya escrito `hemeroteca evaluate --save`",
        "{} is no saved run ({})": "{} no es una prueba guardada ({})",
        "{} is a damaged run: {}": "{} es una prueba dañada: {}",
        "cannot read the run {} ({})": "no se puede leer la prueba {} ({})",
        "cannot write the run {} ({})": "no se puede escribir la prueba {} ({})",
        "{} and {} are runs over different {} ({}, {} and {}, {}): compare runs over the "
        "same": "{} y {} son pruebas sobre distintos {} ({}, {} y {}, {}): compare pruebas sobre "
        "los mismos",
        "corpora": "artículos",
        "test sets": "conjuntos de preguntas",
        # where in a file
        "line": "línea",
        "entry": "entrada",
    },
}
_BLANK = re.escape("{}")
_PLACE = re.compile(r"(.*, |)(line|entry) (\d+)")  # before a colon and the reason


def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile(re.escape(sentence).replace(_BLANK, "(.+?)"), re.DOTALL)


_PATTERNS = {
    language: [(_pattern(english), said) for english, said in sentences.items()]
    for language, sentences in _SENTENCES.items()
}


def reason(error: object, language: str) -> str:
    """The text of `error` in `language`; what it quotes, or is not known here, as it is."""
    text, sentences = str(error), _SENTENCES.get(language, {})
    for pattern, said in _PATTERNS.get(language, ()):
        if found := pattern.fullmatch(text):
            return said.format(*(sentences.get(blank, blank) for blank in found.groups()))
    before, colon, after = text.partition(": ")
    if not colon or language not in _SENTENCES:
        return text
    if place := _PLACE.fullmatch(before):
        before = f"{place[1]}{sentences[place[2]]} {place[3]}"
    return f"{before}: {reason(after, language)}"
