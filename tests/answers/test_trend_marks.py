"""Where a line over the waves breaks, and what happened meanwhile: found from the store, told beside the figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from answers.index import TREND
from answers.kept import Kept
from answers.question import Question
from answers.source import StoreSource
from answers.topic import answer
from answers.trend_marks import breaks_of, events_of, method_breaks
from settings import Settings
from storage.annotating import add_annotation
from storage.store import Store
from survey_schema.loading import parse_schema, schema_hash
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.findings import Findings
from tests.stores import uneven_store
from tests.stores.made_survey import SURVEY
from tests.stores.uneven_store import WAVES
from words.language import Message

EVENTS = ((date(2026, 2, 1), "new hotline", None), (date(2026, 5, 2), "hall closed", "a"), (date(2020, 1, 1), "old", None))
RULES = Settings().rules
_MODES = """columns:
  - code: mode
    role: attribute
    title: {zh_CN: 调查方式, en: Mode}
    choices:
      - {code: phone, title: {zh_CN: 电话, en: Phone}}
      - {code: web, title: {zh_CN: 网上, en: Online}}
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreSource]:
    """Three waves: the second under a new version, the third partly online and weighted; two annotations."""
    first = parse_schema(SURVEY.replace("columns:\n", _MODES), "small.yaml")
    later = first.model_copy(update={"version": first.version + 1})
    table = uneven_store.table(later)
    modes = ["web" if wave == WAVES[2] and row % 2 else "phone" for row, wave in enumerate(table["wave"].to_pylist())]
    table = table.append_column("mode", pa.array(modes))
    store = Store(tmp_path_factory.mktemp("marks") / "data")
    for wave, schema in zip(WAVES, (first, later, later), strict=True):
        rows = table.filter(pc.equal(table["wave"], wave))
        made = CheckedWorkbook(f"{wave}.xlsx", wave, "small", "Sheet1", Findings((), {}), (), rows, None, len(rows))
        store.commit(made, schema, "test")
    last = next(each for each in store.waves("small") if each.label == WAVES[2])
    store.weightings.save(last.wave_id, "by branch", np.resize([0.5, 1.5], last.n), recipe={}, report={}, by="test")
    for day, text, branch in EVENTS:
        add_annotation(store, later, {"date": day, "text": text, "branch": branch, "phase_start": "no"}, "test")
    yield StoreSource(store, "small", schema_hash(later), RULES, Kept())
    store.close()


def kinds(breaks: object) -> dict[str, list[str]]:
    return {each.now: list(each.reasons) for each in breaks}  # type: ignore[attr-defined]


def test_a_new_version_other_weights_and_another_mode_break_every_line(source: StoreSource) -> None:
    found = method_breaks(source, WAVES, "right")
    assert kinds(found) == {WAVES[1]: ["version"], WAVES[2]: ["weighting", "mode"]}
    assert found[1].reasons["mode"].text("en") == "answers collected another way (Phone → Phone, Online)"
    assert method_breaks(source, WAVES[:1], "right") == ()


def test_other_questions_break_the_line_of_what_they_make(source: StoreSource) -> None:
    trend = answer(TREND, Question("trend", "small", options=TREND.options(), codes=("index", "right")), source)
    assert kinds(breaks_of(source, WAVES, trend.result, "index")) == {
        WAVES[1]: ["version", "questions"], WAVES[2]: ["weighting", "mode", "questions"],
    }  # fmt: skip
    assert kinds(breaks_of(source, WAVES, trend.result, "right")) == kinds(method_breaks(source, WAVES, "right"))


def test_a_scale_breaks_the_line_of_its_question_and_what_it_is_part_of(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("scales") / "data"
    uneven_store.fill_two_scales(folder)
    store = Store(folder)
    waves = tuple(wave.label for wave in store.waves("small"))
    source = StoreSource(store, "small", store.waves("small")[-1].schema_hash, RULES, Kept())
    assert kinds(method_breaks(source, waves, "index")) == {waves[1]: ["scale"]}
    assert method_breaks(source, waves, "right") == ()
    store.close()


def test_events_lie_within_the_waves_and_a_branch_has_its_own_and_those_of_all(source: StoreSource) -> None:
    def texts(branch: str | None) -> list[str]:
        return [each.text for each in events_of(source, WAVES, ["index"], branch)]

    assert texts(None) == texts("a") == ["new hotline", "hall closed"]
    assert texts("b") == ["new hotline"]


def test_the_command_line_and_json_say_both(source: StoreSource) -> None:
    trend = answer(TREND, Question("trend", "small", options=TREND.options(), codes=("right",)), source)
    told = " ".join(trend.remarks("en"))
    assert "Break before Q2 2026: another weighting (weights were made for it), answers collected another way" in told
    assert "2026-02-01 new hotline" in told
    facts = {fact.code: fact for fact in trend.provenance.facts}
    assert facts["breaks"].value == {WAVES[1]: ["version"], WAVES[2]: ["weighting", "mode"]}
    assert [each["text"] for each in facts["events"].value] == ["new hotline", "hall closed"]  # type: ignore[index, attr-defined]
    assert isinstance(facts["events"].title, Message)
