"""The pair of Pareto charts before and after, by the one door."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis.inference.poisson_rates import compare_rates
from answers.kept import Kept
from answers.pareto import PARETO, ParetoOptions, Paretos
from answers.question import Question
from answers.source import StoreSource
from answers.topic import Answered, answer
from settings import Settings
from storage.store import Store
from survey_schema.loading import load_schema, schema_hash
from tests.stores.complaint_store import HEADER, fill, tickets
from words.errors import ManyiError

SCHEMA = load_schema("telecom_csi")
MONTHS = ((2026, 3), (2026, 4), (2026, 5))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("pair") / "data"
    fill(folder, MONTHS)
    return Store(folder)


def ask(store: Store, waves: tuple[str, ...] = (), **options: Any) -> Answered[ParetoOptions, Paretos]:
    source = StoreSource(store, SCHEMA.name, schema_hash(SCHEMA), Settings().rules, Kept())
    return answer(PARETO, Question("pareto", SCHEMA.name, ParetoOptions(**options), waves=waves), source)


def counted(*months: tuple[int, int]) -> Counter[object]:
    return Counter(row[HEADER.index("投诉原因")] for row in tickets(months)[1:])


def test_each_cause_is_compared_by_its_number_a_month(store: Store) -> None:
    found = ask(store, ("2026-05",), before="2026Q1", then="branch")
    before, after = counted((2026, 3)), counted((2026, 5))
    pair = found.result.pair
    assert pair is not None
    assert (pair.before.base, pair.after.base) == (before.total(), after.total())
    records = {(each.keys["figure"], each.keys.get("cause"), each.keys.get("branch")): each for each in found.figures.estimates}
    for change in pair.causes:
        name = str(change.cause)
        expected = compare_rates(change.after, 1, change.before, 1, 0.95)
        ratio = records["ratio", name, None]
        assert (ratio.value, ratio.low, ratio.high, ratio.p) == (expected.ratio, expected.low, expected.high, expected.p)
        assert records["count_before", name, None].value == change.before
    assert sorted(change.before for change in pair.causes) == sorted(before.values())
    assert records["base_before", None, None].value == before.total()
    assert found.result.within, "the vital few are still told apart within"
    assert ask(store, ("2026-05",), then="branch").result.chart == found.result.chart


def test_the_periods_before_are_not_counted_after(store: Store) -> None:
    found = ask(store, before="2026-03")
    assert found.question.waves == ("2026-04", "2026-05")
    assert found.result.pair is not None
    assert found.result.pair.total.expected == 2 * counted((2026, 3)).total()
    figures = {each.keys["figure"]: each.value for each in found.figures.estimates if each.code == "base"}
    assert (figures["months_before"], figures["months_after"]) == (1, 2)


def test_after_is_what_comes_later(store: Store) -> None:
    assert ask(store, before="2026-04").question.waves == ("2026-05",)


@pytest.mark.parametrize(
    ("before", "waves", "told"), [("2026", (), "comes after"), ("2026-05", ("2026-04",), "comes after"), ("2020-01", (), "2026-03")]
)
def test_what_cannot_be_before(store: Store, before: str, waves: tuple[str, ...], told: str) -> None:
    with pytest.raises(ManyiError, match=told):
        ask(store, waves, before=before)


def test_the_command_line_prints_the_pair(manyi: Callable[..., Any], store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path / "data", MONTHS[1:])
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    found = manyi("estimate", "pareto", "--wave", "2026-05", "--before", "2026-04", "--json", "--lang", "en")
    assert found.code == 0, found.err
    assert {"base_before", "ratio", "expected"} <= {each["figure"] for each in found.json["estimates"]}
