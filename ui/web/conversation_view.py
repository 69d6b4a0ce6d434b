"""The conversation as the page shows it: each question, and its answer or why there is none."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from hemeroteca.rag.answer import Answer, Statement
from hemeroteca.rag.render import notes, paragraphs, refusal
from hemeroteca.ui.messages import counted, said
from hemeroteca.ui.web.message import Kept

EXAMPLES = (
    "Who met the Venezuelan ambassador?",
    "¿Cuándo se firmó el acuerdo de asociación estratégica?",
    "How long did the fighter jets fly in Venezuelan airspace?",
)


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
    tools, asked = _tools(at, kept, language), _question(turn.question)
    if turn.answer is None:
        return f'{asked}<div class="answer failed"><p>{escape(turn.failure)}</p>{tools}</div>'
    asked += _period(at, turn.answer, language) + _searched(turn.answer, language)
    return asked + _outcome(at, turn.answer, tools, language)


def _period(at: int, answer: Answer, language: str) -> str:
    """The period asked of; one that the question itself named can be removed."""
    if not answer.period:
        return ""
    period = " – ".join(escape(day or "…") for day in answer.period.iso)
    if not answer.period_named:
        return f'<p class="asked-of">{period}</p>'
    label = escape(said(language, "ask_always"))
    return (
        f'<p class="asked-of"><button type="button" class="chip" data-event="again" '
        f'data-turn="{at}" data-whole="1" aria-label="{period}: {label}" title="{label}">'
        f"{period} <span>×</span></button></p>"
    )


def _searched(answer: Answer, language: str) -> str:
    if answer.searched == answer.question:
        return ""
    searched = escape(said(language, "searched", question=answer.searched))
    return f'<p class="asked-of">{searched}</p>'


def _outcome(at: int, answer: Answer, tools: str, language: str) -> str:
    if not answer.answerable:
        mark = escape(said(language, "absent_mark"))
        return (
            f'<div class="answer absent"><b class="badge">{mark}</b>'
            f"<p>{escape(refusal(answer))}</p>{tools}</div>"
        )
    body = "".join(_paragraph(at, answer, part) for part in paragraphs(answer))
    if answer.kind == "short":
        body += _quote(answer)
    said_of_it = "".join(f'<p class="note">{escape(note)}</p>' for note in notes(answer))
    return f'<div class="answer found">{body}{said_of_it}{tools}</div>'


def _paragraph(at: int, answer: Answer, statements: Sequence[Statement]) -> str:
    """Statements with their markers, which can be pressed; the short answer stands out."""
    shown = " ".join(
        f"{escape(s.text)} {''.join(_marker(at, answer, n) for n in s.cites)}" for s in statements
    )
    name = "short" if statements[0].text == answer.answer else "written"
    return f'<p class="{name}">{shown}</p>'


def _quote(answer: Answer) -> str:
    citation = answer.citations[0]
    day = f", {escape(citation.date)}" if citation.date else ""
    return (
        f"<blockquote>{escape(citation.quote)}</blockquote>"
        f'<p class="said-by">{escape(citation.title)}{day}</p>'
    )


def _marker(at: int, answer: Answer, n: int) -> str:
    title = next((citation.title for citation in answer.citations if citation.n == n), "")
    return (
        f'<button type="button" class="marker" data-event="show" data-turn="{at}" '
        f'data-n="{n}" aria-label="[{n}] {escape(title)}">[{n}]</button>'
    )


def _tools(at: int, kept: Kept, language: str) -> str:
    """What can be done with a turn. The vote that was given is pressed, pressing it takes it back,
    and while it stands something can be said about it."""
    turn = kept.turn
    again = _tool(at, "again", said(language, "again"))
    if turn.answer is None:
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
        f'<p class="tools"><button type="button" data-copy="{escape(turn.answer.text)}" '
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
