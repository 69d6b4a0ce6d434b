"""One thing of a sentence changed, so that it no longer says the same, in Spanish and English.

Every edit knows what the changed sentence is to the unchanged one: contradicted where both cannot
be true (another number, day or name, roles exchanged, an opposite word, a negation), not said where
it says more than is known (a hedge dropped, some become all, accused becomes convicted)."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["stated", "contradicted", "not said"]
Language = Literal["es", "en"]


@dataclass(frozen=True)
class Edit:
    """The sentence `text` after one change; `verdict` is what it is where the unchanged sentence
    is the evidence, `reverse` what the unchanged one is where this is the evidence."""

    text: str
    verdict: Verdict
    reverse: Verdict
    kind: str


_OPPOSITES = {
    "en": """won/lost win/lose wins/loses winner/loser rose/fell rising/falling rise/drop
rises/falls increased/decreased increase/decrease increases/decreases increasing/decreasing
increase/reduce increased/reduced more/fewer higher/lower highest/lowest high/low before/after
first/last accepted/rejected accept/reject supports/opposes supported/opposed support/oppose
approve/reject arrested/released convicted/acquitted bought/sold buy/sell opened/closed
open/close opening/closing began/ended begin/end beginning/end started/stopped start/stop
allowed/banned allow/ban approved/rejected married/divorced hired/fired joined/left join/leave
confirmed/denied confirm/deny praised/criticised praised/criticized attack/defend
attacked/defended gained/lost gain/loss northern/southern north/south eastern/western east/west
largest/smallest large/small larger/smaller big/small bigger/smaller oldest/youngest
older/younger old/young best/worst better/worse good/bad most/least always/never new/old
public/private success/failure successful/unsuccessful up/down remember/forget safe/dangerous
domestic/foreign alive/dead early/late earlier/later hot/cold entered/left arrived/departed
imports/exports import/export positive/negative male/female man/woman men/women boys/girls
day/night inside/outside above/below rich/poor strong/weak stronger/weaker easy/difficult
effective/ineffective legal/illegal possible/impossible likely/unlikely war/peace healthy/sick
common/rare majority/minority victory/defeat friend/enemy ally/enemy enemies/friends
agreed/refused agree/disagree encouraged/discouraged sent/received gave/took given/taken
built/destroyed built/demolished raised/lowered raise/lower protect/endanger left/right
short/long shorter/longer tomorrow/yesterday next/previous future/past maximum/minimum
liberal/conservative mother/father brother/sister son/daughter husband/wife king/queen
sunrise/sunset with/without love/hate survived/died survive/die everyone/nobody succeeded/failed
succeed/fail include/exclude includes/excludes included/excluded mild/severe""",
    "es": """ganó/perdió ganar/perder gana/pierde ganaron/perdieron ganador/perdedor subió/bajó
subir/bajar sube/baja aumentó/disminuyó aumentar/disminuir aumenta/disminuye aumentan/disminuyen
aumento/descenso aumento/reducción aumentado/disminuido aumentaron/disminuyeron incrementó/redujo
incrementar/reducir mayor/menor mayores/menores más/menos antes/después primer/último
primera/última primero/último aceptó/rechazó aceptar/rechazar apoyó/criticó apoya/rechaza
apoyar/rechazar detenido/liberado detenida/liberada detuvo/liberó condenado/absuelto
condenada/absuelta compró/vendió comprar/vender compra/venta abrió/cerró abrir/cerrar
apertura/cierre abierto/cerrado abierta/cerrada abiertos/cerrados empezó/terminó empezar/terminar
comenzó/finalizó comenzar/finalizar inicio/final principio/final permitió/prohibió
permitir/prohibir permite/prohíbe permiten/prohíben aprobó/rechazó aprobar/rechazar nació/murió
contrató/despidió confirmó/desmintió confirmar/desmentir elogió/criticó atacó/defendió
atacar/defender ataque/defensa norte/sur oriental/occidental mejor/peor mejores/peores bueno/malo
buena/mala buenos/malos siempre/nunca nuevo/antiguo nueva/antigua nuevos/antiguos público/privado
pública/privada éxito/fracaso alto/bajo alta/baja altos/bajos altas/bajas rico/pobre ricos/pobres
fuerte/débil fuertes/débiles fácil/difícil fáciles/difíciles posible/imposible guerra/paz
legal/ilegal hombre/mujer hombres/mujeres niños/niñas positivo/negativo positiva/negativa
positivos/negativos dentro/fuera joven/viejo jóvenes/ancianos grande/pequeño gran/pequeño
grandes/pequeños grandes/pequeñas entrar/salir importaciones/exportaciones izquierda/derecha
vivo/muerto vivos/muertos vida/muerte temprano/tarde seguro/peligroso segura/peligrosa
eficaz/ineficaz eficaces/ineficaces mayoría/minoría superior/inferior superiores/inferiores
máximo/mínimo máxima/mínima interno/externo internas/externas nacional/extranjero aliado/enemigo
aliados/enemigos amigo/enemigo victoria/derrota frecuente/raro frecuentes/raros leve/grave
leves/graves envió/recibió enviar/recibir dio/quitó construyó/destruyó construir/destruir
proteger/perjudicar protege/perjudica largo/corto larga/corta mañana/ayer próximo/pasado
próxima/pasada futuro/pasado madre/padre hermano/hermana hijo/hija rey/reina marido/mujer con/sin
amor/odio sobrevivió/murió sobrevivieron/murieron logró/fracasó todos/ninguno incluye/excluye
incluir/excluir caliente/frío anterior/posterior anteriores/posteriores""",
}
# What is known or done becomes another thing of the same field: neither follows from the other.
_RELATIONS = {
    "en": """arrested/questioned searched/raided sentenced/charged acquitted/charged visited/left
