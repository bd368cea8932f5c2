"""Gaps as a tornado: a bar from zero for each, the widest on top, red where it falls short beyond chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.gaps.gap_result import Gap, GapAnalysis, GapKind
from analysis.results.estimates import Estimate
from charts.kit.description.description import Description
from charts.kit.description.differences import Difference, difference_rows
from charts.kit.description.rows import Column
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart, confidence_text
from charts.kit.words import left_out, on_questions, verdict_word, whiskers_told
from words.language import Language, Message, message, translator

#: What the two sides of each gap are.
SIDES: Mapping[GapKind, tuple[Message, Message]] = {
    "understanding": (message("Importance"), message("Staff believe")),
    "standards": (message("Importance"), message("Standard")),
    "delivery": (message("Standard"), message("Delivered")),
    "communication": (message("Promised (hours)"), message("Taken (hours)")),
    "service": (message("Perceived"), message("Expected")),
}


@dataclass(frozen=True)
class GapRow:
    """One bar: its name, its gap, and how that changed since the wave before, where that is known."""

    name: str
    gap: Gap
    change: Estimate | None = None


def gap_rows(
    rows: Sequence[GapRow], on: Canvas, *, found: GapAnalysis, title: str, name_header: str, before: str = "", ordered: bool = True
) -> Chart:
    """The gaps of one kind, widest first unless ``ordered`` is False; ``before`` is what the wave before is called.

    Hidden gaps are left out and counted.
    """
    _ = translator(on.language)
    shown = [row for row in rows if row.gap.gap.value is not None]
    if ordered:
        shown.sort(key=lambda row: -abs(row.gap.gap.value or 0.0))
    drawn = [
        Difference(row.name, _judged(row.gap), _word(row.gap, on.language), row.gap.plus, row.gap.minus) for row in shown
    ]  # fmt: skip
    first, second = (side.text(on.language) for side in SIDES[found.kind])
    described = Description(
        title=title,
        caption=" ".join(
            [
                _reading(found.kind, on.language),
                whiskers_told([row.gap.gap for row in shown], confidence_text(found.result.provenance, on), on.language),
                _("Red: falls short beyond chance."),
                *([_("Hollow: small base, read with care.")] if any(row.gap.gap.marked for row in shown) else []),
                *on_questions([row.gap.gap for row in shown], [row.name for row in shown], on.language),
                *left_out([row.gap.gap for row in rows], on.language),
            ]
        ),
        body=difference_rows(
            drawn, on, name_header=name_header, heading=_("Gap"), header=_("Gap"), first_header=first, second_header=second,
            more=_changes(shown, before, on),
        ),
    )  # fmt: skip
    return draw(described, on)


def _changes(rows: Sequence[GapRow], before: str, on: Canvas) -> list[Column]:
    """How each gap changed since the wave before, in the table; no columns where no gap has a wave before."""
    _ = translator(on.language)
    if not any(row.change for row in rows):
        return []
    changes = [row.change for row in rows]
    return [
        Column(_("Change since {wave}").format(wave=before), tuple(change.value if change else None for change in changes)),
        Column(_("Change: adjusted p"), tuple(change.p_adjusted if change else None for change in changes)),
    ]


def _judged(gap: Gap) -> Estimate:
    """The gap with the verdict its colour stands for: lower where it falls short, whichever its sign."""
    if gap.falls_short:
        return gap.gap._replace(verdict="lower")
    return gap.gap._replace(verdict="higher") if gap.gap.verdict in ("higher", "lower") else gap.gap


def _word(gap: Gap, language: Language) -> str:
    _ = translator(language)
    if gap.falls_short is None:
        return _("not tested")
    if gap.falls_short:
        return _("falls short")
    return _("exceeds") if gap.gap.verdict in ("higher", "lower") else verdict_word(gap.gap.verdict, language)


def _reading(kind: GapKind, language: Language) -> str:
    """What is subtracted from what, and on which side it falls short."""
    _ = translator(language)
    first, second = (side.text(language) for side in SIDES[kind])
    told = _("{first} minus {second}; below zero falls short.") if kind in ("service", "communication") else ""
    return (told or _("{first} minus {second}; above zero falls short.")).format(first=first, second=second)
