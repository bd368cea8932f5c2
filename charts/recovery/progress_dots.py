"""How far recovery got by group: shares of those to recover that were contacted, reached and repaired, and that are overdue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.recovery.progress import Progress
from charts.kit.description.description import Description
from charts.kit.description.numbers import BETTER, MUTED, OURS, WORSE, Axis, Form, Number, Tone
from charts.kit.description.rows import Column, Drawn, Row, Rows, Shape
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from words.language import translator

MOST_ROWS = 20


@dataclass(frozen=True)
class ProgressRow:
    """One row with its name."""

    name: str
    progress: Progress


def progress_dots(rows: Sequence[ProgressRow], on: Canvas, *, of: Progress, day: str, title: str, name_header: str) -> Chart:
    """Rows in the order given, the largest first; hidden ones say why. ``name_header`` says what a row is, ``of`` are all together."""
    _ = translator(on.language)
    kept = tuple(Row(row.name, "always" if place < MOST_ROWS else "table") for place, row in enumerate(rows))
    steps: tuple[tuple[str, str, str, Shape, Tone], ...] = (
        ("contacted", _("Contacted, %"), _("contacted"), "ring", OURS),
        ("reached", _("Reached, %"), _("reached"), "diamond", MUTED),
        ("repaired", _("Repaired, %"), _("repaired"), "dot", BETTER),
        ("overdue", _("Overdue, %"), _("overdue"), "tick", WORSE),
    )
    caption = [
        *_together(of, day, on),
        _("Ring: contacted; diamond: reached; full dot: repaired; red line: overdue."),
        _("Shares of all customers to recover, counted one by one, so they have no interval."),
    ]
    if len(rows) > MOST_ROWS:
        caption.append(_("The first {count} of {total} rows; the table has all.").format(count=MOST_ROWS, total=len(rows)))
    described = Description(
        title=title,
        caption=" ".join(caption),
        findings="; ".join(_spoken(row, on) for row in rows[:3]),
        body=Rows(
            name_header,
            kept,
            (
                *(
                    Column(
                        header, tuple(_share(row.progress, step, on) for row in rows), Form(2, percent=True, margin=False),
                        drawn=Drawn(shape, tones=(tone,), name=name), place="wide" if step in ("contacted", "overdue") else "table",
                        tones=(tone,) if step != "contacted" else (), strong=step == "contacted",
                        head={"contacted": _("Contacted"), "overdue": _("Overdue")}.get(step),
                    )
                    for step, header, name, shape, tone in steps
                ),
                Column(
                    _("To recover"), tuple(row.progress.to_recover if row.progress.reason is None else None for row in rows), Form(0),
                    place="always",
                ),
            ),
            heading=_("Share of those to recover, %"),
            axis=Axis(ends=(0.0, 100.0)),
        ),
    )  # fmt: skip
    return draw(described, on)


def _together(found: Progress, day: str, on: Canvas) -> list[str]:
    if found.reason is not None:
        return []
    counts = {step: on.number(getattr(found, step), 0) for step in ("to_recover", "contacted", "reached", "repaired", "overdue")}
    told = translator(on.language)(
        "As of {day}, of {to_recover}: {contacted} contacted, {reached} reached, {repaired} repaired, {overdue} overdue."
    )
    return [told.format(day=day, **counts)]


def _share(found: Progress, step: str, on: Canvas) -> Number:
    if found.reason is not None:
        return Number(None, why=found.reason.text(on.language))
    return Number(found.percent(step))


def _spoken(row: ProgressRow, on: Canvas) -> str:
    _ = translator(on.language)
    found = row.progress
    if found.reason is not None:
        return _("{name}: not shown").format(name=row.name)
    shares = {step: on.number(found.percent(step) or 0.0, 2) for step in ("contacted", "repaired", "overdue")}
    told = _("{name}: {count} to recover, {contacted}% contacted, {repaired}% repaired, {overdue}% overdue")
    return told.format(name=row.name, count=on.number(found.to_recover, 0), **shares)
