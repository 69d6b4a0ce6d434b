"""A written answer cut into claims: what is markup goes, what is said stays."""

import pytest

from hemeroteca.rag.writer.claims import Claim, claims


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (
            "Prices rose <2% in May and unemployment >10% in June [1].",
            "Prices rose <2% in May and unemployment >10% in June.",
        ),
        ("It fell from >5 to <3 points, a <b and c> d [1].", None),
        ("He finished #1 of 5 > 3 [1].", "He finished #1 of 5 > 3."),
        ('The <b>mayor</b> <a href="x">Ana</a><br/> won [1].', "The mayor Ana won."),
        ("<img src=x onerror=alert(1)> Ana <!-- or <b>Luis</b> --> won [1].", "Ana won."),
        ("<|im_start|>Ana won<|im_end|> [1]", "Ana won"),
        ("> Ana won [1].", "Ana won."),
        ("## Ana **won** `it` [1].", "Ana won it."),
    ],
)
def test_only_markup_is_taken_out_of_a_sentence(written: str, text: str | None) -> None:
    kept = text or written.replace(" [1]", "")
    assert claims(written, "en") == [Claim(kept, (1,))]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[3] Ana won. [1, 2] Luis lost.", [("Ana won.", (3,)), ("Luis lost.", (1, 2))]),
        ("Ana won [3]. Luis lost. [1-3]", [("Ana won.", (3,)), ("Luis lost.", (1, 2, 3))]),
        ("Ana won **[3]**. Luis lost **[1]**.", [("Ana won.", (3,)), ("Luis lost.", (1,))]),
        ("**[3]** Ana won.", [("Ana won.", (3,))]),
        ("1. Ana won [3].\n2. Luis lost [4].", [("Ana won.", (3,)), ("Luis lost.", (4,))]),
        ("- [3] Ana won.\n- [4] Luis lost.", [("Ana won.", (3,)), ("Luis lost.", (4,))]),
        ("* Ana won. [3]\n* Luis lost. [4]", [("Ana won.", (3,)), ("Luis lost.", (4,))]),
        ("Ana won. Luis lost. [2][5]", [("Ana won.", (2, 5)), ("Luis lost.", (2, 5))]),
        ("Ana won. Luis lost. [2]\n\nEva left.", [
            ("Ana won.", (2,)), ("Luis lost.", (2,)), ("Eva left.", ()),
        ]),
        ("Ana won.", [("Ana won.", ())]),
        ("[0]", [("", (0,))]),
    ],
)  # fmt: skip
def test_markers_are_read_as_models_mean_them(
    written: str, expected: list[tuple[str, tuple[int, ...]]]
) -> None:
    assert claims(written, "en") == [Claim(*each) for each in expected]
