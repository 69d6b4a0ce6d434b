"""The stages in which the reader was trained, in their order: what each begins with, how it learns,
and from what. training/README.md tells what became of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field

# Sets of reading/, the share of their questions that is used and of negatives added.
Sets = Mapping[str, tuple[float, float]]
MAIN_SETS: Sets = {
    "piaf_fr": (1.0, 0.3), "tydiqa_en": (1.0, 0.3), "tydiqa_ru": (1.0, 0.3),
    "tydiqa_fi": (1.0, 0.2), "tydiqa_id": (1.0, 0.2), "tydiqa_ko": (0.6, 0.2),
    "tydiqa_ar": (1.0, 0.2), "viquiquad_ca": (1.0, 0.4), "faquad_pt": (1.0, 0.4),
    "norquad_no": (0.7, 0.2), "heq_he": (0.6, 0.2), "swequad_sv": (0.6, 0.2),
    "thquad_tr": (0.25, 0.2), "qamr_en": (0.3, 0.2), "afriqa_en": (0.3, 0.2),
    "afriqa_fr": (0.5, 0.2),
}  # fmt: skip
COOL_SETS: Sets = {
    "piaf_fr": (0.35, 0.4), "tydiqa_en": (0.35, 0.4), "viquiquad_ca": (0.6, 0.4),
    "faquad_pt": (0.6, 0.4), "qamr_en": (0.04, 0.3), "norquad_no": (0.15, 0.3),
}  # fmt: skip
_FALSE_SETS: Sets = {
    "piaf_fr": (0.4, 0.3), "tydiqa_en": (0.6, 0.3), "viquiquad_ca": (0.8, 0.4),
    "faquad_pt": (0.8, 0.4), "qamr_en": (0.12, 0.3), "norquad_no": (0.3, 0.2),
    "heq_he": (0.3, 0.2), "tydiqa_ru": (0.5, 0.3),
}  # fmt: skip
_STORY_SETS: Sets = {**COOL_SETS, "qamr_en": (0.2, 0.3), "tydiqa_en": (0.6, 0.4)}
_WHOLE_SETS: Sets = {
    "piaf_fr": (1.0, 0.4), "tydiqa_en": (1.0, 0.4), "viquiquad_ca": (1.0, 0.4),
    "faquad_pt": (1.0, 0.4), "norquad_no": (0.6, 0.3), "qamr_en": (0.3, 0.3),
    "heq_he": (0.4, 0.2), "swequad_sv": (0.6, 0.2), "tydiqa_ru": (1.0, 0.3),
}  # fmt: skip
_TOGETHER_SETS: Sets = {
    **_WHOLE_SETS, "squad_es_dist": (1.0, 0.4), "squad_pt_sample": (0.8, 0.3),
}  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """How a stage learns, and from what.

    It begins with the network of the stage `before` ("" is the encoder's own, "mean" the mean in
    WORK or what the program comes with) at `rate` times the rates, and learns from `sets`; `whole`
    learns all twelve layers, but for the `still` lowest; with `dropout` it has some.

    It learns from single sentences (`alone`), from made-up events told among real news (`told`),
    and from one of so many examples of invented news (`invented`, 0 for none). `archive`: its
    questions are asked of the whole archive, too. One of so many examples of the stages before
    are learnt again (`rehearsed`)."""

    before: str
    rate: float = 1.0
    sets: Sets = field(default_factory=lambda: COOL_SETS)
    whole: bool = False
    still: int = 0
    dropout: bool = False
    alone: bool = False
    told: bool = False
    invented: int = 0
    archive: bool = False
    rehearsed: int = 1


def _of_archive(before: str, invented: int = 4) -> Stage:
    return Stage(
        before, 0.4, _TOGETHER_SETS, whole=True, dropout=True, alone=True, invented=invented,
        archive=True, rehearsed=8,
    )  # fmt: skip


STAGES: Mapping[str, Stage] = {
    "main": Stage("", sets=MAIN_SETS),
    "cool": Stage("main"),
    "hard": Stage("cool", 0.5),
    "false": Stage("mean", 0.5, _FALSE_SETS, dropout=True),
    "events": Stage("mean", 0.4),
    "deeds": Stage("events", 0.4),
    "stories": Stage("mean", 0.5, _STORY_SETS, told=True),
    "settle": Stage("mean", 0.4, _STORY_SETS, dropout=True, alone=True, told=True),
    "whole": Stage("mean", 0.6, _WHOLE_SETS, whole=True, dropout=True, alone=True, told=True),
    "news": Stage("mean", 0.6, still=4, invented=1, rehearsed=2),
    "together": Stage(
        "mean", 0.5, _TOGETHER_SETS, whole=True, dropout=True, alone=True, invented=1, rehearsed=3
    ),
    "asked": _of_archive("together", invented=3),
    "press": _of_archive("mean"),
    "told": _of_archive("mean"),
    "longer": _of_archive("mean"),
    "broad": _of_archive("mean"),
    "papers": _of_archive("mean"),
}
