"""Service gaps by one door: what was planted is found, what is missing is named, what cannot be asked is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.gaps.gap_result import Gap, GapKind
from analysis.results.sentences import plain_text
from answers.gap_sides import GAPS, GapOptions
from answers.gaps import GAPS_TOPIC, ServiceGaps, sentences_below
from answers.kept import Kept
from answers.question import Question
from answers.source import StoreSource
from answers.topic import Answered, answer
from settings import Settings
from storage.records import Scope
from storage.store import Store
from tests.stores import gap_store, inspected_store
from tests.stores.gap_store import SURVEY
from tests.stores.kind_sheets import check_sheets
from words.errors import ManyiError

Found = Answered[GapOptions, ServiceGaps]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreSource]:
    folder = tmp_path_factory.mktemp("gaps") / "data"
    gap_store.fill(folder)
    yield from _source(folder)


def _source(folder: Path, scope: Scope | None = None) -> Iterator[StoreSource]:
    store = Store(folder)
    hashed = store.waves(SURVEY.name)[-1].schema_hash
    yield StoreSource(store, SURVEY.name, hashed, Settings(data=folder).rules, Kept(), scope or Scope())
    store.close()


def _ask(source: StoreSource, options: GapOptions | None = None, **asked: tuple[object, ...]) -> Found:
    return answer(GAPS_TOPIC, Question("gaps", SURVEY.name, options or GapOptions(), **asked), source)  # type: ignore[arg-type]


def _gap(found: Found, kind: GapKind, code: str, **keys: str) -> Gap:
    analysis = found.result.of(kind)
    assert analysis is not None
    gap = analysis.find(code, **keys)
    assert gap is not None, (kind, code)
    return gap


def test_what_was_planted_falls_short_in_every_gap(source: StoreSource) -> None:
    found = _ask(source)
    assert [each.kind for each in found.result.known] == list(GAPS)
    for code in ("P05", "P06", "P07", "P08", "P09"):
        assert _gap(found, "service", code).falls_short
        assert _gap(found, "understanding", code).falls_short
    assert _gap(found, "delivery", "P05").gap.value == pytest.approx(80 - 100 * sum(6 - visit % 3 for visit in range(8)) / 80)
    late, early = (_gap(found, "communication", code) for code in ("修障", "复机"))
    assert (late.plus.value, late.falls_short, early.falls_short) == (24.0, True, False)
    figures = {(each.keys["figure"], each.code): each for each in found.figures.estimates}
    for kind in GAPS:
        gap, plus, minus = (figures[f"{kind}_{side}", "修障" if kind == "communication" else "P05"] for side in ("gap", "plus", "minus"))
        assert gap.value == pytest.approx((plus.value or 0) - (minus.value or 0))
        assert plus.p is None
    assert len(found.remarks("zh_CN")) == len(set(found.remarks("zh_CN"))) > 10


def test_beliefs_are_those_of_the_role_and_delivery_may_be_what_staff_say(source: StoreSource) -> None:
    managers, front = (_ask(source, GapOptions(("understanding",), role=role)) for role in ("manager", "front_line"))
    assert (_gap(managers, "understanding", "P05").gap.value or 0) > (_gap(front, "understanding", "P05").gap.value or 0) + 10
    said = _gap(_ask(source, GapOptions(("delivery",), delivered="staff")), "delivery", "P05")
    assert said.minus.n == 36


def test_stated_importance_may_weigh_services(source: StoreSource) -> None:
    given, stated = (_gap(_ask(source, GapOptions(("service",), weights)), "service", "csi") for weights in ("survey", "importance"))  # type: ignore[arg-type]
    assert (stated.gap.value or 0) < (given.gap.value or 0) - 0.5, "reliability is most important, and lowest"


def test_waves_are_compared_and_a_change_is_that_of_the_gap(source: StoreSource) -> None:
    found = _ask(source, GapOptions(("service", "standards", "delivery")), waves=("2026Q2",))
    change = found.result.change("service", "P05", {})
    both = _ask(source, GapOptions(("service", "delivery", "understanding")), waves=gap_store.WAVES, by=("wave",))
    now, before = (_gap(both, "service", "P05", wave=wave).gap for wave in reversed(gap_store.WAVES))
    assert found.result.before == "2026Q1"
    assert change is not None
    assert change.value == pytest.approx((now.value or 0) - (before.value or 0))
    assert change.se == pytest.approx(((now.se or 0) ** 2 + (before.se or 0) ** 2) ** 0.5)
    assert both.result.before is None
    assert {gap.gap.keys["wave"] for gap in both.result.of("delivery").gaps} == set(gap_store.WAVES)  # type: ignore[union-attr]
    assert {gap.gap.keys["wave"] for gap in both.result.of("understanding").gaps} == {"2026Q2"}  # type: ignore[union-attr]


def test_a_branch_has_its_own_standard_staff_and_visits(source: StoreSource) -> None:
    by_branch = _ask(source, by=("branch",), waves=("2026Q2",))
    only = _ask(source, waves=("2026Q2",), where=(("branch", "lanzhou"),))
    for kind, code in (("standards", "P05"), ("delivery", "P05"), ("understanding", "P05"), ("communication", "修障"), ("service", "P05")):
        one, other = _gap(by_branch, kind, code, branch="lanzhou"), _gap(only, kind, code)  # type: ignore[arg-type]
        assert one.gap.value == pytest.approx(other.gap.value), kind
        assert one.gap.se == pytest.approx(other.gap.se), kind
    assert _gap(only, "standards", "P05").minus.value == 100.0
    assert _gap(by_branch, "service", "csi", branch=gap_store.TINY).gap.value is None


def test_a_missing_sheet_hides_its_gaps_and_is_named(tmp_path: Path) -> None:
    gap_store.fill(tmp_path / "data", "员工问卷", "服务标准", "投诉工单")
    for source in _source(tmp_path / "data"):
        found = _ask(source)
        assert [each.kind for each in found.result.known] == ["service"]
        assert found.result.missing == ("staff", "standards", "complaints")
        refused = {str(each.keys["figure"]) for each in found.figures.estimates if each.reason is not None and each.n == 0}
        assert refused >= {"understanding_gap", "standards_gap", "delivery_gap", "communication_gap"}
        assert "员工问卷" in " ".join(found.remarks("zh_CN"))
        assert "cli.py template" in found.remarks("zh_CN")[-1]


def test_the_answer_speaks_of_the_codes_and_groups_that_are_shown(source: StoreSource) -> None:
    whole = _ask(source, by=("branch",), waves=("2026Q2",))
    one = _ask(source, by=("branch",), waves=("2026Q2",), codes=("P05",))
    assert "1 of 1 services fall short" in plain_text(one.sentence("en")), "the other branches are hidden"
    assert {each.code for each in one.figures.estimates} == {"P05"}
    kept = [each for each in whole.figures.estimates if each.code == "P05"]
    assert [each.p_adjusted for each in one.figures.estimates] == [each.p_adjusted for each in kept], "adjusted over all"
    hidden = _ask(source, waves=("2026Q2",), where=(("branch", gap_store.TINY),), codes=("P05",))
    assert "nothing can be tested" in plain_text(hidden.sentence("en"))
    assert not [told for told in hidden.remarks("en") if "fall short" in told]


def test_the_answer_is_one_sentence_and_the_other_gaps_stand_below(source: StoreSource) -> None:
    found = _ask(source)
    assert plain_text(found.sentence("en")).startswith("7 of 22 services fall short of what customers expect, most of all ")
    below = [plain_text(sentence) for sentence in sentences_below(found.result, "en")]
    assert [told.partition(":")[0] for told in below] == ["All services together", *(f"Gap {n} ({kind})" for n, kind in (
        (4, "communication"), (3, "delivery"), (2, "standards"), (1, "understanding")
    ))]  # fmt: skip
    assert list(found.remarks("en")[: len(below)]) == below


def test_a_wave_without_visits_or_staff_says_what_there_is(source: StoreSource) -> None:
    found = _ask(source, GapOptions(("understanding", "communication")), waves=("2026Q1",))
    reasons = [each.reason.text("en") for each in found.result.analyses if each.reason]
    assert [reason.partition(" has nothing for ")[2] for reason in reasons] == ["Q1 2026; it has Q2 2026.", "Q1 2026; it has 2026-05."]


def test_rivals_and_columns_sheets_do_not_have_get_a_reason(source: StoreSource) -> None:
    for asked in ({"where": (("operator", "unicom"),)}, {"by": ("operator",)}, {"by": ("business_line",)}):
        found = _ask(source, GapOptions(("understanding",)), **asked)
        assert found.result.known == ()


@pytest.mark.parametrize(("options", "asked"), [(GapOptions(("nothing",)), {}), (GapOptions(), {"codes": ("Z9",)})])  # type: ignore[arg-type]
def test_what_is_not_there_is_refused(source: StoreSource, options: GapOptions, asked: dict[str, tuple[object, ...]]) -> None:
    with pytest.raises(ManyiError):
        _ask(source, options, **asked)


def test_a_user_who_sees_one_branch_has_its_figures_only(source: StoreSource, tmp_path: Path) -> None:
    gap_store.fill(tmp_path / "data")
    whole = _ask(source, waves=("2026Q2",), where=(("branch", "lanzhou"),))
    for narrowed in _source(tmp_path / "data", Scope({"branch": frozenset({"lanzhou"})})):
        seen = _ask(narrowed, waves=("2026Q2",))
        for kind, code in (("service", "P05"), ("delivery", "P05"), ("understanding", "P05"), ("communication", "修障")):
            assert _gap(seen, kind, code).gap.value == pytest.approx(_gap(whole, kind, code).gap.value), kind  # type: ignore[arg-type]


def test_a_survey_without_gap_items_has_its_items_set_against_standards_and_visits(tmp_path: Path) -> None:
    schema, item = inspected_store.SURVEY, "C21"
    store = Store(tmp_path / "data")
    visits = [inspected_store.visits()[0], *([*row[:4], item, *row[5:]] for row in inspected_store.visits()[1::7])]
    store.commit(inspected_store.sheets(), schema, "test")
    standards = check_sheets({"服务标准": [["指标", "标准值"], [item, 90]], "暗访检查": visits}, schema)
    store.commit(standards, schema, "test", replace=True, accept_fewer=True)
    found = answer(
        GAPS_TOPIC, Question("gaps", schema.name, GapOptions()),
        StoreSource(store, schema.name, store.waves(schema.name)[-1].schema_hash, Settings(data=tmp_path / "data").rules, Kept()),
    )  # fmt: skip
    store.close()
    assert [each.kind for each in found.result.known] == ["delivery"]
    assert _gap(found, "delivery", item).plus.value == 90.0


def test_a_branch_that_no_wave_has_is_refused(source: StoreSource) -> None:
    with pytest.raises(ManyiError, match="nowhere"):
        _ask(source, where=(("branch", "nowhere"),))
