"""KPIs: are targets met, and do the objective index and customers say the same of the branches?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.kpis.monthly_values import KpiFigure, MissedTargets, index_definitions, mean_figures, monthly_figures, targets_missed
from analysis.kpis.objective_index import BRANCH, METHOD, PERIOD, TwoIndices, beside_the_survey, objective_index
from analysis.kpis.sentence import targets_sentence, two_indices_sentence
from analysis.results.estimates import Estimate, Result
from analysis.results.provenance import Fact, Provenance
from analysis.results.sentences import Segment, plain_text
from answers.flat import collected
from answers.index import INDEX, IndexOptions
from answers.kpi_chapters import KPI_CHAPTERS
from answers.kpi_data import (
    covers,
    customers_fact,
    definitions,
    kpi_order,
    kpi_values,
    our_customers,
    refuse_unknown,
    settled_kpis,
    waves_beside,
)
from answers.periods import latest_wave_with
from answers.question import NoOptions
from answers.topic import Asked, Topic
from survey_schema.columns import Role
from survey_schema.data_kinds.kpis import KPIS as KIND
from words.language import Language, Message, message
from words.lists import Listed
from words.periods import WaveName

#: What a comparison of the two indices is called in records.
VERDICTS = {"better by KPIs": "better_by_kpis", "better by customers": "better_by_customers", "unclear": "unclear"}
NO_DEFINITIONS = message(
    "The survey sets target and limit for none of these KPIs, so there is no objective index; its description takes them under “kpis”."
)
NO_WAVE = message("No wave of the survey is of these months, so there is nothing to set the objective index against.")


@dataclass(frozen=True)
class Kpis:
    """Every KPI by month and branch, its mean over the months, and the two indices of the branches.

    ``objective`` is None where no KPI has target and limit; ``both`` has every branch with either index. ``order`` are the KPIs as they
    are listed, ``months`` those the objective index is of, ``waves`` those of the survey beside it.
    """

    monthly: tuple[KpiFigure, ...]
    means: tuple[KpiFigure, ...]
    objective: Result | None
    both: tuple[TwoIndices, ...]
    order: tuple[str, ...]
    months: tuple[str, ...]
    waves: tuple[str, ...]

    @property
    def missed(self) -> tuple[MissedTargets, ...]:
        """How often each KPI with a target missed it, most often first."""
        return targets_missed(self.monthly)


def _compute(asked: Asked[NoOptions]) -> Kpis:
    """Raises ManyiError for a KPI or branch without a value. Branches are compared with all, so a selection is cut at the end."""
    values = asked.summed(KIND.code, kpi_values)
    refuse_unknown(asked, values)
    wanted = asked.where.get(Role.BRANCH)
    order = tuple(code for code in kpi_order(asked.schema, values) if asked.codes is None or code in asked.codes)
    shown = values[values["kpi"].isin(order) & ((values[BRANCH] == wanted) if wanted else True)]
    known = definitions(asked.schema)
    place = {code: number for number, code in enumerate(order)}
    monthly, means = (
        tuple(sorted(found, key=lambda each: place[each.kpi])) for found in (monthly_figures(shown, known), mean_figures(shown, known))
    )
    months = tuple(month for month in asked.waves if not asked.reads or any(covers(wave, month) for wave in asked.reads))
    described = index_definitions(asked.schema.kpis)
    if not described or asked.codes is not None:
        return Kpis(monthly, means, None, (), order, months, asked.reads)
    objective = objective_index(values[values[PERIOD].isin(months)], described, thresholds=asked.thresholds)
    both = beside_the_survey(objective, _survey(asked))
    if wanted is not None:
        both = tuple(entry for entry in both if entry.branch == wanted)
    return Kpis(monthly, means, objective, both, order, months, asked.reads)


def _survey(asked: Asked[NoOptions]) -> Sequence[Estimate]:
    """The satisfaction index of every branch over the waves beside the months, on the questions all were asked."""
    if not any(asked.source.values(wave).get(Role.BRANCH) for wave in asked.reads):
        return ()
    found = asked.ask(
        INDEX, options=IndexOptions(common=True), waves=asked.reads, by=(str(Role.BRANCH),), where=our_customers(asked),
        codes=(asked.schema.tree.code,),
    )  # fmt: skip
    return [entry for entry in found.estimates if entry.keys.get(BRANCH) is not None]


def _figures(asked: Asked[NoOptions], found: Kpis) -> Result:
    """The two indices of each branch and their distances from the mean of the branches, how often targets were missed, then means over the
    months, then the months."""
    estimates = [row for entry in found.both for row in _two(entry)]
    estimates += [
        Estimate({"figure": "targets_missed"}, each.kpi, float(each.missed), n=each.judged, n_eff=float(each.judged))
        for each in found.missed
    ]
    estimates += [row for each in found.means for row in _of_kpi(each, "mean")]
    estimates += [row for each in found.monthly for row in _of_kpi(each, "value")]
    limits = replace(asked.thresholds, marked_below=2, hidden_below=0)  # months, not customers: nothing is hidden
    how = Provenance(METHOD, limits, facts=_facts(asked, found))
    return collected(estimates, how)


def _facts(asked: Asked[NoOptions], found: Kpis) -> tuple[Fact, ...]:
    kpis = definitions(asked.schema)
    described = {
        code: {"direction": kpi.direction, "target": kpi.target, "limit": kpi.limit, "weight": kpi.weight}
        for code in found.order
        if (kpi := kpis.get(code))
    }
    facts = [Fact("definitions", described)]
    if found.objective is not None:
        facts += [
            Fact(
                "index_months", found.months, message("Months of the objective index"), Listed([WaveName(month) for month in found.months])
            ),
            Fact("survey_waves", found.waves, message("Waves of the survey beside it"), Listed([WaveName(wave) for wave in found.waves])),
            customers_fact(asked),
        ]
    return tuple(facts)


def _two(entry: TwoIndices) -> list[Estimate]:
    verdict = VERDICTS.get(entry.verdict or "")
    rows = []
    for figure, index, distance in (
        ("objective", entry.objective, entry.objective_distance), ("survey", entry.survey, entry.survey_distance)
    ):  # fmt: skip
        if index is None:
            continue
        plain = index._replace(keys={"figure": f"{figure}_index", BRANCH: entry.branch}, rank=None, letters=None, verdict=None, note=None)
        rows.append(plain)
        if distance is not None and index.value is not None:
            rows.append(distance_of(plain, distance)._replace(keys={"figure": f"{figure}_distance", BRANCH: entry.branch}, verdict=verdict))
    return rows


def distance_of(index: Estimate, distance: float) -> Estimate:
    """An index as its distance from the mean of the branches, the mean taken as known."""
    centre = (index.value or 0.0) - distance
    low, high = (None if end is None else end - centre for end in (index.low, index.high))
    return index._replace(value=distance, low=low, high=high)


def _of_kpi(each: KpiFigure, figure: str) -> list[Estimate]:
    keys = {"figure": figure, "month": each.month, BRANCH: each.branch}
    verdict = None if each.met is None else "met" if each.met else "missed"
    n, base = each.months, float(each.months)
    rows = [Estimate(keys, each.kpi, each.value, n=n, n_eff=base, verdict=verdict)]
    if each.score is not None:
        rows.append(Estimate({**keys, "figure": f"{figure}_score"}, each.kpi, each.score, n=n, n_eff=base))
    if figure == "mean" and each.months_met is not None:
        rows.append(Estimate({**keys, "figure": "months_met"}, each.kpi, float(each.months_met), n=n, n_eff=base))
    return rows


def _sentence(asked: Asked[NoOptions], found: Kpis, language: Language) -> Sequence[Segment]:
    def title(code: str) -> str:
        return asked.schema.title_of(code, language)

    def branch(name: str) -> str:
        return asked.schema.value_title(Role.BRANCH, name, language)

    told = targets_sentence(found.monthly, language, title)
    if not any(entry.verdict for entry in found.both):
        return told
    gap = Segment("" if language == "zh_CN" else " ")
    return [*told, gap, *two_indices_sentence(found.both, language, branch, short=True)]


def _remarks(asked: Asked[NoOptions], found: Kpis, language: Language) -> Sequence[str | Message]:
    def branch(name: str) -> str:
        return asked.schema.value_title(Role.BRANCH, name, language)

    if asked.codes is not None:
        return ()
    if found.objective is None:
        return (NO_DEFINITIONS,)
    told: list[str | Message] = [] if found.waves else [NO_WAVE]
    if any(entry.verdict for entry in found.both):
        base = message(
            "Both intervals are over {months} months of KPIs and {waves} waves of the survey.",
            months=len(found.months), waves=len(found.waves),
        )  # fmt: skip
        told += [plain_text(two_indices_sentence(found.both, language, branch)), base]
    left_out = sorted({entry.branch for entry in found.both if entry.objective is not None and entry.objective.questions is not None})
    if left_out:
        names = Listed([branch(name) for name in left_out])
        told.append(message("KPIs that a branch never reported are left out of its objective index: {names}.", names=names))
    return told


KPIS = Topic(
    name="kpis",
    compute=_compute,
    figures=_figures,
    sentence=_sentence,
    remarks=_remarks,
    settle=settled_kpis,
    reads=waves_beside,
    waves="deliveries",
    opens_on=latest_wave_with(KIND.code),
    ours=False,
    takes=frozenset({"where", "codes"}),
    kinds=(KIND.code,),
    groups=(str(Role.BRANCH),),
    figure_words={
        "objective_index": message("objective index"),
        "survey_index": message("index of the survey"),
        "objective_distance": message("objective index, distance from the mean of the branches"),
        "survey_distance": message("index of the survey, distance from the mean of the branches"),
        "targets_missed": message("monthly values of the branches that missed the target"),
        "mean": message("mean of the months"),
        "mean_score": message("mean score of the months (0–100)"),
        "months_met": message("months with the target met"),
        "value": message("value of the month"),
        "value_score": message("score of the month (0–100)"),
    },
    chapters=KPI_CHAPTERS,
)
TOPICS = {KPIS.name: KPIS}
