"""Scores of KPIs, the objective index and its interval, and where it disagrees with the survey."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.kpis.definitions import KpiDefinition
from analysis.kpis.monthly_values import mean_figures
from analysis.kpis.objective_index import beside_the_survey, objective_index
from analysis.kpis.sentence import two_indices_sentence
from analysis.results.estimates import Estimate, Result
from analysis.results.provenance import Provenance
from analysis.results.sentences import plain_text
from words.errors import ManyiError
from words.language import message

ANSWER = KpiDefinition("answer rate", "higher", 95, 75, 3)
REPAIR = KpiDefinition("repair hours", "lower", 12, 36, 1)


def _values(rows: list[tuple[str, str, str, float | None]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["period", "branch", "kpi", "value"])


def test_scores_run_from_limit_to_target_and_stay_within() -> None:
    assert ANSWER.score(np.array([70, 75, 85, 95, 99, np.nan])).tolist()[:5] == [0, 0, 50, 100, 100]
    assert REPAIR.score(np.array([48.0, 36, 24, 12, 6])).tolist() == [0, 0, 50, 100, 100]


def test_index_is_the_weighted_mean_of_complete_months() -> None:
    values = _values(
        [
            ("2026-01", "north", "answer rate", 85), ("2026-01", "north", "repair hours", 12),
            ("2026-02", "north", "answer rate", 95), ("2026-02", "north", "repair hours", 36),
            ("2026-03", "north", "answer rate", 95), ("2026-03", "north", "repair hours", None),
            ("2026-01", "north", "not defined", 1),
        ]
    )  # fmt: skip
    (north,) = objective_index(values, [ANSWER, REPAIR]).estimates
    months = [(3 * 50 + 100) / 4, 75.0]
    assert (north.value, north.n, north.questions) == (pytest.approx(np.mean(months)), 2, None)
    assert north.se == pytest.approx(np.std(months, ddof=1) / np.sqrt(2))


def test_kpis_never_reported_are_left_out_and_too_few_give_no_index() -> None:
    (answer,) = objective_index(_values([("2026-01", "a", "answer rate", 85)]), [ANSWER, REPAIR]).estimates
    assert (answer.value, answer.low, answer.marked) == (50.0, None, True)
    assert answer.questions is not None
    assert (answer.questions.asked, answer.questions.of) == (frozenset({"answer rate"}), 2)
    (repair,) = objective_index(_values([("2026-01", "a", "repair hours", 20)]), [ANSWER, REPAIR]).estimates
    assert (repair.value, repair.reason) == (None, message("KPIs with less than half of the weight are reported."))
    never = _values([("2026-01", "a", "answer rate", 85), ("2026-02", "a", "repair hours", 20)])
    assert objective_index(never, [ANSWER, REPAIR]).estimates[0].reason is not None
    assert objective_index(_values([]), [ANSWER]).estimates == ()


def test_a_number_no_upload_would_be_taken_with_is_no_value() -> None:
    values = _values([("2026-01", "a", "answer rate", 85), ("2026-02", "a", "answer rate", 1e308), ("2026-03", "a", "answer rate", 1e308)])
    (answer,) = objective_index(values, [ANSWER]).estimates
    assert (answer.value, answer.n) == (50.0, 1)
    (mean,) = mean_figures(values, {})
    assert (mean.value, mean.months) == (85.0, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: KpiDefinition("x", "higher", 70, 80),
        lambda: KpiDefinition("x", "lower", 36, 36),
        lambda: KpiDefinition("x", "up", 1, 0),  # type: ignore[arg-type]
        lambda: KpiDefinition("x", "higher", 1, 0, 0),
        lambda: objective_index(_values([]), []),
        lambda: objective_index(_values([]), [ANSWER, ANSWER]),
        lambda: objective_index(_values([("2026-01", "a", "answer rate", 1), ("2026-01", "a", "answer rate", 2)]), [ANSWER]),
    ],
)
def test_definitions_and_values_that_do_not_fit_are_refused(wrong: object) -> None:
    with pytest.raises(ManyiError, match="KPI"):
        wrong()  # type: ignore[operator]


def _index(code: str, **values: float | None) -> list[Estimate]:
    return [
        Estimate({"branch": name}, code, None, reason=message("hidden"))
        if value is None
        else Estimate({"branch": name}, code, value, 1.0, value - 2, value + 2, 12, 12.0)
        for name, value in values.items()
    ]


def test_branches_disagree_where_the_distances_from_the_mean_do_not_meet() -> None:
    objective = Result(tuple(_index("objective", a=95, b=90, c=90, d=85, e=99)), Provenance(message("m")))
    survey = _index("index", a=70, b=75, c=76, d=79, e=None, f=80)
    found = {entry.branch: entry for entry in beside_the_survey(objective, survey)}
    assert {name: entry.verdict for name, entry in found.items()} == {
        "a": "better by KPIs", "b": "unclear", "c": "unclear", "d": "better by customers", "e": None, "f": None,
    }  # fmt: skip
    assert (found["a"].objective_distance, found["a"].survey_distance) == (5.0, -5.0)
    assert found["f"].objective is None
    text = plain_text(two_indices_sentence(tuple(found.values()), "en", str))
    assert text == "Better by KPIs than by their customers: a. Better by their customers than by KPIs: d."


def test_a_level_that_differs_everywhere_is_no_disagreement() -> None:
    objective = Result(tuple(_index("objective", a=95, b=93)), Provenance(message("m")))
    found = beside_the_survey(objective, _index("index", a=72, b=71))
    assert [entry.verdict for entry in found] == ["unclear", "unclear"]
    assert "alike" in plain_text(two_indices_sentence(found, "en", str))
    alone = beside_the_survey(objective, _index("index", a=72))
    assert {entry.verdict for entry in alone} == {None}
    assert "No branch" in plain_text(two_indices_sentence(alone, "en", str))


def test_intervals_of_the_objective_index_cover() -> None:
    rng = np.random.default_rng(3307)
    covered, rounds = 0, 300
    for _round in range(rounds):
        months = [f"2026-{month:02d}" for month in range(1, 13)]
        rows = [(month, "a", "answer rate", rng.normal(85, 3)) for month in months]
        rows += [(month, "a", "repair hours", rng.normal(24, 3)) for month in months]
        (found,) = objective_index(_values(rows), [ANSWER, REPAIR]).estimates
        covered += (found.low or 0) <= 50 <= (found.high or 0)
    assert 0.92 <= covered / rounds <= 0.98
