"""The headline: the same sentence on the page and on the command line, with the change and the lead where there are any."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from analysis.results.sentences import headline, plain_text
from answers.compare import WITH_EARLIER
from answers.compared import CompareOptions
from answers.index import INDEX, TREND, IndexOptions, TrendOptions
from answers.kept import Kept
from answers.question import Question
from answers.records import record
from answers.source import StoreSource
from answers.topic import answer
from settings import Settings
from storage.store import Store
from tests.charts.made_results import estimate
from tests.stores import small_store
from words.language import Language
from words.lengths import is_short

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
    assert f", base {value.n:,})" in told
    assert ", from Q1 2026 down " in told
    assert "; leading " in told
    assert record(found, "en")["settings"]["answer"] == told  # type: ignore[index]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_headline_names_what_the_change_came_through_and_stays_short(source: StoreSource, language: Language) -> None:
    asked = Question("compare", "telecom_csi", CompareOptions("previous"), ("2026Q2",), OURS)
    change = answer(WITH_EARLIER, asked, source).result.last
    assert change is not None
    causes = [source.schema.title_of(code, language) for code in change.main_causes("csi")]
    assert causes
    parts = answer(INDEX, Question("index", "telecom_csi", IndexOptions(), ("2026Q2",), OURS), source).sentence(language)
    assert is_short(plain_text(parts), language)
    assert any(part.tone == "worse" and causes[0] in part.text for part in parts)


def test_names_too_long_for_the_sentence_are_left_out(source: StoreSource) -> None:
    schema = source.schema
    index, change = estimate(76.8), estimate(-1.3, verdict="lower", p_adjusted=0.0001)
    titled = {code: schema.title_of(code, "en") for code in ("C11", "C12")}
    told = plain_text(headline(index, schema, "en", change=change, compared_with="Q1 2026", causes=list(titled)))
    assert all(name in told for name in titled.values())
    wordy = plain_text(headline(index, schema, "en", change=change, compared_with="a " * 12 + "wave", causes=list(titled)))
    assert titled["C11"] in wordy
    assert titled["C12"] not in wordy
    longer = plain_text(headline(index, schema, "en", change=change, compared_with="a " * 40 + "wave", causes=list(titled)))
    assert "mainly" not in longer


def test_no_change_is_said_as_chance_and_a_small_one_as_small(source: StoreSource) -> None:
    for p_adjusted, words in ((0.4, "told from chance"), (0.001, "certain but small")):
        change = estimate(-0.3, verdict="unclear", p_adjusted=p_adjusted)
        assert words in plain_text(headline(estimate(76.8), source.schema, "en", change=change, compared_with="Q1 2026", causes=["C11"]))


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


def test_the_trend_tells_the_latest_wave_as_the_index_does_without_causes_and_lead(source: StoreSource) -> None:
    question = Question("trend", "telecom_csi", TrendOptions(), source.labels, OURS)
    told = plain_text(answer(TREND, question, source).sentence("en"))
    assert told == index(source, where=OURS).split(", mainly through")[0] + "."
    shares = Question("trend", "telecom_csi", TrendOptions(share="satisfied"), source.labels, OURS, codes=("C11",))
    assert answer(TREND, shares, source).sentence("en") == ()
