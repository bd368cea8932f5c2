"""The first section of *Measurement*: reliability of every set of questions, then the questions of one set."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from analysis.measurement.measurement_levels import are_related, kmo_level
from analysis.measurement.reliability import Reliability
from analysis.results.sentences import p_equals_text
from answers.measurement import SetReliability
from charts.measurement.measurement_rows import item_rows, reliability_rows
from pages._shared.parts.pick import pick
from pages._shared.parts.say import say
from pages._shared.parts.show_chart import show_chart
from pages._shared.selection.choices import Chosen
from pages._shared.session.words import _, language, number, said


def show_reliability(chosen: Chosen, sets: Sequence[SetReliability]) -> None:
    """The chart of all sets, and the item analysis of the one picked."""
    named = {one.of.code: one.of.title.text(language()) for one in sets}
    results = {one.of.code: one.found for one in sets}
    show_chart(partial(reliability_rows, [(named[code], result) for code, result in results.items()]), chosen.schema, "reliability")
    able = [code for code, result in results.items() if result.alpha is not None]
    if not able:
        return
    code = pick(_("Question set"), able, "measurement_set", named.__getitem__)
    show_chart(partial(item_rows, results[code], name=named[code]), chosen.schema, "items")
    say(adequacy_sentence(results[code]), "small")


def adequacy_sentence(found: Reliability) -> str:
    """KMO, Bartlett's test and who is left out, in words."""
    parts = []
    if found.kmo is not None:
        parts.append(_("Sampling adequacy KMO {kmo}: {verdict}.").format(kmo=number(found.kmo, 2), verdict=_kmo_word(found.kmo)))
    if found.bartlett_chi2 is not None and found.bartlett_p is not None:
        related = _("the questions are related") if are_related(found) else _("the questions may be unrelated")
        chance = p_equals_text(found.bartlett_p, language())
        bartlett = _("Bartlett's test χ² {chi2} on {df} degrees of freedom, {p}: {verdict}.")
        parts.append(bartlett.format(chi2=number(found.bartlett_chi2, 1), df=found.bartlett_df, p=chance, verdict=related))
    if found.dropped:
        left_out = _("{dropped} respondents who left a question of the set unanswered are left out; {n} remain.")
        parts.append(left_out.format(dropped=number(found.dropped, 0), n=number(found.n, 0)))
    return " ".join(parts) or (said(found.reason) if found.reason else "")


def _kmo_word(kmo: float) -> str:
    words = {
        "unsuitable": _("not suitable for factors"), "mediocre": _("mediocre"), "good": _("good"), "very good": _("very good"),
    }  # fmt: skip
    return words[kmo_level(kmo)]
