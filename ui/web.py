"""The chat page: the conversation, and beside it the sentences that prove the answer."""

import errno
import os
import socket
from html import escape, unescape
from typing import Any

# Before gradio is imported: it reads the setting then, and must never call home.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

import gradio as gr

from index.archive import Archive
from index.errors import HemerotecaError
from rag.answer import Answer, Citation
from rag.chain import Chain

_EXAMPLES = (
    "Who met the Venezuelan ambassador?",
    "¿Cuándo se firmó el acuerdo de asociación estratégica?",
    "How long did the fighter jets fly in Venezuelan airspace?",
)

# System fonts: a theme with web fonts would make the browser ask another host for them.
THEME = gr.themes.Soft(
    primary_hue="amber",
    neutral_hue="stone",
    font=["ui-serif", "Georgia", "Cambria", "serif"],
    font_mono=["ui-monospace", "monospace"],
)
_CSS = """
.evidence { display: flex; flex-direction: column; gap: .75rem; }
.evidence h3 { margin: 0; font-size: 1rem; }
.evidence .card { border: 1px solid var(--border-color-primary); border-radius: .6rem;
  padding: .75rem .9rem; background: var(--background-fill-primary); }
.evidence .source { margin: 0 0 .4rem; font-size: .85rem; color: var(--body-text-color-subdued); }
.evidence .source b { color: var(--body-text-color); }
.evidence blockquote { margin: 0; padding-left: .7rem; border-left: 3px solid var(--color-accent); }
.evidence mark { background: color-mix(in srgb, var(--color-accent) 30%, transparent);
  color: inherit; border-radius: .2rem; padding: 0 .15rem; }
.evidence .near blockquote { border-left-color: var(--border-color-primary); }
"""


def build_page(chain: Chain, archive: Archive, top_k: int) -> gr.Blocks:
    """The page over `chain`; `archive` is described in its first lines."""

    def respond(message: str, history: list) -> tuple[str, str]:
        try:
            answer = chain.ask(message, top_k=top_k, history=_questions(history))
        except HemerotecaError as error:
            return str(error), ""
        return answer.text, evidence_html(answer)

    page = gr.Blocks(title="Hemeroteca", analytics_enabled=False, fill_height=True)
    with page:
        gr.Markdown("# Hemeroteca")
        gr.Markdown(_describe(archive))
        with gr.Row(equal_height=False):
            with gr.Column(scale=3) as conversation:
                chatbot = _plain_chatbot()
            with gr.Column(scale=2):
                evidence = gr.HTML("", elem_id="evidence", label="Evidence", show_label=False)
            with conversation:
                gr.ChatInterface(
                    respond,
                    chatbot=chatbot,
                    textbox=gr.Textbox(placeholder="Your question", container=False, scale=7),
                    additional_outputs=[evidence],
                    examples=list(_EXAMPLES),
                    cache_examples=False,
                    concurrency_limit=4,
                    flagging_mode="never",
                    api_visibility="private",
                )
    return page


def _plain_chatbot() -> gr.Chatbot:
    """A chatbot whose messages are text, whatever stands in an article or a question.

    Without Markdown, Gradio's still renders HTML, and an image in it would make the browser ask
    another host. Its methods are wrapped because a subclass makes Gradio write a file beside it."""
    chatbot = gr.Chatbot(
        label="Conversation",
        height="60vh",
        render_markdown=False,
        allow_tags=False,
        buttons=["copy"],
        placeholder="Ask in your language; the articles answer in theirs.",
    )
    show, take = chatbot.postprocess, chatbot.preprocess

    def postprocess(value: Any) -> Any:
        shown = show(value)
        for block in (block for message in shown.root for block in message.content):
            if block.type == "text":
                block.text = escape(block.text, quote=False)
        return shown

    def preprocess(payload: Any) -> Any:
        taken = take(payload)
        for block in (block for message in taken for block in message["content"]):
            if block["type"] == "text":
                block["text"] = unescape(block["text"])
        return taken

    chatbot.postprocess = postprocess  # type: ignore[method-assign]
    chatbot.preprocess = preprocess  # type: ignore[method-assign]
    return chatbot


