"""The profile of one branch: each indicator against the rest, the best branch and the target."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.compare.compare_groups import other_side
from analysis.results.estimates import Estimate, Result
from charts.kit.description.columns import base_columns, design_columns, question_columns
from charts.kit.description.description import Description
from charts.kit.description.numbers import INK, MUTED, Form, Tone, ink_tone, numbers_of, verdict_tone
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from charts.kit.words import left_out, on_questions, verdict_word
from words.language import translator

_SIGNED = Form(signed=True)


def profile_bars(
    scores: Result,
    against_rest: Result,
    on: Canvas,
    place: str,
    *,
    role: str = "branch",
    to_best: Result | None = None,
    to_target: Result | None = None,
    first: str = "",
) -> Chart:
    """One row an indicator of ``place``: its dot and interval, a bar where the rest stands, a diamond at the best, a flag at the target.

    The indicator that is looked at stands ``first``, the others below it in the order of the tree.

    ``scores`` holds points by role and code; ``against_rest`` the difference from the rest, ``to_best`` and ``to_target`` the
    gaps (own minus best, own minus target). A hidden score or difference is not drawn and not in the table.
    """
    _ = translator(on.language)
    codes = sorted(on.schema.indicator_codes(), key=lambda code: code != first)
    asked = [e for code in codes if (e := scores.find(code, **{role: place})) is not None]
    rows = [e for e in asked if e.value is not None]
    names = [on.title(e.code) for e in rows]
    rest, best, target = ([_gap(result, e, role, place) for e in rows] for result in (against_rest, to_best, to_target))
    name = on.value(role, place)
    described = Description(
        title=_("Profile of {name}").format(name=name),
        caption=" ".join(
            [
                _("Dot and bar: {name} and its interval; upright line: the rest.").format(name=name),
                *([_("Diamond: the best.")] if any(best) else []),
                *([_("Triangle: the target.")] if any(target) else []),
                *([_("Against the rest: intervals widened for the number of comparisons like the verdict.")] if _widened(rest) else []),
                *([_("Hollow dot: small base, read with care.")] if any(e.marked for e in rows) else []),
                *on_questions(rows, names, on.language),
                *left_out(asked, on.language),
            ]
        ),
        body=Rows(_("Indicator"), names_of_rows(names), _columns(rows, rest, best, target, on), strong_names=False),
    )
    return draw(described, on)


def _columns(
    rows: Sequence[Estimate],
    rest: Sequence[Estimate | None],
    best: Sequence[Estimate | None],
    target: Sequence[Estimate | None],
    on: Canvas,
) -> tuple[Column, ...]:
    _ = translator(on.language)
    verdicts = [gap.verdict if gap else None for gap in rest]
    inks = tuple(map(ink_tone, verdicts))
    return (
        Column(
            _("Value"), numbers_of(rows, on.language), ends=(_("Lower end"), _("Upper end")), place="always", head="", strong=True,
            drawn=Drawn("dot", tones=tuple(map(verdict_tone, verdicts))),
        ),
        _mark(_("rest"), rows, rest, Drawn("tick", "reference", (INK,), named=True)),
        _mark(_("best"), rows, best, Drawn("diamond", "best", (MUTED,), named=True)),
        _mark(_("target"), rows, target, Drawn("flag", "target", (Tone("competitor"),), named=True)),
        Column(
            _("Difference from the rest"), numbers_of(rest, on.language), _SIGNED, place="wide", head=_("Against the rest"), tones=inks
        ),
        Column(
            _("Against the rest"), tuple(verdict_word(verdict, on.language) for verdict in verdicts), place="wide", tones=inks, head="",
            reads="verdict",
        ),
        Column(_("Adjusted p"), tuple(gap.p_adjusted if gap else None for gap in rest)),
        *base_columns(rows, on.language),
        *(
            Column(header, numbers_of(gaps, on.language), _SIGNED, place="wide")
            for header, gaps in ((_("To the best"), best), (_("To the target"), target))
            if any(gaps)
        ),
        *question_columns(rows, on.language),
        *design_columns(rows, on.language),
    )  # fmt: skip


def _widened(gaps: Sequence[Estimate | None]) -> bool:
    return any(gap is not None and gap.widened for gap in gaps)


def _mark(name: str, rows: Sequence[Estimate], gaps: Sequence[Estimate | None], drawn: Drawn) -> Column:
    """Where the other side of each gap stands; the table says how far away it is."""
    return Column(name, tuple(other_side(e, gap) for e, gap in zip(rows, gaps, strict=True)), drawn=drawn, in_table=False)


def _gap(result: Result | None, e: Estimate, role: str, place: str) -> Estimate | None:
    gap = result.find(e.code, **{role: place}) if result is not None else None
    return gap if gap is not None and gap.value is not None else None
