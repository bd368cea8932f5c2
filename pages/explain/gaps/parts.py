"""The charts of one gap: by dimension, by service, by branch, and over the waves."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from analysis.gaps.gap_result import Gap, GapAnalysis, GapKind
from analysis.gaps.sentence import name_of, spots_of, weak_spot_sentence
from answers.gap_sides import GapOptions
from answers.gaps import GAPS_TOPIC, ServiceGaps
from charts.gaps.gap_rows import GapRow, gap_rows
from pages._shared.parts.cards import card
from pages._shared.parts.pick import pick
from pages._shared.parts.say import say_list
from pages._shared.parts.show_chart import show_chart
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask
from pages._shared.session.words import _, language
from survey_schema.columns import Role
from words.periods import wave_text


def show_dimensions(here: Chosen, found: ServiceGaps, kind: GapKind) -> None:
    """The tornado of dimensions; nothing where the survey has none or the gap is of none."""
    gaps = _of(found, kind)
    dimensions = [gap for gap in gaps.gaps if gap.gap.code not in gaps.items and gap.gap.code != gaps.survey.tree.code]
    if dimensions:
        _show(here, found, kind, dimensions, _("By dimension"), _("Dimension"), "gap_dimensions")


def show_weak_spots(found: ServiceGaps, kind: GapKind) -> None:
    """A sentence for each service that falls short, the widest gap first."""
    gaps = _of(found, kind)
    told = [weak_spot_sentence(gaps, gap, language()) for gap in spots_of(gaps)]
    if told:
        with card(_("Weak spots"), "", key="weak_spots"):
            say_list(told)


def show_services(here: Chosen, found: ServiceGaps, kind: GapKind) -> None:
    """Every service, or every promise."""
    gaps = _of(found, kind)
    promises = kind == "communication"
    title, header = (_("By promise"), _("Promise")) if promises else (_("By service"), _("Service"))
    _show(here, found, kind, [gap for gap in gaps.gaps if gap.gap.code in gaps.items], title, header, "gap_services")


def show_branches(here: Chosen, kind: GapKind) -> None:
    """One service or indicator in each branch; nothing where there is one branch only, or the selection is of one."""
    if Role.BRANCH in here.where or here.schema.column_for(Role.BRANCH) is None:
        return
    found = ask(GAPS_TOPIC, here, GapOptions((kind,)), by=[Role.BRANCH]).result
    gaps = _of(found, kind)
    if gaps.reason is not None or len({gap.gap.keys[Role.BRANCH] for gap in gaps.gaps}) < 2:
        return
    codes = list(dict.fromkeys(gap.gap.code for gap in gaps.gaps))
    code = pick(_("Branches compared by"), codes, "gap_code", lambda each: name_of(gaps, each, language()))
    chosen = [gap for gap in gaps.gaps if gap.gap.code == code]
    title = _("{what} by branch").format(what=name_of(gaps, code, language()))
    rows = [GapRow(here.title(Role.BRANCH, gap.gap.keys[Role.BRANCH] or ""), gap, found.change(kind, code, gap.gap.keys)) for gap in chosen]
    draw = partial(gap_rows, rows, found=gaps, title=title, name_header=_("Branch"), before=_before(found))
    show_chart(draw, here.schema, "gap_branches")


def show_waves(here: Chosen, kind: GapKind) -> None:
    """The whole over the waves; nothing where there is one wave only, or a gap that has no whole."""
    found = ask(GAPS_TOPIC, here, GapOptions((kind,)), by=[Role.WAVE], waves=here.waves).result
    gaps = _of(found, kind)
    whole = [gap for gap in gaps.gaps if gap.gap.code == gaps.survey.tree.code]
    if len(whole) < 2:
        return
    rows = [GapRow(wave_text(gap.gap.keys[Role.WAVE] or "", language()), gap) for gap in whole]
    title = _("{what} over the waves").format(what=name_of(gaps, gaps.survey.tree.code, language()))
    show_chart(partial(gap_rows, rows, found=gaps, title=title, name_header=_("Wave"), ordered=False), here.schema, "gap_waves")


def _show(here: Chosen, found: ServiceGaps, kind: GapKind, gaps: Iterable[Gap], title: str, header: str, key: str) -> None:
    of = _of(found, kind)
    rows = [GapRow(name_of(of, gap.gap.code, language()), gap, found.change(kind, gap.gap.code, gap.gap.keys)) for gap in gaps]
    draw = partial(gap_rows, rows, found=of, title=title, name_header=header, before=_before(found))
    show_chart(draw, here.schema, key)


def _before(found: ServiceGaps) -> str:
    return wave_text(found.before, language()) if found.before else ""


def _of(found: ServiceGaps, kind: GapKind) -> GapAnalysis:
    """The gap of that kind, which was asked for."""
    return next(each for each in found.analyses if each.kind == kind)
