"""Whether a text greets, thanks or asks how the program is: words for that are few and known, while
the classifier takes nearly every second word that stands alone for one."""

import re
from collections.abc import Callable

from hemeroteca.index.text.slips import slips
from hemeroteca.index.text.terms import WRITTEN, fold

_WORDS = frozenset(
    fold(
        """
    hola holi holis buenas saludos saludo gracias adios perdon
    hi hello hey howdy greetings thanks thank thankyou thx bye goodbye okay ok
    hallo moin servus danke dankeschon dank tschuss gruezi
    bonjour bonsoir coucou merci remercie
    ciao buongiorno buonasera buonanotte grazie ringrazio arrivederci
    ola oi obrigado obrigada tchau
    gracies merces adeu
    grazas graciñas
    hoi dankjewel bedankt
    czesc dziekuje ahoj dekuji dakujem hvala szia koszonom buna multumesc salutare
    hej hei tack takk kiitos
    merhaba selam tesekkurler sagol
    kaixo eskerrik
    привет здравствуй здравствуите здравствуйте спасибо пока привіт дякую
    γεια ευχαριστω
    مرحبا شكرا سلام नमस्ते धन्यवाद 你好 谢谢 您好 こんにちは ありがとう 안녕하세요 감사합니다
    salam namaste aloha
    """
    ).split()
)
# What is said as often of something else counts where the archive does not hold it.
_ALSO = frozenset(
    ("ola", "oi", "salam", "hei", "salut", "vale", "cheers", "help", "pardon", "genial", "perfecto")
)
_PHRASES = re.compile(
    r"\b(?:buen(?:os|as)? (?:dias?|tardes?|noches?)|(?:que|como) (?:tal|estas|esta usted)|"
    r"quien eres|agrade[zc]co|(?:que|ca|com[eo]?) va(?=\W*$)|"
    r"hasta (?:luego|pronto|manana)|encantad[oa] de|me ha (?:servido|ayudado)|"
    r"(?:que|como) (?:puedes|sabes|me puedes|puede) (?:hacer|ayudar)\w*|"
    r"good (?:morning|afternoon|evening|night|day)|how are you|see you|nice to meet|"
    r"that (?:was useful|helped)|what can you do|who are you|can you help me|"
    r"guten (?:tag|morgen|abend)|gute nacht|wie geht|auf wiedersehen|bis (?:bald|morgen|spater)|"
    r"wer bist du|was kannst du|"
    r"au revoir|a (?:bientot|demain)|bonne (?:journee|soiree|nuit)|qui es-tu|comment vas|"
    r"buona (?:giornata|sera|notte)|come stai|a (?:presto|domani)|chi sei|"
    r"(?:bom|boa) (?:dia|tarde|noite)|tudo bem|ate (?:logo|amanha|breve)|quem es|"
    r"bon (?:dia|vespre)|bona (?:tarda|nit)|com estas|fins (?:dema|aviat|ara)|"
    r"bo dia|boas (?:tardes|noites)|goede(?:n|morgen| dag)?|dank (?:je|u)|"
    r"buna (?:ziua|seara)|dzien dobry|dobry den|dobar dan|egun on|"
    r"(?:добр\w+|доброго) (?:день|дня|утро|утра|вечер|вечера)|до (?:свидания|завтра)|как дела|"
    r"кто ты)\b"
)
# "Thanks to the rain" thanks nobody.
_OWING = re.compile(r"\b(?:gracias al?|thanks to|grazie (?:al?|alla|ai)|gracies al?)\b")
_DRAWN_OUT = re.compile(r"(\w)\1+")
_SLIPS_FROM = 6  # letters: of shorter words a slip makes others


def greets(text: str, holds: Callable[[str], bool]) -> bool:
    """Whether `text` has a word or phrase for that, or one that a slip of the hand or a letter
    drawn out made of it, if the archive does not hold what was typed, as `holds` tells."""
    typed = text.casefold()
    plain = fold(typed)
    if _OWING.search(plain):
        return False
    if _PHRASES.search(plain):
        return True
    return any(_is_greeting(word, holds) for word in WRITTEN.findall(typed))


def _is_greeting(typed: str, holds: Callable[[str], bool]) -> bool:
    word = fold(typed)
    if word in _WORDS and word not in _ALSO:
        return True
    is_one = word in _ALSO or _DRAWN_OUT.sub(r"\1", word) in _WORDS
    if not is_one and len(word) >= _SLIPS_FROM:
        is_one = not _WORDS.isdisjoint(slips(word))
    return is_one and not holds(typed)
