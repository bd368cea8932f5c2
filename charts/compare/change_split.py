"""A change parted in two: what customers said beside who answered, for the whole and for every group, each with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.compare.decompose_change import ChangeSplit, GroupPart
from analysis.results.estimates import Estimate
from charts.kit.description.columns import base_columns
from charts.kit.description.description import Description
from charts.kit.description.numbers import Form, ink_tone, numbers_of, verdict_tone
from charts.kit.description.rows import Column, Drawn, Row, Rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart, level_text, value_and_margin
from charts.kit.words import left_out, on_questions, whiskers_told
from words.language import translator


@dataclass(frozen=True)
class _Row:
    name: str
    score: Estimate
    mix: Estimate
    group: GroupPart | None


def change_split(found: ChangeSplit, on: Canvas, *, title: str) -> Chart:
    """The whole first, then the groups by the size of their part; both panels on one scale. Hidden groups are left out and counted."""
    _ = translator(on.language)
    if found.score is None or found.mix is None:
        why = found.reason.text(on.language) if found.reason else _("Nothing to show.")
        return draw(Description(title, why, Rows("", (), ()), table=()), on)
    shown = [group for group in found.groups if group.score.value is not None]
    shown.sort(key=lambda group: -(abs(group.score.value or 0.0) + abs(group.mix.value or 0.0)))
    rows = [_Row(_("All together"), found.score, found.mix, None)]
    rows += [_Row(_group_name(group, found.by, on), group.score, group.mix, group) for group in shown]
    caption = [
        _("Points of the whole; all groups together make the first row."),
        whiskers_told(found.as_result().estimates, level_text(found.as_result(), on), on.language),
        *on_questions([found.score], [_("What they said")], on.language),
        *left_out([group.score for group in found.groups], on.language),
    ]
    if found.questions is not None:
        other = _("Other questions make {points} of the {total} points between the two scores; that is no change.")
        points, total = (value_and_margin(entry, on, signed=True) for entry in (found.questions, found.total))
        caption.insert(1, other.format(points=points, total=total))
    told = _("{total} points in all: {score} by what customers said, {mix} by who answered.").format(
        total=value_and_margin(found.total, on, signed=True),
        score=value_and_margin(found.score, on, signed=True),
        mix=value_and_margin(found.mix, on, signed=True),
    )
    if found.questions is not None:
        told = " ".join([told, caption[1]])
    header = " × ".join(on.role_title(name) for name in found.by)
    kinds = [Row(row.name, kind="total" if row.group is None else "row") for row in rows]
    body = Rows(header, tuple(kinds), _columns(rows, found, on), panels=(_("What they said"), _("Who answered")))
    return draw(Description(title, " ".join(caption), body, told), on)


def _group_name(group: GroupPart, by: Sequence[str], on: Canvas) -> str:
    return " × ".join(on.value(name, group.keys[name]) for name in by)


def _columns(rows: Sequence[_Row], found: ChangeSplit, on: Canvas) -> tuple[Column, ...]:
    _ = translator(on.language)
    said, answered = [row.score for row in rows], [row.mix for row in rows]
    parts = [row.group for row in rows]
    return (
        _drawn(_("What they said"), said, (_("Lower end"), _("Upper end")), 0, on),
        Column(_("Adjusted p"), tuple(e.p_adjusted for e in said)),
        _drawn(_("Who answered"), answered, (_("Who answered, lower end"), _("Who answered, upper end")), 1, on),
        Column(_("Who answered, adjusted p"), tuple(e.p_adjusted for e in answered)),
        Column(_("Share before, %"), tuple(_percent(part.share_before) if part else None for part in parts)),
        Column(_("Share now, %"), tuple(_percent(part.share_now) if part else None for part in parts)),
        Column(_("Score before"), tuple(part.score_before if part else None for part in parts)),
        Column(_("Score now"), tuple(part.score_now if part else None for part in parts)),
        *_questions(found, len(rows), on),
        *base_columns(said, on.language),
    )


def _drawn(header: str, estimates: Sequence[Estimate], ends: tuple[str, str], panel: int, on: Canvas) -> Column:
    verdicts = [e.verdict for e in estimates]
    return Column(
        header, numbers_of(estimates, on.language), Form(2, signed=True), ends, place="always", strong=True,
        drawn=Drawn("bar", tones=tuple(map(verdict_tone, verdicts)), panel=panel), tones=tuple(map(ink_tone, verdicts)),
    )  # fmt: skip


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _questions(found: ChangeSplit, rows: int, on: Canvas) -> tuple[Column, ...]:
    """What other questions do to the two scores, in the row of all together, so that the parts add up; no column where there are none."""
    _ = translator(on.language)
    if found.questions is None:
        return ()
    rest = (None,) * (rows - 1)
    return (
        Column(_("Other questions"), (found.questions.value, *rest)),
        Column(_("All in all"), (found.total.value, *rest)),
    )
