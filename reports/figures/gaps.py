"""Figures of service gaps: by dimension, by service, by branch and over the waves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import cast

from analysis.gaps.gap_result import Gap, GapAnalysis, GapKind
from analysis.gaps.sentence import gap_sentence, name_of
from answers.gap_sides import GapOptions
from answers.gaps import GAPS_TOPIC, ServiceGaps
from answers.topic import Answered
from charts.gaps.gap_rows import GapRow, gap_rows
from charts.kit.layout import Canvas, Chart
from reports.figures.figure import Choices, Drawn, Figure, nothing_to_draw
from reports.figures.scoped_ask import ScopedAsk
from survey_schema.columns import Role
from words.language import message, translator
from words.periods import wave_text

Asked = Answered[GapOptions, ServiceGaps]
_KIND = frozenset({"kind"})


def gap_of(found: ServiceGaps, kind: GapKind) -> GapAnalysis:
    """The gap of that kind, which was asked for."""
    return next(each for each in found.analyses if each.kind == kind)


def dimensions(ask: ScopedAsk, choices: Choices) -> Drawn:
    """The gap of every dimension; ``kind`` (usually the last that is known)."""
    asked, kind = _asked(ask, choices)
    gaps = gap_of(asked.result, kind)
    shown = [gap for gap in gaps.gaps if gap.gap.code not in gaps.items and gap.gap.code != gaps.survey.tree.code]

    def words(on: Canvas) -> tuple[str, str]:
        _ = translator(on.language)
        return _("By dimension"), _("Dimension")

    return _drawn(asked, kind, shown, words)


def services(ask: ScopedAsk, choices: Choices) -> Drawn:
    """The gap of every service, or of every promise."""
    asked, kind = _asked(ask, choices)
    gaps = gap_of(asked.result, kind)

    def words(on: Canvas) -> tuple[str, str]:
        _ = translator(on.language)
        return (_("By promise"), _("Promise")) if kind == "communication" else (_("By service"), _("Service"))

    return _drawn(asked, kind, [gap for gap in gaps.gaps if gap.gap.code in gaps.items], words)


def asked_by(ask: ScopedAsk, choices: Choices, role: Role) -> tuple[Asked, GapKind, GapAnalysis]:
    """The gap of a kind by branch or by wave."""
    kind = _kind(ask, choices)
    waves = ask.source.labels if role is Role.WAVE else None
    asked = ask(GAPS_TOPIC, GapOptions((kind,)), by=[role], waves=waves)
    return asked, kind, gap_of(asked.result, kind)


def branches(ask: ScopedAsk, choices: Choices) -> Drawn:
    """One service or indicator, ``code`` (usually the whole), in each branch."""
    asked, kind, gaps = asked_by(ask, choices, Role.BRANCH)
    codes = list(dict.fromkeys(gap.gap.code for gap in gaps.gaps))
    code = choices.get("code") or next(iter(codes), None)
    chosen = [gap for gap in gaps.gaps if gap.gap.code == code]
    if gaps.reason is not None or code is None or not chosen:
        raise nothing_to_draw(gaps.reason)

    def draw(on: Canvas) -> Chart:
        _ = translator(on.language)
        rows = [
            GapRow(on.value(Role.BRANCH, gap.gap.keys[Role.BRANCH] or ""), gap, asked.result.change(kind, str(code), gap.gap.keys))
            for gap in chosen
        ]
        title = _("{what} by branch").format(what=name_of(gaps, str(code), on.language))
        return gap_rows(rows, on, found=gaps, title=title, name_header=_("Branch"), before=_before(asked.result, on))

    return Drawn(draw, (asked,), asked.sentence)


def waves(ask: ScopedAsk, choices: Choices) -> Drawn:
    """The whole over the waves."""
    asked, _gap, gaps = asked_by(ask, choices, Role.WAVE)
    code = gaps.survey.tree.code
    whole = [gap for gap in gaps.gaps if gap.gap.code == code]
    if len(whole) < 2:
        raise nothing_to_draw(gaps.reason or message("There is no earlier wave."))

    def draw(on: Canvas) -> Chart:
        _ = translator(on.language)
        rows = [GapRow(wave_text(gap.gap.keys[Role.WAVE] or "", on.language), gap) for gap in whole]
        title = _("{what} over the waves").format(what=name_of(gaps, code, on.language))
        return gap_rows(rows, on, found=gaps, title=title, name_header=_("Wave"), ordered=False)

    return Drawn(draw, (asked,), asked.sentence)


def _asked(ask: ScopedAsk, choices: Choices) -> tuple[Asked, GapKind]:
    return ask(GAPS_TOPIC), _kind(ask, choices)


def _kind(ask: ScopedAsk, choices: Choices) -> GapKind:
    known = [each.kind for each in ask(GAPS_TOPIC).result.known]
    kind = choices.get("kind") or next(reversed(known), None)
    if kind not in known:
        raise nothing_to_draw(message("The data for this service gap are not there."))
    return cast(GapKind, kind)


def _drawn(asked: Asked, kind: GapKind, gaps: Sequence[Gap], words: Callable[[Canvas], tuple[str, str]]) -> Drawn:
    of = gap_of(asked.result, kind)
    if not gaps:
        raise nothing_to_draw(of.reason)

    def draw(on: Canvas) -> Chart:
        title, header = words(on)
        rows = [GapRow(name_of(of, gap.gap.code, on.language), gap, asked.result.change(kind, gap.gap.code, gap.gap.keys)) for gap in gaps]
        return gap_rows(rows, on, found=of, title=title, name_header=header, before=_before(asked.result, on))

    return Drawn(draw, (asked,), partial(gap_sentence, of))  # the answer's own sentence is of the gap closest to the customer


def _before(found: ServiceGaps, on: Canvas) -> str:
    return wave_text(found.before, on.language) if found.before else ""


DIMENSIONS = Figure("gap-dimensions", message("Service gap by dimension"), ("gaps",), dimensions, _KIND)
SERVICES = Figure("gap-services", message("Service gap by service"), ("gaps",), services, _KIND)
BRANCHES = Figure("gap-branches", message("Service gap by branch"), ("gaps",), branches, _KIND | {"code"})
WAVES = Figure("gap-waves", message("Service gap over the waves"), ("gaps",), waves, _KIND)
FIGURES = (DIMENSIONS, SERVICES, BRANCHES, WAVES)
