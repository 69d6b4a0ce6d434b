"""What the articles that a question asks for are about: the question without what asks."""

import re
from functools import cache

from hemeroteca.index.stores.spellings import name_key
from hemeroteca.index.text.days import days_in, month_pattern
from hemeroteca.rag.question import Question
from hemeroteca.rag.understand.paper import LEADING

# What asks for articles and is not their subject.
_ASKING = {
    "en": r"search|get|tell|it|its|being|be|read|"
    r"whats|whose|where|any|coverage|journalists?|give|find|printed?|"
    r"how|many|much|often|articles?|stor(?:y|ies)|news|pieces?|texts?|items?|reports?|"
    r"papers?|newspapers?|outlets?|archives?|sections?|all|every|which|what|is|are|"
    r"the|there|about|on|of|"
    r"mention\w*|talk\w*|that|in|from|latest|last|most|recent|newest|oldest|earliest|first|who|"
    r"wr[io]te\w*|written|author|byline|when|was|were|published|publish\w*|show|me|list|do|does|"
    r"you|have|has|had|anything|said|says?|reports|reported|writes|appear\w*|covered|"
    r"ran|run|carried|day|date|did|come|out|by|a|an",
    "es": r"busca|encuentra|dime|ens[eé]ña\w*|habl(?:ó|aron|ado)|inform(?:aron|ado|an?)|dijeron|"
    r"dijo|dice|informó|contó|recogió|todo|leer|quiero|periodistas?|d[oó]nde|dame|"
    r"salen?|nombre|veces|"
    r"cu[aá]nt[oa]s|art[ií]culos?|noticias?|textos?|piezas?|cr[oó]nicas?|reportajes?|notas?|"
    r"peri[oó]dicos?|diarios?|medios?|archivo|secci[oó]n|hay|habla\w*|menciona\w*|trata\w*|sobre|"
    r"acerca|de|del|la|las|el|los|lo|que|qu[eé]|cu[aá]l\w*|es|son|fue|en|[uú]ltim[oa]s?|"
    r"primer[oa]?s?|m[aá]s|reciente\w*|antigu[oa]s?|nuev[oa]|novedad\w*|qui[eé]n|escrib\w+|escrito|"
    r"firm\w+|autor\w*|cu[aá]ndo|d[ií]a|fecha|public\w+|sali[oó]|salieron|tod[oa]s|mu[eé]stra\w*|"
    r"lista|aparec\w*|se|ha|han|un|una|al|y|a|por|con",
    "de": r"zeige?|suche?|finde|nenne|mir|bitte|wurden?|worden|berichtet|gemeldet|lesen|steht|"
    r"dass|schreibt|schrieben|berichtete?|meldete?|neues|jüngste\w*|alles|gib|denen|"
    r"erschienen|wo|journalist\w*|"
    r"wie|viele?|oft|artikel\w*|texte?|beitr[aä]ge?|berichte?\w*|meldung\w*|gibt|es|über|"
    r"zu[mr]?|welche\w*|zeitung\w*|medien|ressort|rubrik|der|die|das|den|dem|des|ein|eine\w*|im|in|"
    r"von|vom|neueste\w*|letzte\w*|erste\w*|älteste\w*|wer|hat|haben|geschrieben|schrieb|was|ist|"
    r"sind|wann|erschien\w*|stand|alle|erwähn\w*|veröffentlich\w*|archiv|tag|an|am|datum|autor\w*",
    "fr": r"montre\w*|cherche|trouve|liste|affiche|a-t-on|a-t-il|on|parlé|annoncé|lit-on|lire|"
    r"peut-on|"
    r"que|qu|écrit|écrivait|dit|rapporté|été|est-il|est-elle|quoi|neuf|journaliste|"
    r"tout|où|donne|moi|"
    r"combien|articles?|textes?|parlent|parle|journal|journaux|quotidiens?|rubrique|section|"
    r"quels?|quelles?|les?|la|des?|du|sur|au|aux|derni\w+|premi\w+|plus|récent\w*|ancien\w*|"
    r"nouvelles?|qui|a|ont|est|sont|écrit|écrits|auteur|signé|quand|paru\w*|publi\w+|tous|toutes|"
    r"mentionn\w+|dans|jour|date|en|un|une|il|elle|t-il|y|a-t-il|t|archives?",
    "it": r"mostra\w*|cerca|trova|elenca|stat[oa]|appars[aei]|parlato|fu|si|legge|"
    r"detto|riportato|scrive|scrisse|novità|giornalista|tutto|dove|dammi|dello|"
    r"quant[aeio]|articol[oi]|notizi[ae]|testi|parlano|parla|giornal[ei]|testate|sezione|"
    r"rubrica|qual|quale|quali|sul|sulla|sui|sulle|sugli|su|il|lo|la|i|gli|le|ultim[aeio]|"
    r"prim[aeio]|più|recent[ei]|vecchi[ao]|chi|ha|hanno|è|sono|scritt[oi]|firma\w*|"
    r"quando|uscit[aoi]|"
    r"pubblicat\w+|pubblica\w*|tutt[aeio]|di|del|dei|della|delle|degli|in|nel|nella|"
    r"che|giorno|data|"
    r"c|ci|un|uno|una|archivio|apparso|autore",
    "pt": r"mostr\w*|procura|encontra|lista\w*|falou|noticiad[oa]|se|lê|lê-se|"
    r"escreve|disse|noticiou|jornalista|tudo|onde|novo|existem|"
    r"quant[oa]s|artigos?|notícias?|textos?|falam?|jornal|jornais|secção|seção|editoria|o|os|"
    r"as|a|da|do|das|dos|de|em|no|na|nos|nas|que|qual|quais|últim[oa]s?|primeir[oa]s?|mais|"
    r"recentes?|antig[oa]s?|quem|escreveu|escritos?|assin\w+|quando|saiu|saíram|public\w+|tod[oa]s|"
    r"sobre|há|foi|é|são|dia|data|um|uma|mencionam|arquivo|apareceu|autor\w*",
    "ca": r"mostra\w*|cerca|troba|llista|es|parlar|publica(?:t|da)|"
    r"a|al|ha|escriu|dir|què|nou|tot|periodista|dona|"
    r"quants|quantes|articles?|not[ií]ci(?:a|es)|textos?|diaris?|mitjans|secció|parlen|parla|"
    r"esmenten|qui|els?|la|les|l|del?|dels|en|sobre|quin|quina|quins|quines|últim\w*|darrer\w*|"
    r"primer\w*|més|recent\w*|va|van|escriure|escrit|signa|quan|publicar?|sortir|aparèixer|hi|ha|"
    r"tots|totes|és|que|dia|data|un|una|arxiu|autor\w*",
    "gl": r"mostra\w*|amosa\w*|busca|atopa|lista|se|falou|"
    r"escribe|dixo|saíu|cant[oa]s|artigos?|novas?|noticias?|textos?|xornal|xornais|"
    r"medios?|sección|hai|falan?|"
    r"mencionan|sobre|o|a|os|as|do|da|dos|das|de|en|no|na|que|cal|últim[oa]s?|primeir[oa]s?|máis|"
    r"recentes?|antig[oa]s?|quen|escribiu|asina\w*|cando|saíu|public\w+|tod[oa]s|é|foi|día|data|un|"
    r"unha|arquivo|apareceu|autor\w*",
    "ru": r"покаж\w*|найд\w*|перечисл\w*|было|сообщ\w+|"
    r"что|нового|материал\w*|дай|всё|чья|чей|упомянут\w*|журналист\w*|"
    r"сколько|стат\w+|заметк\w+|новост\w+|газет\w+|издани\w+|рубрик\w+|раздел\w*|какая|какие|"
    r"каких|какой|каком|какого|о|об|про|последн\w+|перв\w+|сам\w+|свеж\w+|нов\w+|стар\w+|кто|"
    r"написал\w*|автор\w*|когда|вышл\w+|опубликов\w+|появил\w+|все|всего|в|во|на|есть|день|дата|"
    r"упомина\w+|пис\w+|говор\w+|архив\w*",
    "nl": r"toon|zoek|vind|werd|werden|gemeld|bericht|"
    r"dat|schrijft|meldde|berichtte|hoeveel|artikel\w*|berichten?|nieuws|verhalen|"
    r"krant\w*|rubriek|sectie|zijn|er|over|de|"
    r"het|een|van|in|welke?|wat|is|laatste|nieuwste|recentste|eerste|oudste|wie|schreef|geschreven|"
    r"wanneer|verscheen|stond|gepubliceerd\w*|publiceerde|alle|noem\w+|gaan|gaat|dag|datum|archief",
}  # fmt: skip
# What asks for a summary of it.
_SUMMING = {
    "en": r"summari[sz]e|summary|sum|up|overview|everything|brief\w*|short|whole|entire|"
    r"happen\w*|please|know|known|we|can|could|make|with|timeline|chronology|history|develop\w*|unfold\w*",
    "es": r"res[uú]m\w*|s[ií]ntesis|panorama|pas[oó]|ocurrió|sucedió|ocurrido|pasado|"
    r"sucedido|favor|haz(?:me)?|sab\w+|cuéntame|háblame|cronolog\w+|historia|desarroll\w+|ha",
    "de": r"fass\w*|zusammen\w*|[üu]berblick|bitte|wissen|weiß|wir|man|bekannt|nachricht\w*|"
    r"neuigkeit\w*|erzähl\w*|etwas|passiert\w*|geschah|geschehen|mit|chronologie|geschichte|verlauf|verlief",
    "fr": r"résum\w*|synthèse|aperçu|fais|ensemble|sait(?:-on)?|on|savons|nous|parle-moi|parle|"
    r"est-ce|passé|s[’']est-il|est-il|avec|chronologie|histoire|déroul\w+",
    "it": r"riassu\w+|sintesi|panoramica|fai|fammi|insieme|sappiamo|sa|si|cosa|raccont\w*|"
    r"parlami|successo|accaduto|con|cronologia|storia",
    "pt": r"resum\w*|síntese|panorama|faz|faça|sabemos|sabe|se|fale|aconteceu|passou|com|"
    r"cronologia|história",
    "ca": r"resum\w*|síntesi|panorama|fes|sabem|saber|sap|passat|passar|amb|cronologia|història",
    "gl": r"resum\w*|síntese|panorama|fai|sabemos|sábese|pasou|con|cronoloxía|historia",
    "ru": r"кратк\w*|излож\w*|обобщ\w*|резюм\w*|сводк\w*|подытож\w*|сделай|расскаж\w*|известно|"
    r"знаем|мы|мне|случилось|произошло|с|хронолог\w+|истори\w+|обзор",
    "nl": r"vat|samen\w*|alles|overzicht|geef|weten|we|gebeurde|met|chronologie|geschiedenis",
}
_WORD = re.compile(r"[\w-]+")
# "L'Etna", "dell'Etna": the article is no part of the word.
_ELIDED = re.compile(r"(?<!\w)(?:[cdjlmnst]|qu|un|(?:de|su|ne|a|da)ll|quest)[’']", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LIKELY = 0.15  # of a language whose words a question may have


def subject(question: Question) -> str:
    """What the articles asked for are about, without what the question's own words name of the
    filter; "" for all of them."""
    text = question.text
    for name in (*question.named.papers, *question.named.authors):
        text = _without(text, LEADING.sub("", name, count=1) or name)
    if question.named.period:
        text = _without_days(text, question)
    languages = {question.language, *(c for c in _ASKING if question.is_in(c) >= _LIKELY)}
    asking = _asking(frozenset(languages))
    return " ".join(w for w in _WORD.findall(_ELIDED.sub(" ", text)) if not asking.fullmatch(w))


def asks_of_all(question: Question) -> bool:
    """Whether a summary is asked of no subject: of everything."""
    return question.language in _SUMMING and not telling_words(question)


def telling_words(question: Question) -> list[str]:
    """The words of the subject of a summary, without those that ask for one."""
    words = subject(question).split()
    languages = {question.language, *(c for c in _SUMMING if question.is_in(c) >= _LIKELY)}
    summing = "|".join(_SUMMING[code] for code in sorted(languages & _SUMMING.keys()))
    return [w for w in words if not (summing and re.fullmatch(summing, w, re.IGNORECASE))]


def _without(text: str, name: str) -> str:
    """`text` without the words of `name`, however it spells them."""
    words, sought = list(re.finditer(r"[\w&+]+", text)), name_key(name).split()
    for first in range(len(words) - len(sought) + 1):
        run = words[first : first + len(sought)]
        if [name_key(word[0]) for word in run] == sought:
            return f"{text[: run[0].start()]} {_without(text[run[-1].end() :], name)}"
    return text


def _without_days(text: str, question: Question) -> str:
    spans = days_in(text, question.language, question.period.first, asked=True)
    for day in reversed(spans):
        text = f"{text[: day.start]} {text[day.end :]}"
    months = month_pattern(question.language)
    return re.sub(rf"(?<!\w)(?:{months})(?!\w)", " ", _YEAR.sub(" ", text), flags=re.IGNORECASE)


@cache
def _asking(languages: frozenset[str]) -> re.Pattern[str]:
    known = sorted(languages & _ASKING.keys()) or ["en"]
    return re.compile("|".join(_ASKING[code] for code in known), re.IGNORECASE)
