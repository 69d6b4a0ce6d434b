"""Whether who is named as holding an office is told to have left it: "the former mayor, Ana Ruiz",
"Ana Ruiz resigned as mayor" do not say who is mayor; or to leave it: "Ana Ruiz will step down in
March" does not by itself."""

import re

from hemeroteca.rag.question import Question
from hemeroteca.rag.reader.decide import Evidence, Reading

_I = re.IGNORECASE
_ASKS_WHO_IS = re.compile(
    r"^\W*(?:(?:y|and|et|und|e|i) )?(?:qui[eé]n(?:es)? (?:es|son|preside|dirige|ocupa)"
    r"|who(?:['’]s| is| are| leads| runs| heads)|qui (?:est|sont|préside|dirige|és|són|presideix)"
    r"|wer (?:ist|sind|leitet)|chi (?:è|sono|presiede|dirige)|quem (?:é|são|preside|dirige)"
    r"|quen (?:é|son|preside|dirixe)|кто (?:сейчас )?(?:является|возглавляет))\b",
    _I,
)  # fmt: skip
_FORMER = (
    r"(?:anterior|antigu[oa]|hasta ahora|ex|former|previous|erstwhile|ancien(?:ne)?|précédente?"
    r"|ehemalig\w+|frühere?[rsn]?|bisherig\w+|precedente|anteriore?|antic|antiga|antig[oa]"
    r"|ex[- ]?(?:presid|alcald|minist|direct|consej|concej|secret|diput|senad|gobern|jef|entren)\w+"
    r"|бывш\w+|saliente|outgoing|sortante?|uscente|cessante)"
)
# Behind the name: what it did to its office.
_LEFT = (
    r"(?:(?:ha |había |ayer )?(?:dimiti(?:do|ó)|dejó|dejado|cesó)"
    r"|(?:ha )?renunci(?:ado|ó) (?:al|a su) cargo"
    r"|(?:presentó|ha presentado|anunció) (?:ayer |hoy )?su (?:dimisión|renuncia)"
    r"|(?:fue|ha sido|ser[áa]) (?:\w+ )?(?:cesad|destituid|relevad|sustituid|reemplazad)[oa]"
    r"|(?:has |had )?(?:resigned|stepped down|quit|stood down)|was (?:sacked|dismissed|replaced)"
    r"|a démissionné|a quitté (?:ses fonctions|son poste)|a été (?:limogé|remplacé|démis)e?"
    r"|trat zurück|ist zurückgetreten|wurde (?:entlassen|abgelöst|ersetzt)"
    r"|si è dimess[oa]|ha lasciato|è stat[oa] (?:sostituit|rimoss|destituit)[oa]"
    r"|demitiu-se|renunciou|deixou|foi (?:demitid|substituíd|exonerad)[oa]"
    r"|(?:ha |va )(?:dimitir|dimitit|deixar|deixat|plegar|plegat)"
    r"|(?:ha estat|va ser) (?:cessa|substituï)\w+"
    r"|dimitiu|подал\w* в отставку|ушл?[аё]?л? в отставку)"
)
# What it is going to do,
_LEAVES = (
    r"(?:(?:dejará|abandonará|va a dejar|abandona|deja) (?:el|su) (?:cargo|puesto)"
    r"|(?:dimitirá|se jubilará|se jubila|no (?:seguirá|continuará))"
    r"|(?:will|is to|plans to|intends to) (?:step down|resign|quit|leave|retire|stand down)"
    r"|(?:quittera|va quitter|quitte) (?:ses fonctions|son poste)|démissionnera"
    r"|(?:tritt|wird) (?:\w+ ){0,4}(?:zurück(?:treten)?|ausscheiden|abgelöst|ersetzt)"
    r"|(?:lascerà|lascia) (?:l['’]incarico|la carica)|si dimetterà"
    r"|(?:deixará|vai deixar|deixa) o (?:cargo|posto)|(?:deixarà|deixa) el càrrec|dimitirà"
    r"|покинет (?:пост|должность)|уйд[её]т в отставку)"
)
# and the sentence behind, that another follows.
_FOLLOWED = re.compile(
    r"\W*(?:(?:lo|la|le|l['’]|o|a|li|gli|ihn|sie|ihm|ihr|его|её) ?"
    r"(?:relevará|sustituirá|sucederá|reemplazará|rellevarà|substituirà|succeirà|remplacera"
    r"|succédera|sostituirà|succederà|substituirá|sucederá|сменит|заменит)"
    r"|(?:s?he|they) will be (?:replaced|succeeded)|il lui succédera|elle lui succédera"
    r"|(?:folgt|folgen)\b)",
    _I,
)
# Not a place or a body: "mayor of Skerry".
_NAMES_ANOTHER = re.compile(
    r"(?<!\bde )(?<!\bdel )(?<!\bof )(?<!\bthe )(?<!\bdi )(?<!\bdo )(?<!\bda )(?<!\bla )(?<!\bvon )"
    r"\b[A-ZÀ-ÞА-Я]\w+|\b[A-ZÀ-ÞА-Я]\w+,? (?:que|quien|who|qui|che|der|die)\b"
)
_WORDS = r"[^.;:«»“”\"]"


def has_left_office(question: Question, reading: Reading) -> bool:
    """Whether `question` asks who holds an office, and a sentence of the best answer of `reading`,
    none older than the first, tells that this one does no longer."""
    return any(
        _is_told(each, rf"\b{_FORMER}(?P<between>(?:[ -]{_WORDS}{{0,60}})?[ ,(-])%s")
        or _is_told(each, rf"%s(?P<between>{_WORDS}{{0,90}}?[\s,]){_LEFT}\b")
        for each in _holding(question, reading)
    )


def leaving_office(question: Question, reading: Reading) -> Evidence | None:
    """The sentence of the best answer of `reading` that tells, or before the one that does, that
    who holds the office that `question` asks of leaves it; None if none does."""
    for each in _holding(question, reading):
        behind = each.passage.text[each.end - each.passage.start :]
        leaves = _is_told(each, rf"%s(?P<between>{_WORDS}{{0,90}}?[\s,]){_LEAVES}\b")
        if leaves or _FOLLOWED.match(behind):
            return each
    return None


def _holding(question: Question, reading: Reading) -> list[Evidence]:
    """What `reading` has for who holds the office that `question` asks of, none of it older than
    the best; nothing if no office is asked of, or who held it before."""
    if not reading.evidence or not _ASKS_WHO_IS.search(question.searched):
        return []
    if re.search(rf"\b{_FORMER}\b", question.searched, _I):
        return []
    day = reading.evidence[0].passage.day
    return [each for each in reading.evidence if each.passage.day >= day]


def _is_told(evidence: Evidence, pattern: str) -> bool:
    """Whether its sentence has `pattern` of the answer, and none else is named between."""
    answer = re.escape(evidence.answer.strip())
    return any(
        not _NAMES_ANOTHER.search(match["between"])
        for match in re.finditer(pattern.replace("%s", answer), evidence.quote, _I)
    )
