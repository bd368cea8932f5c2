"""Importance and performance by the one door: what is usual, where importance comes from, competitors, movements, what cannot be asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from answers.drivers import DRIVERS
from answers.importance_performance import IPA, ImportanceFound
from answers.importance_performance_options import IpaOptions, competitors, importances
from answers.kept import Kept
from answers.path_model import PATH_MODEL
from answers.question import Question
from answers.source import StoreSource
from answers.topic import Answered, answer
from settings import Settings
from storage.store import Store
from survey_schema.columns import Role
from survey_schema.loading import load_schema, schema_hash
from tests.stores.small_store import fill, workbook
from words.errors import ManyiError

SURVEY = load_schema("telecom_csi")
OURS = (("operator", "mobile"),)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> StoreSource:
    folder = tmp_path_factory.mktemp("ipa") / "data"
    fill(folder)
    return StoreSource(Store(folder), SURVEY.name, schema_hash(SURVEY), Settings().rules, Kept())


def ask(source: StoreSource, codes: tuple[str, ...] = (), waves: tuple[str, ...] = (), where: Any = OURS, **options: Any) -> Any:
    question = Question("ipa", SURVEY.name, IpaOptions(**options), waves, where, codes=codes)
    found: Answered[IpaOptions, ImportanceFound] = answer(IPA, question, source)
    return found


def figures(found: Any, figure: str) -> dict[str, float]:
    return {e.code: e.value for e in found.figures.estimates if e.keys["figure"] == figure}


def test_what_is_usual_is_derived_from_the_drivers_with_their_shares(source: StoreSource) -> None:
    found = ask(source)
    assert (found.question.options.importance, found.question.options.outcome) == ("derived", SURVEY.outcome)
    assert found.question.codes == tuple(SURVEY.drivers)
    drivers = answer(DRIVERS, Question("drivers", SURVEY.name, DRIVERS.options(), where=OURS), source).result
    assert figures(found, "importance") == pytest.approx({e.code: e.value for e in drivers.importance.lmg})
    assert figures(found, "performance") == pytest.approx({code: drivers.means[code] for code in SURVEY.drivers})
    ranks = [e.rank for e in found.figures.estimates if e.keys["figure"] == "priority"]
    ends = [figures(found, name) for name in ("first_rank", "last_rank")]
    assert {code: (ends[0][code], ends[1][code]) for code in ends[0]} == {point.code: point.ranks for point in found.result.map.points}
    notes = {e.code: e.note.text("en") if e.note else "" for e in found.figures.estimates if e.keys["figure"] == "priority"}
    assert {code for code, note in notes.items() if "May lie in" in note} == {p.code for p in found.result.map.points if not p.sure}
    assert {code for code, note in notes.items() if "rank from" in note} == {
        p.code for p in found.result.map.points if p.ranks[0] != p.ranks[1]
    }
    assert any(notes.values())
    assert ranks == list(range(1, len(SURVEY.drivers) + 1))


def test_effects_are_those_of_the_path_model_by_construct_or_question(source: StoreSource) -> None:
    model = answer(PATH_MODEL, Question("path-model", SURVEY.name, PATH_MODEL.options(), where=OURS), source).result.groups[0].found
    constructs, items = ask(source, importance="effects"), ask(source, importance="effects", level="items")
    assert figures(constructs, "importance") == pytest.approx({p.code: p.importance.value for p in model.importance_map})
    assert figures(items, "performance") == pytest.approx({p.code: p.performance.value for p in model.item_importance_map})
    few = tuple(figures(constructs, "importance"))[:2]
    assert set(figures(ask(source, few, importance="effects"), "importance")) == set(few)


def test_the_wave_before_makes_arrows_and_the_first_has_none(source: StoreSource) -> None:
    now, before = ask(source), ask(source, waves=("2026Q1",))
    assert now.result.before == "2026Q1"
    changes = figures(now, "performance_change")
    assert changes == pytest.approx(
        {code: value - figures(before, "performance")[code] for code, value in figures(now, "performance").items()}
    )
    assert figures(now, "performance_before") == pytest.approx(figures(before, "performance"))
    first = ask(source, waves=("2025Q2",))
    assert first.result.before is None
    assert figures(first, "performance_change") == {}


def test_other_questions_in_the_wave_before_tell_no_movement(tmp_path: Path) -> None:
    """One driver was not asked the wave before: no share can be compared; of path models' constructs all can."""
    checked = workbook(SURVEY)
    table = checked.responses
    assert table is not None
    then = np.asarray(table["wave"].to_pylist()) == "2026Q1"
    kept = pa.array(np.where(then, np.nan, table["P3"].to_numpy()), from_pandas=True)
    store = Store(tmp_path / "data")
    store.commit(replace(checked, responses=table.set_column(table.column_names.index("P3"), "P3", kept)), SURVEY, "test")
    changed = StoreSource(store, SURVEY.name, schema_hash(SURVEY), Settings().rules, Kept())
    found = ask(changed)
    assert found.result.movements == ()
    assert found.remarks("en")[-1].endswith("so no movement is told.")
    others = tuple(code for code in SURVEY.drivers if code != "P3")
    assert set(figures(ask(changed, others), "performance_change")) == set(others)
    assert ask(changed, importance="effects").result.movements


def test_a_competitor_is_one_of_our_customers_map(source: StoreSource) -> None:
    found = ask(source, where=(), competitor="中国联通", cross="competitor")
    assert found.question.selection == {"operator": "mobile"}
    assert found.question.options.competitor == "unicom"
    ours, theirs = figures(found, "performance"), figures(found, "theirs")
    assert figures(found, "lead") == pytest.approx({code: ours[code] - theirs[code] for code in ours})
    assert figures(found, "level") == pytest.approx(theirs)
    assert competitors(SURVEY) == [choice.code for choice in SURVEY.choices(Role.OPERATOR) if not choice.ours]


@pytest.mark.parametrize(
    ("options", "where"),
    [
        ({"importance": "stated"}, OURS),
        ({"cross": "competitor"}, OURS),
        ({"competitor": "mobile"}, OURS),
        ({"competitor": "nobody"}, OURS),
        ({"competitor": "unicom"}, (("operator", "telecom"),)),
        ({"importance": "effects", "competitor": "unicom"}, OURS),
        ({"importance": "effects", "model": "none"}, OURS),
        ({"cross": "target"}, OURS),
        ({"outcome": "nothing"}, OURS),
    ],
    ids=str,
)
def test_what_cannot_be_asked_is_a_sentence(source: StoreSource, options: dict[str, Any], where: Any) -> None:
    with pytest.raises(ManyiError):
        ask(source, where=where, **options)


def test_one_question_or_a_code_the_model_has_not_is_refused(source: StoreSource) -> None:
    for codes, options in ((("P1",), {}), (("P1",), {"importance": "effects"})):
        with pytest.raises(ManyiError):
            ask(source, codes, **options)


def test_a_survey_knows_where_its_importance_can_come_from(source: StoreSource) -> None:
    assert importances(SURVEY) == ("derived", "effects")
    assert importances(load_schema("servqual_telecom"))[0] == "stated"
    bare = SURVEY.model_copy(update={"outcome": None, "path_models": [], "gap_items": []})
    assert "derived" not in importances(bare)
