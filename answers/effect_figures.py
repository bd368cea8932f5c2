"""The figures of an effect check as flat records, the words for them, and what to mind beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.effects.difference_in_differences import ENOUGH_BRANCHES, EffectCheck
from analysis.effects.levels import Levels
from analysis.effects.promise import PromiseCheck
from analysis.effects.sentence import Wording
from analysis.effects.target import Better, TargetCheck
from analysis.results.estimates import Estimate, Result
from analysis.results.provenance import Fact, Provenance
from answers.charted_figures import FIGURES
from answers.complaint_figures import WITHOUT_CUSTOMERS
from answers.control_chart_figures import better_of, decimals_for, title_of
from answers.effect_question import BRANCH, EffectOptions
from answers.figure_words import VERDICT_WORDS
from answers.flat import collected
from answers.provenance import ValueName
from answers.topic import Asked
from survey_schema.answer_shares import SHARES
from survey_schema.columns import Role
from words.language import Language, Message, message
from words.lists import Listed
from words.periods import Period, WaveName

LEVEL_METHOD = message("Before and after: means of the periods, with the chance of their samples, or of months around their level.")
EFFECT_WORDS = {
    "effect": message("effect"),
    "own": message("change where something was done"),
    "others": message("change of the untouched"),
    "clustered": message("effect, errors clustered by branch"),
    "placebo": message("placebo: the same before the measure"),
    "level_before": message("level before"),
    "level_after": message("level since"),
    "change": message("change, of the treated branches together"),
    "target": message("level since, against the target"),
    "way_gone": message("share of the way from baseline to target (1: all)"),
    "promised": message("promised"),
    "achieved": message("achieved"),
    "achieved_minus_promised": message("achieved less promised"),
    "branch_change": message("change of the branch"),
    "path": message("figure of the period"),
    "treated": message("treated"),
    "untouched": message("untouched"),
    **VERDICT_WORDS,
}


@dataclass(frozen=True)
class Effect:
    """The check against untouched branches, and the level before and after of the treated together; ``per`` of a rate, else 1.

    Where they were asked for: the effect with errors clustered by branch, the target, the promise.
    """

    check: EffectCheck
    levels: Levels
    per: float
    clustered: Estimate | None = None
    target: TargetCheck | None = None
    promise: PromiseCheck | None = None


def better_in(asked: Asked[EffectOptions]) -> Better:
    """The good direction; more of a KPI of which the survey says none."""
    return better_of(asked) or "higher"


def wording(asked: Asked[EffectOptions], found: Effect, language: Language) -> Wording:
    """How the figure is told."""
    of, check = asked.options.of, found.check
    names = () if asked.options.everywhere else tuple(asked.schema.value_title(BRANCH, code, language) for code in check.treated)
    levels = [each.value for each in (found.levels.before, found.levels.after) if each.value is not None]
    beside = bool(FIGURES[of].kinds)
    return Wording(
        title_of(asked, found.per, language),
        language,
        names,
        "plain" if beside else "percent" if of in SHARES and of != "nps" else "points",
        decimals_for(levels) if beside else 1,
        better_in(asked),
    )


def effect_figures(asked: Asked[EffectOptions], found: Effect) -> Result:
    """Effect, both changes it is the difference of, the placebo; levels and change, target and promise; every branch; either side."""
    check = found.check
    estimates = [check.difference.effect, check.difference.own, check.difference.others]
    if check.placebo is not None:
        estimates.append(check.placebo.effect._replace(keys={"figure": "placebo"}))
    estimates += [found.clustered] if found.clustered is not None else []
    estimates += [found.levels.before, found.levels.after, found.levels.change]
    if found.target is not None:
        estimates += [found.target.level, found.target.way]
    if found.promise is not None:
        estimates += [found.promise.promised, found.promise.achieved, found.promise.difference]
    estimates += [each._replace(keys={"figure": "branch_change", **each.keys}) for each in check.branches]
    estimates += [each._replace(keys={"figure": "path", **each.keys}) for each in check.paths]
    return collected(estimates, _how(asked, check), spread=check.difference.spread, left_out=check.left_out)


def _how(asked: Asked[EffectOptions], found: EffectCheck) -> Provenance:
    told = (
        ("before", found.before, str(Role.WAVE), message("Waves before")),
        ("after", found.after, str(Role.WAVE), message("Waves after")),
        ("treated", found.treated, BRANCH, message("Branches treated")),
        ("untouched", found.untouched, BRANCH, message("Branches compared with")),
    )
    facts = tuple(
        Fact(code, values, title, Listed([ValueName(asked.schema, column, value) for value in values]))
        for code, values, column, title in told
    )
    told_effect = found.difference.effect.value is not None
    return Provenance(found.method if told_effect else LEVEL_METHOD, asked.thresholds, facts=facts)


def effect_remarks(asked: Asked[EffectOptions], found: Effect, language: Language) -> Sequence[Message]:
    """How far to trust it: few branches, who is left out, no placebo, months that resemble each other, a baseline the data do not have."""
    check, told = found.check, found.check.difference.effect.value is not None
    remarks: list[Message] = _of_branches(asked, check, language, told=told)
    placebo = check.placebo.effect if check.placebo is not None else None
    if told and placebo is not None and placebo.verdict == "unclear":
        size = wording(asked, found, language).size(placebo)
        remarks.append(message("Placebo: the same comparison among the periods before gives {size}, which chance explains.", size=size))
    if told and found.clustered is not None:
        remarks.append(
            message("Errors clustered by branch are far too small where few branches were treated; what is judged by is the effect.")
        )
    if told:
        remarks.append(message("This assumes that without the measure the treated branches would have moved as the others did."))
    else:
        remarks.append(message("What else happened meanwhile is in a change too; an untouched branch would tell it apart."))
    if between := _between(asked, check):
        remarks.append(message("Neither before nor after, so left out: {periods}.", periods=Listed([WaveName(each) for each in between])))
    if FIGURES[asked.options.of].kinds:
        remarks.append(message("Months are taken as independent of each other; season and trend are not taken out of a change."))
    if asked.options.of == "complaints" and found.per == 1:
        remarks.append(WITHOUT_CUSTOMERS)
    if asked.options.of == "kpi" and better_of(asked) is None:
        remarks.append(message("The survey does not say which direction of this KPI is good; more is taken as better."))
    if found.target is not None and found.target.apart:
        how = wording(asked, found, language)
        remarks.append(
            message(
                "The baseline that was named, {baseline}, is not what the data have before: {level}.",
                baseline=how.level(found.target.baseline or 0.0), level=how.level(found.levels.before.value or 0.0),
            )
        )  # fmt: skip
    if found.promise is not None and not found.promise.of_effect:
        remarks.append(message("What was promised is set against a change, since there is no effect to be told."))
    return remarks


def _between(asked: Asked[EffectOptions], check: EffectCheck) -> list[str]:
    """The periods between the last before and the first after: the measure began during them."""
    kinds = FIGURES[asked.options.of].kinds
    there = sorted({each.label for kind in kinds for each in asked.source.deliveries(kind)} if kinds else asked.source.labels)
    dated = [(label, period) for label in there if (period := Period.parse(label)) is not None]
    last, first = Period.parse(check.before[-1]), Period.parse(check.after[0])
    return [label for label, period in dated if last and first and last.ends <= period.begins < first.begins]


def _of_branches(asked: Asked[EffectOptions], check: EffectCheck, language: Language, *, told: bool) -> list[Message]:
    remarks = []
    if told and check.difference.effect.marked:
        remarks.append(
            message(
                "Fewer than {count} branches: whether they would have moved alike cannot be judged well, so intervals are wide.",
                count=ENOUGH_BRANCHES,
            )
        )
    if check.left_out:
        names = tuple(asked.schema.value_title(BRANCH, code, language) for code in check.left_out)
        remarks.append(message("Left out, since they have no figure in some wave: {names}.", names=Listed(names)))
    if told and check.placebo is None:
        remarks.append(message("With one wave before it cannot be seen whether the branches moved alike before."))
    return remarks
