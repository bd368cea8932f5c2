"""The charts of one gap: by dimension, by service, by branch, and over the waves."""

from __future__ import annotations

from analysis.gaps.gap_result import GapKind
from analysis.gaps.sentence import name_of, spots_of, weak_spot_sentence
from answers.gaps import ServiceGaps
from pages._shared.parts.cards import card
from pages._shared.parts.pick import pick
from pages._shared.parts.say import say_list
from pages._shared.parts.show_figure import show_figure
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import scoped
from pages._shared.session.shown_here import note_words
from pages._shared.session.words import _, language
from reports.figures.gaps import BRANCHES, DIMENSIONS, WAVES, asked_by, gap_of
from reports.print.printed_page import Phrase
from survey_schema.columns import Role


def show_dimensions(here: Chosen, found: ServiceGaps, kind: GapKind) -> None:
    """The tornado of dimensions; nothing where the survey has none or the gap is of none."""
    gaps = gap_of(found, kind)
    if any(gap.gap.code not in gaps.items and gap.gap.code != gaps.survey.tree.code for gap in gaps.gaps):
        show_figure(DIMENSIONS, here, "gap_dimensions", {"kind": kind})


def show_weak_spots(found: ServiceGaps, kind: GapKind) -> None:
    """A sentence for each service that falls short, the widest gap first."""
    gaps = gap_of(found, kind)
    told = [weak_spot_sentence(gaps, gap, language()) for gap in spots_of(gaps)]
    if told:
        note_words([Phrase(_("Weak spots"))], "part")
        with card(_("Weak spots"), "", key="weak_spots"):
            say_list(told)


def show_branches(here: Chosen, kind: GapKind) -> None:
    """One service or indicator in each branch; why not, where there is one branch only, or the selection is of one."""
    one = Role.BRANCH in here.where or here.schema.column_for(Role.BRANCH) is None
    gaps = None if one else asked_by(scoped(here), {"kind": kind}, Role.BRANCH)[2]
    if gaps is None or gaps.reason is not None or len({gap.gap.keys[Role.BRANCH] for gap in gaps.gaps}) < 2:
        show_missing(_("There is nothing to compare."), _("A selection of several branches brings the comparison."), "gap_branches")
        return
    codes = list(dict.fromkeys(gap.gap.code for gap in gaps.gaps))
    code = pick(_("Branches compared by"), codes, "gap_code", lambda each: name_of(gaps, each, language()))
    show_figure(BRANCHES, here, "gap_branches", {"kind": kind, "code": code})


def show_waves(here: Chosen, kind: GapKind) -> None:
    """The whole over the waves; why not, where there is one wave only, or a gap that has no whole."""
    gaps = asked_by(scoped(here), {"kind": kind}, Role.WAVE)[2]
    if sum(gap.gap.code == gaps.survey.tree.code for gap in gaps.gaps) > 1:
        show_figure(WAVES, here, "gap_waves", {"kind": kind})
    else:
        show_missing(_("There is nothing to compare."), _("Another wave that has this gap brings the comparison."), "gap_waves")