enrolled/died auctioned/bought elected/nominated appointed/dismissed resigned/protested
injured/killed wounded/killed announced/cancelled signed/rejected wrote/translated
directed/produced founded/closed invented/sold discovered/described married/met killed/threatened
painted/sold met/called invited/met sued/praised produced/distributed published/banned
created/financed won/entered started/planned suggested/proved believes/knows hopes/knows
wants/decided planned/completed recommended/required tested/approved study/proof
proposed/approved""",
    "es": """detenido/interrogado detenida/interrogada detenidos/interrogados registró/incendió
visitó/abandonó falleció/ingresó elegido/candidato nombrado/destituido nombró/destituyó
dimitió/protestó herido/muerto heridos/muertos heridas/muertas anunció/canceló firmó/rechazó
escribió/tradujo dirigió/produjo fundó/cerró inventó/vendió descubrió/describió publicó/prohibió
creó/financió ganó/disputó empezó/planeó sugiere/demuestra sugieren/demuestran cree/sabe
creen/saben espera/decidió recomienda/obliga recomiendan/obligan propuso/aprobó propone/aprueba
propuesta/aprobación estudia/decidió mató/amenazó asesinado/amenazado compró/alquiló
subastó/compró acusó/felicitó pidió/consiguió pide/consigue piden/consiguen busca/encontró
investiga/resolvió planea/completó""",
}
_LAW = {
    "en": [
        (r"\b(?:accused|suspected) of\b", "convicted of"),
        (r"\bcharged with\b", "convicted of"),
        (r"\bsuspects?\b", "culprit"),
        (r"\b(?:alleged|suspected) (?=\w)", ""),
        (r"\baccusations?\b", "conviction"),
        (r"\baccuses\b", "convicts"),
    ],
    "es": [
        (r"\bacusad([oa]s?) de\b", r"condenad\1 por"),
        (r"\bimputad([oa]s?) por\b", r"condenad\1 por"),
        (r"\binvestigad([oa]s?) por\b", r"condenad\1 por"),
        (r"\bsospechos([oa]s?)\b", r"culpables"),
        (r"\bpresunt[oa]s? (?=\w)", ""),
        (r"\bsupuest[oa]s? (?=\w)", ""),
        (r"\bacusaci(?:ón|ones)\b", "condena"),
    ],
}
_HEDGES = {
    "en": [
        (r"\b(?:may|might|could) be\b", "is"),
        (r"\b(?:may|might|could) have been\b", "was"),
        (r"\b(?:may|might|could) have\b", "has"),
        (r"\b(?:may|might|could) (?=[a-z]+\b)", "will "),
        (r"\b(?:reportedly|allegedly|possibly|probably|perhaps|apparently|partly) ", ""),
        (r"\b(?:plans?|intends?|hopes?|wants?|(?:is|are) expected) to\b", "has already managed to"),
        (r"\b(?:appears?|seems?) to be\b", "is"),
        (r"\b(?:some|many|several|most|few)\b(?! of)", "all"),
        (r"\b(?:some|many|several|most) of\b", "all of"),
        (r"\b(?:often|usually|sometimes|generally|typically|rarely|mostly)\b", "always"),
        (r"\b(?:almost|nearly|close to|up to|less than|fewer than)\b", "more than"),
        (r"\b(?:at least|more than|over) (?=\d)", "fewer than "),
        (r"\bwould\b", "will"),
        (r"\bshould\b", "must always"),
        (r"\bone of the\b", "the only one of the"),
        (r"\bcan\b(?! ?not|'t)", "always will"),
    ],
    "es": [
        (r"\b(?:puede|podría) ser\b", "es"),
        (r"\b(?:pueden|podrían) ser\b", "son"),
        (r"\bpodría haber\b", "ha"),
        (r"\b(?:podría|puede) (?=\w+[aei]r)", "va a "),
        (r"\b(?:podrían|pueden) (?=\w+[aei]r)", "van a "),
        (r"\b(?:quizás?|posiblemente|probablemente|aparentemente|supuestamente|tal vez) ", ""),
        (r"\b(?:planea|pretende|espera|quiere|prevé) (?=\w+[aei]r)", "ya ha logrado "),
        (r"\bparece ser\b", "es"),
        (r"\b(?:algunos|muchos|varios|pocos)\b", "todos los"),
        (r"\b(?:algunas|muchas|varias|pocas)\b", "todas las"),
        (r"\bla mayoría de\b", "todos"),
        (r"\b(?:a menudo|normalmente|a veces|generalmente|en general|habitualmente)\b", "siempre"),
        (r"\b(?:casi|cerca de|hasta|menos de) (?=\d)", "más de "),
        (r"\b(?:al menos|más de|por lo menos) (?=\d)", "menos de "),
        (r"\bdebería\b", "tiene siempre que"),
        (r"\bun[oa] de l([oa])s\b", r"l\1 únic\1 de l\1s"),
    ],
}  # fmt: skip
_VERBS = {
    "en": r"is|are|was|were|has|have|had|will|can|could|should|would|must|does|do|did",
    "es": r"es|son|fue|fueron|era|eran|está|están|ha|han|había|habían|puede|pueden|podía|tiene"
    r"|tienen|debe|deben|será|serán|parece|existe|existen|hay|hizo|dijo|tuvo|estaba|estaban"
    r"|quiere|logró|pudo|incluye|permite|sabe|llegó",
}
_BARRED = r"no|not|n't|nunca|se|lo|la|los|las|le|les|me|te|nos|que no"
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
}
_DAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
}
_COUNTS = {
    "en": "two three four five six seven eight nine ten twelve twenty hundred",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez doce veinte cien",
}
_NUMBER = re.compile(r"(?<![\w.,])\d[\d.,]*(?<![.,])(?!\w)")
NAME = re.compile(
    r"(?<=[\w,;:] )[A-ZÁÉÍÓÚÑ][\w'’-]{2,}(?: (?:(?:de|del|of|the|la) )?[A-ZÁÉÍÓÚÑ][\w'’-]+)*"
)
_TOGETHER = re.compile(r"[,\s]*(?:and|y|e|or|o|u|\()?\s*")
# Words that begin a sentence with a capital and name nobody.
_SMALL = re.compile(
    "the|a|an|in|on|at|it|this|these|he|she|they|there|for|when|after|el|la|los|las|un|una|en|"
    "de|es|este|esta|estos|no|según|para|por|con|se|su|sus|cuando|tras|lo|al|del|but|and|pero|"
    "y|his|her|its|their|our|my",
    re.IGNORECASE,
)
_CALENDAR = {*_MONTHS["en"].split(), *_DAYS["en"].split()}


def edits(text: str, language: Language, names: Sequence[str], rng: random.Random) -> list[Edit]:
    """At most one edit of each kind of the sentence `text`; `names` may stand in another's
    place."""
    makers: list[Callable[[], Edit | None]] = [
        lambda: _opposite(text, language, rng),
        lambda: _relation(text, language, rng),
        lambda: _negation(text, language, rng),
        lambda: _value(text, language, rng),
        lambda: _name(text, names, rng),
        lambda: _roles(text, rng),
        lambda: _rewritten(text, _LAW[language], "accused to convicted", rng),
        lambda: _rewritten(text, _HEDGES[language], "hedge dropped", rng),
    ]
    made = [make() for make in makers]
    return [edit for edit in made if edit is not None and edit.text != text]


def _pairs(table: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pair in table.split():
        one, other = pair.split("/")
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return found


_OPPOSITE_OF = {language: _pairs(table) for language, table in _OPPOSITES.items()}
_RELATED_TO = {language: _pairs(table) for language, table in _RELATIONS.items()}


def _opposite(text: str, language: Language, rng: random.Random) -> Edit | None:
    changed = _replace_word(text, _OPPOSITE_OF[language], rng)
    return Edit(changed, "contradicted", "contradicted", "opposite") if changed else None


def _relation(text: str, language: Language, rng: random.Random) -> Edit | None:
    changed = _replace_word(text, _RELATED_TO[language], rng)
    return Edit(changed, "not said", "not said", "relation") if changed else None


def _replace_word(text: str, others: dict[str, list[str]], rng: random.Random) -> str | None:
    places = [m for m in re.finditer(r"\w+", text) if m[0].lower() in others]
    if not places:
        return None
    place = rng.choice(places)
    other = rng.choice(others[place[0].lower()])
    if place[0][0].isupper():
        other = other[0].upper() + other[1:]
    return text[: place.start()] + other + text[place.end() :]


def _negation(text: str, language: Language, rng: random.Random) -> Edit | None:
    """The negation of the first such verb put in, or taken out if it has one."""
    verbs, no = _VERBS[language], "not" if language == "en" else "no"
    if language == "en":
        negated = re.compile(rf"\b(?:({verbs}) not|(is|was|are|were|has|had|did|does|do)n['’]t)\b")
        found = negated.search(text)
        if found:
            plain = text[: found.start()] + (found[1] or found[2]) + text[found.end() :]
            return Edit(plain, "contradicted", "contradicted", "negation")
        places = list(re.finditer(rf"\b({verbs})\b(?! not\b)", text))
    else:
        found = re.search(rf"\b[Nn]o ((?:se |lo |la |le |les |los |las )?(?:{verbs}))\b", text)
        if found:
            plain = text[: found.start()] + found[1] + text[found.end() :]
            return Edit(plain, "contradicted", "contradicted", "negation")
        pattern = rf"\b(?<!no )((?:se |lo |la |le |les )?(?:{verbs}))\b"
        places = list(re.finditer(pattern, text))
    if not places:
        return None
    place = places[0] if rng.random() < 0.7 else rng.choice(places)
    if language == "en":
        changed = f"{text[: place.end()]} {no}{text[place.end() :]}"
    else:
        changed = f"{text[: place.start()]}{no} {text[place.start() :]}"
    return Edit(changed, "contradicted", "contradicted", "negation")


def _value(text: str, language: Language, rng: random.Random) -> Edit | None:
    """Another number, month, day of the week or number word."""
    lists = [table[language].split() for table in (_MONTHS, _DAYS, _COUNTS)]
    places: list[tuple[re.Match[str], list[str] | None]] = [
        (m, None) for m in _NUMBER.finditer(text)
    ]
    for words in lists:
        places += [(m, words) for m in re.finditer(rf"\b(?:{'|'.join(words)})\b", text)]
    if not places:
        return None
    place, among = rng.choice(places)
    if among is None:
        other = other_number(place[0], rng)
    else:
        other = rng.choice([word for word in among if word != place[0]])
    changed = text[: place.start()] + other + text[place.end() :]
    return Edit(changed, "contradicted", "contradicted", "value")


def other_number(number: str, rng: random.Random) -> str:
    """A number that looks like `number`, and is not it; a year near by."""
    if re.fullmatch(r"1[5-9]\d\d|20\d\d", number):
        return str(int(number) + rng.choice((-1, 1)) * rng.choice((1, 2, 3, 5, 10, 20)))
    digits = [n for n, character in enumerate(number) if character.isdigit()]
    first = rng.choice(digits[: max(1, len(digits) - 1)])
    least = "1" if first == digits[0] else "0"
    choices = [d for d in "0123456789" if d >= least and d != number[first]]
    return number[:first] + rng.choice(choices) + number[first + 1 :]


def _name(text: str, names: Sequence[str], rng: random.Random) -> Edit | None:
    places = list(NAME.finditer(text))
    others = [name for name in names if name not in text]
    if not places or not others:
        return None
    place = rng.choice(places)
    changed = text[: place.start()] + rng.choice(others) + text[place.end() :]
    return Edit(changed, "contradicted", "contradicted", "name")


def _roles(text: str, rng: random.Random) -> Edit | None:
    """Two names in each other's place, unless nothing but "and" or a comma is between them."""
    whole = f", {text}"  # a name may begin the sentence
    places = [
        m for m in NAME.finditer(whole) if not _SMALL.fullmatch(m[0]) and m[0] not in _CALENDAR
    ]
    pairs = [
        (a, b)
        for n, a in enumerate(places)
        for b in places[n + 1 :]
        if a[0] != b[0] and not _TOGETHER.fullmatch(whole[a.end() : b.start()])
    ]
    if not pairs:
        return None
    a, b = rng.choice(pairs)
    changed = whole[: a.start()] + b[0] + whole[a.end() : b.start()] + a[0] + whole[b.end() :]
    return Edit(changed[2:], "contradicted", "contradicted", "role")