def _questions(history: list[dict]) -> list[str]:
    """The person's earlier messages, oldest first, from Gradio's lists of blocks."""
    return [
        " ".join(block["text"] for block in message["content"] if block.get("type") == "text")
        for message in history
        if message["role"] == "user"
    ]


def evidence_html(answer: Answer) -> str:
    """The cards beside the conversation: what is cited, or what comes nearest."""
    if answer.answerable:
        return _panel("Evidence", [_cited_card(citation) for citation in answer.citations])
    cards = [_near_card(citation) for citation in answer.nearest]
    return _panel("Not an answer, but nearest", cards) if cards else ""


def serve(chain: Chain, archive: Archive, host: str, port: int, top_k: int) -> None:
    """Open the page on `host`:`port`, print its address and serve until interrupted."""
    page = build_page(chain, archive, top_k)
    try:
        page.launch(
            server_name=host,
            server_port=port,
            theme=THEME,
            css=_CSS,
            quiet=True,
            show_error=True,
            share=False,
            inbrowser=False,
            prevent_thread_lock=True,
            max_file_size="1mb",
            footer_links=[],
            ssr_mode=False,
        )
    except OSError as error:
        raise HemerotecaError(_port_taken(host, port)) from error
    print(f"Hemeroteca is open on http://{host}:{port} (Ctrl-C ends it)", flush=True)
    page.block_thread()


def check_port(host: str, port: int) -> None:
    """Raise HemerotecaError if the page cannot listen there; before anything slow is loaded."""
    try:
        socket.getaddrinfo(host, port)  # by itself: create_server hides the type of its error
        with socket.create_server((host, port)):
            pass
    except (OSError, UnicodeError) as error:  # UnicodeError is of names that cannot be
        foreign = getattr(error, "errno", None) == errno.EADDRNOTAVAIL
        if foreign or isinstance(error, (socket.gaierror, UnicodeError)):
            raise HemerotecaError(
                f"{host!r} is not an address of this machine (CHAT_HOST)"
            ) from error
        raise HemerotecaError(_port_taken(host, port)) from error


def _port_taken(host: str, port: int) -> str:
    return (
        f"cannot listen on {host}:{port}, it is in use or not allowed: close the other program, "
        "or choose another port with --port (CHAT_PORT)"
    )


def _describe(archive: Archive) -> str:
    articles, passages = archive.catalog.counts()
    days = archive.catalog.days()
    period = f", {days[0]} to {days[1]}" if days and days[0] != days[1] else ""
    period = f", {days[0]}" if days and not period else period
    return f"{_count(articles, 'article')}, {_count(passages, 'passage')}{period}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _panel(heading: str, cards: list[str]) -> str:
    return f'<section class="evidence"><h3>{escape(heading)}</h3>{"".join(cards)}</section>'


def _cited_card(citation: Citation) -> str:
    start, end = citation.mark
    before, answer, after = (
        escape(piece)
        for piece in (citation.quote[:start], citation.quote[start:end], citation.quote[end:])
    )
    return _card("cited", citation, f"{before}<mark>{answer}</mark>{after}", f"[{citation.n}] ")


def _near_card(citation: Citation) -> str:
    return _card("near", citation, escape(citation.quote))


def _card(kind: str, citation: Citation, quote: str, marker: str = "") -> str:
    """`quote` is HTML; everything else is escaped here."""
    day = escape(citation.date or "")
    when = f'<br><time datetime="{day}">{day}</time>' if day else ""
    return (
        f'<article class="card {kind}"><p class="source">{marker}<b>{escape(citation.title)}</b>'
        f"{when}</p><blockquote>{quote}</blockquote></article>"
    )
