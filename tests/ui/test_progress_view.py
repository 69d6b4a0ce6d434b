"""How far something is, and what came of it."""

from hemeroteca.index.errors import Message
from hemeroteca.ui.web.progress_view import Refused, meter_html, receipt_html


def test_what_was_refused_is_named_with_the_reason() -> None:
    refused = Refused("<b>.pdf", "is <empty>")
    html = receipt_html("1 article added", [refused], "en")
    assert "<p>1 article added</p>" in html
    assert "<b>&lt;b&gt;.pdf</b> is &lt;empty&gt;" in html
    assert "are shown" not in html
    assert "The first 50 are shown." in receipt_html("", [refused] * 51, "en")


def test_a_bar_is_filled_as_far_as_it_is_and_moves_while_nothing_is_known() -> None:
    html = meter_html(Message("<Indexing>"), "en", 1_200, 2_400)
    assert 'max="2400" value="1200"' in html
    assert "<p>&lt;Indexing&gt; <span>1,200 / 2,400</span></p>" in html
    assert "value" not in meter_html(Message("Indexing"), "en")