def _rewritten(
    text: str, rules: Sequence[tuple[str, str]], kind: str, rng: random.Random
) -> Edit | None:
    fitting = [(pattern, to) for pattern, to in rules if re.search(pattern, text)]
    if not fitting:
        return None
    pattern, to = rng.choice(fitting)
    return Edit(re.sub(pattern, to, text, count=1), "not said", "not said", kind)


# An article may state a sentence, say who says so, only report it, or deny it. `{}` is the
# sentence; a Spanish one stays in the indicative.
FRAMES: dict[Language, dict[Verdict, list[str]]] = {
    "en": {
        "stated": [
            "According to the ministry, {}", "The company confirmed on Tuesday that {}",
            "Officials said that {}", "It is a fact that {}", "As this newspaper reported, {}",
            "The court found that {}", "The study shows that {}", "The president announced that {}",
            "It is true that {}",
        ],
        "contradicted": [
            "It is false that {}", "It is not true that {}", "The claim that {} is false.",
            "Fact check: No, it is a hoax that {}",
            "Fact-checkers have debunked the rumour that {}",
            "Posts on Facebook falsely claim that {}", "There is no evidence that {}",
            "The ministry denied that {}", "The minister rejected reports that {}",
            "The hoax that {} has been shared thousands of times.",
            "A fabricated video says that {}", "It is a myth that {}",
        ],
        "not said": [
            "Rumours are going round that {}", "Users of social networks claim that {}",
            "Nobody knows whether {}", "It is being investigated whether {}",
            "Some fear that {}", "It remains to be seen whether {}", "He alleges that {}",
            "Asked whether {}, the spokesman gave no answer.", "If it turned out that {}",
            "Without proof, the candidate claimed that {}", "Many people believe that {}",
        ],
    },
    "es": {
        "stated": [
            "Según el ministerio, {}", "La empresa confirmó el martes que {}",
            "Las autoridades informaron de que {}", "Es un hecho que {}",
            "Como publicó este periódico, {}", "El tribunal considera probado que {}",
            "El estudio demuestra que {}", "El presidente anunció que {}", "Es cierto que {}",
        ],
        "contradicted": [
            "Es falso que {}", "No es cierto que {}", "No es verdad que {}",
            "La afirmación de que {} es falsa.", "Es un bulo que {}",
            "Los verificadores han desmentido que {}", "Desmienten que {}",
            "Publicaciones en Facebook afirman falsamente que {}", "No hay pruebas de que {}",
            "El ministerio negó que {}", "El ministro desmintió las noticias de que {}",
            "El bulo de que {} se ha compartido miles de veces.", "Un vídeo manipulado dice que {}",
            "Circula por WhatsApp la noticia falsa de que {}", "Es un mito que {}",
        ],
        "not said": [
            "Corre el rumor de que {}", "Usuarios de las redes sociales aseguran que {}",
            "No se sabe si {}", "Se investiga si {}", "Algunos temen que {}",
            "Está por ver si {}", "Preguntado por si {}, el portavoz no respondió.",
            "Sin pruebas, el candidato afirmó que {}", "Mucha gente cree que {}",
            "Según una teoría que circula en internet, {}",
        ],
    },
}  # fmt: skip
# Headlines of articles that deny what they tell.
DENYING_HEADLINES: dict[Language, list[str]] = {
    "en": ["Fact check: false", "No, this claim is false", "Hoax: what is true and what is not",
           "The false rumour that goes round on WhatsApp", "Debunked: {}", "FALSE: {}"],
    "es": ["Es falso", "No, es un bulo", "Bulo: qué hay de cierto", "Verificación: falso",
           "La noticia falsa que circula por WhatsApp", "Es falso: {}", "Falso: {}",
           "Desmentido: {}", "No es cierto: {}"],
}  # fmt: skip


def framed(text: str, language: Language, verdict: Verdict, rng: random.Random) -> str:
    """The sentence `text` as an article tells it that makes it `verdict`."""
    frame = rng.choice(FRAMES[language][verdict])
    inner = text.strip().rstrip(".")
    word = re.match(r"\w+", inner)
    # Articles and the like begin small within a sentence; names stay as they are.
    if word and _SMALL.fullmatch(word[0]):
        inner = inner[0].lower() + inner[1:]
    whole = frame.format(inner)
    return whole if whole.endswith(".") else f"{whole}."
