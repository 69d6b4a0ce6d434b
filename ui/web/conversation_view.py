"""The conversation as the page shows it: each question, and its answer or why there is none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from hemeroteca.ui.messages import counted, said
from hemeroteca.ui.web.message import Kept, Turn

EXAMPLES = (
    "Who met the Venezuelan ambassador?",
    "¿Cuándo se firmó el acuerdo de asociación estratégica?",
    "How long did the fighter jets fly in Venezuelan airspace?",
)
_MARKER = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True)
class Waiting:
    """A question that is being answered: the id by which it is stopped, how many others come
    before it (None once its turn has come), and the sentences that a model has written so far."""

    id: str
    question: str
    ahead: int | None = None
    written: Sequence[str] = ()


def talk_html(
    conversation: str, turns: Sequence[Kept], language: str, waiting: Waiting | None = None
) -> str:
    """The turns of the conversation of that id, oldest first, and the question that is being
    answered, if one is."""
    shown = [_turn(at, kept, language) for at, kept in enumerate(turns)]
    if waiting:
        shown.append(_waiting(waiting, language))
    inside = "".join(shown) or _welcome(language)
    label = escape(said(language, "conversation"))
    return (
        # Drawn anew as a whole: the page's script says what is new in it, and no more.
        f'<div class="talk" role="log" aria-live="off" tabindex="0" aria-label="{label}" '
        f'data-conversation="{escape(conversation)}">{inside}</div>'
    )


def _welcome(language: str) -> str:
    examples = "".join(
        f'<button type="button" data-event="example" data-text="{escape(text)}">'
        f"{escape(text)}</button>"
        for text in EXAMPLES
    )
    return (
        f'<div class="welcome"><p>{escape(said(language, "intro"))}</p>'
        f'<p class="hint">{escape(said(language, "examples"))}</p>{examples}</div>'
    )


def _waiting(waiting: Waiting, language: str) -> str:
    written = f"<p>{escape(' '.join(waiting.written))}</p>" if waiting.written else ""
    doing = escape(_doing(waiting, language))
    return (
        f'{_question(waiting.question)}<div class="answer waiting">{written}'
        f'<p class="tools"><span class="doing">{doing}</span>'
        f'<button type="button" data-event="halt" data-id="{waiting.id}">'
        f"{escape(said(language, 'stop'))}</button></p></div>"
    )


def _doing(waiting: Waiting, language: str) -> str:
    if waiting.ahead is None:
        return said(language, "checking" if waiting.written else "thinking")
    return counted(language, "ahead", waiting.ahead) if waiting.ahead else said(language, "next")


def _question(text: str) -> str:
    return f'<p class="question">{escape(text)}</p>'


def _turn(at: int, kept: Kept, language: str) -> str:
    turn = kept.turn
    asked = _question(turn.question) + _period(at, turn, language) + _searched(turn, language)
    return asked + _outcome(at, turn, _tools(at, kept, language), language)


def _period(at: int, turn: Turn, language: str) -> str:
    """The period asked of; one that the question itself named can be removed."""
    if turn.period == (None, None):
        return ""
    period = " – ".join(escape(day or "…") for day in turn.period)
    if not turn.proposed:
        return f'<p class="asked-of">{period}</p>'
    label = escape(said(language, "ask_always"))
    return (
        f'<p class="asked-of"><button type="button" class="chip" data-event="again" '
        f'data-turn="{at}" data-whole="1" aria-label="{period}: {label}" title="{label}">'
        f"{period} <span>×</span></button></p>"
    )


def _searched(turn: Turn, language: str) -> str:
    if not turn.searched:
        return ""
    searched = escape(said(language, "searched", question=turn.searched))
    return f'<p class="asked-of">{searched}</p>'


def _outcome(at: int, turn: Turn, tools: str, language: str) -> str:
    if turn.answered is None:
        return f'<div class="answer failed"><p>{escape(turn.text)}</p>{tools}</div>'
    if not turn.answered:
        mark = escape(said(language, "absent_mark"))
        return (
            f'<div class="answer absent"><b class="badge">{mark}</b>'
            f"<p>{escape(turn.lead)}</p>{tools}</div>"
        )
    body = _written(at, turn) if turn.written else _found(at, turn)
    notes = "".join(f'<p class="note">{escape(note)}</p>' for note in turn.notes)
    return f'<div class="answer found">{body}{notes}{tools}</div>'


def _found(at: int, turn: Turn) -> str:
    markers = "".join(_marker(at, turn, citation.n) for citation in turn.evidence)
    citation = turn.evidence[0]
    day = f", {escape(citation.date)}" if citation.date else ""
    return (
        f'<p class="short">{escape(turn.answer)} {markers}</p>'
        f"<blockquote>{escape(citation.quote)}</blockquote>"
        f'<p class="said-by">{escape(citation.title)}{day}</p>'
    )


def _written(at: int, turn: Turn) -> str:
    """The model's sentences, the markers in them pressable."""
    pieces = _MARKER.split(turn.lead)
    shown = [escape(piece) for piece in pieces]
    shown[1::2] = [_marker(at, turn, int(number)) for number in pieces[1::2]]
    return f'<p class="written">{"".join(shown)}</p>'


def _marker(at: int, turn: Turn, n: int) -> str:
    title = next((citation.title for citation in turn.evidence if citation.n == n), "")
    return (
        f'<button type="button" class="marker" data-event="show" data-turn="{at}" '
        f'data-n="{n}" aria-label="[{n}] {escape(title)}">[{n}]</button>'
    )


def _tools(at: int, kept: Kept, language: str) -> str:
    """What can be done with a turn. The vote that was given is pressed, pressing it takes it back,
    and while it stands something can be said about it."""
    turn = kept.turn
    again = _tool(at, "again", said(language, "again"))
    if turn.answered is None:
        return f'<p class="tools">{again}</p>'
    copy = escape(said(language, "copy"))
    done = escape(said(language, "copied"))
    votes = "".join(
        _tool(
            *(at, "judge", said(language, name)),
            f' data-vote="{0 if kept.vote == value else value}" '
            f'aria-pressed="{"true" if kept.vote == value else "false"}"',
        )
        for name, value in (("good", 1), ("bad", -1))
    )
    return (
        f'<p class="tools"><button type="button" data-copy="{escape(turn.text)}" '
        f'data-done="{done}">{copy}</button>{again}{votes}</p>{_comment(at, kept, language)}'
    )


def _tool(at: int, event: str, name: str, attributes: str = "") -> str:
    return (
        f'<button type="button" data-event="{event}" data-turn="{at}"{attributes}>'
        f"{escape(name)}</button>"
    )


def _comment(at: int, kept: Kept, language: str) -> str:
    if not kept.vote:
        return ""
    label = escape(said(language, "comment"))
    return (
        f'<input class="comment" name="comment" data-event="remark" data-turn="{at}" '
        f'maxlength="1000" value="{escape(kept.comment)}" placeholder="{label}" '
        f'aria-label="{label}">'
    )
