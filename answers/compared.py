"""How each kind of comparison is computed, and what its figures are: groups, two of them, competitors, waves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.compare.compare_competitors import Duel, Duels, compare_competitors
from analysis.compare.compare_groups import PairOfGroups, compare_sides, compare_with_rest, gap_to_best, gap_to_target
from analysis.compare.compare_waves import GROUPS_METHOD, METHOD, WaveChange, WaveChanges, compare_waves, compare_waves_by_group
from analysis.compare.wave_order import previous_wave, year_before
from analysis.results.estimates import Estimate, Result
from analysis.results.gaps import Gaps
from analysis.results.provenance import Provenance, plain_facts
from analysis.sums.tallies import Tallies
from answers.question import Question, option
from answers.shares import SHARE_NAMES, in_place_of_scores
from answers.topic import Asked
from survey_schema.answer_shares import Share
from survey_schema.columns import Role
from words.language import message


@dataclass(frozen=True)
class CompareOptions:
    """``against``: the rest, the best, the targets, the competitors, an earlier wave, or a group by its code.

    ``share``: a share of the answers instead of scores. ``sides``: the scores of two groups beside their difference; competitors always
    have theirs.
    """

    against: str | None = option("--against", message("previous, year_before, rest, competitors, best, target, or a group."))
    share: Share | None = option(
        "--share", message("A share of the answers or the net promoter score instead of scores."), known=SHARE_NAMES, metavar="SHARE"
    )
    sides: bool = option("--sides", message("Against a group: the scores of both beside the difference."), default=False)


Compared = Asked[CompareOptions]


def in_points(asked: Compared) -> Tallies:
    """The sums of scores, or of the share asked for."""
    return in_place_of_scores(asked.tallies, asked.options.share)


def with_rest(asked: Compared) -> Result:
    """Each group minus all the others."""
    return compare_with_rest(
        in_points(asked), asked.schema, dimension=asked.by[0], where=asked.where, codes=asked.codes, thresholds=asked.thresholds
    )


def with_best(asked: Compared) -> Gaps:
    """Each group minus the best one."""
    return gap_to_best(
        in_points(asked), asked.schema, dimension=asked.by[0], where=asked.where, codes=asked.codes, thresholds=asked.thresholds
    )


def with_target(asked: Compared) -> Gaps:
    """Scores minus the targets of the survey."""
    return gap_to_target(asked.tallies, asked.schema, by=asked.by, where=asked.where, codes=asked.codes, thresholds=asked.thresholds)


def plain(_asked: Compared, found: Result) -> Result:
    """A result that is figures as it is."""
    return found


def gap_figures(_asked: Compared, found: Gaps) -> Gaps:
    """Differences, with what they are from among the facts."""
    known = {"against": found.against, "best": found.best, "targets": found.targets}
    return replace(found, provenance=found.provenance.plus(*plain_facts({name: value for name, value in known.items() if value})))


def with_group(asked: Compared) -> PairOfGroups:
    """The group that is selected minus the one it is set against."""
    column = asked.by[0]
    where = {name: value for name, value in asked.where.items() if name != column}
    return compare_sides(
        in_points(asked), asked.schema, asked.where[column], str(asked.options.against), dimension=column, where=where,
        codes=asked.codes, thresholds=asked.thresholds,
    )  # fmt: skip


def pair_figures(asked: Compared, found: PairOfGroups) -> Result:
    """The gaps; with ``sides`` the two scores before each of them, told apart by the key ``side``."""
    if not asked.options.sides:
        return gap_figures(asked, found.gaps)
    sides = zip(found.first, found.second, found.gaps.estimates, strict=True)
    named = (pair for three in sides for pair in zip(("first", "second", "gap"), three, strict=True))
    return replace(
        gap_figures(asked, found.gaps), estimates=tuple(entry._replace(keys={"side": name, **entry.keys}) for name, entry in named)
    )


def with_competitors(asked: Compared) -> Duels:
    """Ours against each competitor and brand by brand; the composite where there are customers."""
    return compare_competitors(
        in_points(asked), asked.schema, where=asked.where, codes=asked.codes, population=asked.population, thresholds=asked.thresholds
    )


def duel_figures(_asked: Compared, found: Duels) -> Result:
    """Ours, theirs and the gap, told apart by the key ``side``; ``part`` says whether operators, brands or composites are compared."""
    estimates = [side for duel in found.duels for side in _sides(duel, "brand" if duel.gap.keys.get("brand") else "operator")]
    estimates += [side for duel in found.composite for side in _sides(duel, "composite")]
    known = {"composite_reason": found.composite_reason, "customer_shares": found.shares}
    return Result(tuple(estimates), found.provenance.plus(*plain_facts(known)))


def _sides(duel: Duel, part: str) -> list[Estimate]:
    keys = {"part": part, "brand": duel.gap.keys.get("brand"), "competitor": duel.gap.keys.get("operator")}
    named = (("ours", duel.ours), ("theirs", duel.theirs), ("gap", duel.gap))
    return [estimate._replace(keys={**keys, "side": side}) for side, estimate in named]


def groups_of(question: Question[CompareOptions]) -> tuple[str, ...]:
    """The columns whose groups change, beside the wave."""
    return tuple(name for name in question.by if name != Role.WAVE)


def steps_of(question: Question[CompareOptions], labels: Sequence[str]) -> list[tuple[str, str]]:
    """(before, now) of the latest wave asked for; grouped by wave, of every one that has an earlier wave."""
    find = previous_wave if question.options.against == "previous" else year_before
    nows = question.waves if Role.WAVE in question.by else question.waves[-1:]
    return [(before, now) for now in nows if (before := find(labels, now)) is not None]


def one_change(asked: Compared) -> WaveChanges:
    """The change of the latest wave, of everybody or of each group; no step where it has no earlier wave."""
    groups, schema, where, codes = groups_of(asked.question), asked.schema, asked.where, asked.codes
    steps = []
    for before, now in steps_of(asked.question, asked.source.labels)[-1:]:
        tallies = in_points(asked)
        if groups:
            found = compare_waves_by_group(
                tallies, schema, now, before, dimension=groups[0], where=where, codes=codes, thresholds=asked.thresholds
            )
            steps.append(WaveChange(now, before, found, {}))
        else:
            steps.append(compare_waves(tallies, schema, now, before, where=where, codes=codes, thresholds=asked.thresholds))
    return WaveChanges(tuple(steps), Provenance(GROUPS_METHOD if groups else METHOD, asked.thresholds))


def change_figures(asked: Compared, found: WaveChanges) -> Result:
    """The differences of all steps; which waves were compared and what items contribute to the index are in the settings."""
    rows = gap_figures(asked, found.joined)
    told: dict[str, Mapping[str, object]] = {
        "contributions": {step.now: step.contributions for step in found.steps if step.contributions},
        "steps": {step.now: step.before for step in found.steps} if Role.WAVE in asked.by else {},
    }
    return replace(rows, provenance=rows.provenance.plus(*plain_facts({name: value for name, value in told.items() if value})))
