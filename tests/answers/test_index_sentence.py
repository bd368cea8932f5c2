"""The headline: the same sentence on the page and on the command line, with the change and the lead where there are any."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from analysis.results.sentences import plain_text
from answers.index import INDEX, TREND, IndexOptions, TrendOptions
from answers.kept import Kept
from answers.question import Question
from answers.records import record
from answers.source import StoreSource
from answers.topic import answer
from settings import Settings
from storage.store import Store
from tests.stores import small_store

OURS = (("operator", "mobile"),)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreSource]:
    folder = tmp_path_factory.mktemp("sentence") / "data"
    small_store.fill(folder)
    store = Store(folder)
    yield StoreSource(store, "telecom_csi", store.waves("telecom_csi")[-1].schema_hash, Settings().rules, Kept())
    store.close()


def index(source: StoreSource, wave: str = "2026Q2", **asked: tuple[object, ...]) -> str:
    return plain_text(answer(INDEX, Question("index", "telecom_csi", IndexOptions(), (wave,), **asked), source).sentence("en"))  # type: ignore[arg-type]


def test_the_headline_has_value_change_and_lead(source: StoreSource) -> None:
    told = index(source, where=OURS)
    found = answer(INDEX, Question("index", "telecom_csi", IndexOptions(), ("2026Q2",), OURS), source)
    value = found.result.find("csi")
    assert value is not None
    assert f"{value.value:.1f} (±" in told
    assert ", from Q1 2026 down " in told
    assert "; leading " in told
    assert record(found, "en")["settings"]["answer"] == told  # type: ignore[index]


def test_the_first_wave_has_no_change_and_another_operator_no_lead(source: StoreSource) -> None:
    assert "from Q" not in index(source, "2025Q2", where=OURS)
    assert "leading" not in index(source, where=(("operator", "unicom"),))
    assert "leading" not in index(source, where=(*OURS, ("brand", "gotone")))


def test_one_indicator_is_told_with_its_change_and_without_a_lead(source: StoreSource) -> None:
    told = index(source, where=OURS, codes=("C1",))
    assert told.startswith(source.schema.title_of("C1", "en"))
    assert "Q1 2026" in told
    assert "leading" not in told


def test_groups_are_no_headline(source: StoreSource) -> None:
    assert index(source, where=OURS, by=("branch",)) == ""


def test_the_trend_tells_the_latest_wave_as_the_index_does_without_the_lead(source: StoreSource) -> None:
    question = Question("trend", "telecom_csi", TrendOptions(), source.labels, OURS)
    told = plain_text(answer(TREND, question, source).sentence("en"))
    assert told == index(source, where=OURS).split("; leading")[0] + "."
    shares = Question("trend", "telecom_csi", TrendOptions(share="satisfied"), source.labels, OURS, codes=("C11",))
    assert answer(TREND, shares, source).sentence("en") == ()
