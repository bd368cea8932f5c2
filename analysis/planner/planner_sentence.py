"""The answer of the sample planner as one sentence: what the wish needs, and what this wave shows as it is."""

from __future__ import annotations

from collections.abc import Callable

from analysis.planner.sample_planner import Aim, GroupPlan, Plan, now_of
from analysis.results.sentences import Segment, at_a_glance
from survey_schema.columns import DIMENSIONS
from survey_schema.models import SurveySchema
from words.language import Language, number_text, translator
from words.lists import listed

#: Groups that need more named one by one where the sentence stays short, those that lack most first.
_MOST = 3


def planner_sentence(plan: Plan, schema: SurveySchema, language: Language) -> list[Segment]:
    """Which groups need more responses, how many in all, for whom no number suffices, and the least precise group now."""
    return at_a_glance(lambda most: _told(plan, schema, language, most), _MOST, language)


def _told(plan: Plan, schema: SurveySchema, language: Language, most: int) -> list[Segment]:
    _ = translator(language)
    short = sorted((group for group in plan.groups if group.more), key=lambda group: -(group.more or 0))
    planned = [group for group in plan.groups if group.needed is not None]
    segments = [Segment(aim_text(plan.aim, language))]
    if not planned:
        segments.append(Segment(_("no number of responses can be named"), "unclear"))
    elif plan.dimension is None:
        segments.append(_for_everybody(planned[0], language))
    elif short:
        names = listed([group_name(group, plan, schema, language) for group in short], language, most)
        more = _("more responses are needed for {names}, {more} in all").format(names=names, more=number_text(plan.more, 0, language))
        segments.append(Segment(more, "worse"))
    else:
        segments.append(Segment(_("all {count} groups have enough responses").format(count=len(planned)), "better"))
    never = sum(group.needed is None for group in plan.groups)
    if never and planned:
        segments.append(Segment(_("; for {count} no number can be named").format(count=never), "unclear"))
    widest = _worst(plan, lambda group: now_of(group, plan.aim))
    if widest is not None:
        segments += [Segment(_("; ")), _now_text(widest, plan, schema, language)]
    return [*segments, Segment(_("."))]


def aim_text(aim: Aim, language: Language) -> str:
    """The wish in words, as the beginning of a sentence."""
    _ = translator(language)
    size, power = number_text(aim.size, 1, language), number_text(100 * aim.power, 0, language)
    if aim.wish == "half_width":
        return _("For intervals of ±{size} points, ").format(size=size)
    if aim.wish == "rest":
        return _("To see a difference of {size} points from the rest in {power} % of cases, ").format(size=size, power=power)
    return _("To see a change of {size} points between two waves in {power} % of cases, ").format(size=size, power=power)


def group_name(group: GroupPlan, plan: Plan, schema: SurveySchema, language: Language) -> str:
    """Name of the group; everybody where there are no groups."""
    if plan.dimension is None:
        return translator(language)("everybody")
    value = group.keys.get(plan.dimension)
    return schema.value_title(plan.dimension, value, language) if plan.dimension in DIMENSIONS else str(value)


def _for_everybody(group: GroupPlan, language: Language) -> Segment:
    _ = translator(language)
    needed, n = number_text(group.needed or 0, 0, language), number_text(group.now.n, 0, language)
    if group.more:
        return Segment(_("{needed} responses are needed and there are {n}").format(needed=needed, n=n), "worse")
    return Segment(_("{needed} responses suffice and there are {n}").format(needed=needed, n=n), "better")


def _worst(plan: Plan, figure: Callable[[GroupPlan], float | None]) -> GroupPlan | None:
    known = [group for group in plan.groups if figure(group) is not None]
    return max(known, key=lambda group: figure(group) or 0.0, default=None)


def _now_text(group: GroupPlan, plan: Plan, schema: SurveySchema, language: Language) -> Segment:
    _ = translator(language)
    value = number_text(now_of(group, plan.aim) or 0.0, 1, language)
    if plan.dimension is None:
        text = _("now ±{value}") if plan.aim.wish == "half_width" else _("now differences of {value} points or more can be seen")
        return Segment(text.format(value=value))
    name = group_name(group, plan, schema, language)
    text = _("now the least precise is {name} (±{value})") if plan.aim.wish == "half_width" else _(
        "now {name} shows only {value} points or more"
    )  # fmt: skip
    return Segment(text.format(name=name, value=value))
