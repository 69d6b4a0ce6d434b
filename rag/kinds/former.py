"""Whether who is named as holding an office is told to have left it: "the former mayor, Ana Ruiz",
"Ana Ruiz resigned as mayor" do not say who is mayor."""

import re

from hemeroteca.rag.question import Question
from hemeroteca.rag.reader.decide import Reading

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
# Not a place or a body: "mayor of Skerry".
_NAMES_ANOTHER = re.compile(
    r"(?<!\bde )(?<!\bdel )(?<!\bof )(?<!\bthe )(?<!\bdi )(?<!\bdo )(?<!\bda )(?<!\bla )(?<!\bvon )"
    r"\b[A-ZÀ-ÞА-Я]\w+|\b[A-ZÀ-ÞА-Я]\w+,? (?:que|quien|who|qui|che|der|die)\b"
)
_WORDS = r"[^.;:«»“”\"]"


def has_left_office(question: Question, reading: Reading) -> bool:
    """Whether `question` asks who holds an office, and the sentence of the best answer of `reading`
    tells that this one does no longer."""
    if not reading.evidence or not _ASKS_WHO_IS.search(question.searched):
        return False
    if re.search(rf"\b{_FORMER}\b", question.searched, _I):
        return False
    best = reading.evidence[0]
    answer = re.escape(best.answer.strip())
    before = rf"\b{_FORMER}(?P<between>(?:[ -]{_WORDS}{{0,60}})?[ ,(-]){answer}"
    behind = rf"{answer}(?P<between>{_WORDS}{{0,90}}?[\s,]){_LEFT}\b"
    return any(
        not _NAMES_ANOTHER.search(match["between"])
        for pattern in (before, behind)
        for match in re.finditer(pattern, best.quote, _I)
    )
