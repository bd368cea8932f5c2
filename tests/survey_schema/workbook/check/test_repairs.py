"""Distinct unknown values are found once with their count, and one decision about each holds for every row of the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from survey_schema.loading import load_schema
from survey_schema.workbook.check.check_workbook import KnownContext, check_file
from survey_schema.workbook.inspect_workbook import Inspected, Inspection, inspect_here
from survey_schema.workbook.read.read_workbook import read_workbook
from survey_schema.workbook.repair.new_choices import with_new_choices
from survey_schema.workbook.repair.repair_file import read_repairs, repairs_from, repairs_text
from survey_schema.workbook.repair.repairs import MOST_REPAIRS, Decision, Repair, settled_repair, settled_repairs
from survey_schema.workbook.repair.unknown_values import MOST_LISTED, nearest_known
from tests.stores.workbook_files import write_rows
from tests.survey_schema.workbook.repair_cases import HEADER, rows_of, survey, workbook
from words.errors import ManyiError

OLD_TOWN = "兰州分公司老城区"
SCHEMA = survey()


def inspected(path: Path, *repairs: Repair, **more: object) -> Inspected:
    return inspect_here(read_workbook(path), Inspection(SCHEMA, repairs=repairs, **more))  # type: ignore[arg-type]


def branches(found: Inspected) -> dict[str | None, int]:
    assert found.checked.responses is not None
    names = found.checked.responses["branch"].to_pylist()
    return {name: names.count(name) for name in names}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return workbook(tmp_path / "w.xlsx", [OLD_TOWN] * 75 + ["兰州"] * 20 + ["新区"] * 5 + ["酒泉"] * 10, star="金星")


def test_every_distinct_value_is_one_line_with_its_count_cells_and_nearest(file: Path) -> None:
    unknown = inspected(file).checked.unknown
    assert [(each.scope, each.value, each.count, each.nearest, each.sure) for each in unknown.listed] == [
        ("star", "金星", 110, None, False),
        ("place", OLD_TOWN, 75, "lanzhou", True),
        ("place", "新区", 5, None, False),
    ]
    assert unknown.listed[1].cells == ("B2", "B3", "B4", "B5", "B6")
    assert branches(inspected(file)) == {"lanzhou": 20, "jiuquan": 10}


def test_a_decision_holds_for_the_whole_file(file: Path) -> None:
    same = Repair("place", OLD_TOWN, Decision.IS, "兰州")
    assert branches(inspected(file, same)) == {"lanzhou": 95, "jiuquan": 10}
    unclear = Repair("place", "新区", Decision.NOT_KNOWN)
    found = inspected(file, same, unclear)
    assert branches(found) == {"lanzhou": 95, "jiuquan": 10, None: 5}
    assert [each.scope for each in found.checked.unknown.listed] == ["star"]
    assert {step.code: step.count for step in found.checked.log}["names_told"] == 80


def test_what_is_remembered_gives_way_to_what_is_said_and_to_the_survey(file: Path) -> None:
    remembered = (Repair("place", OLD_TOWN, Decision.IS, "tianshui"), Repair("place", "新区", Decision.IS, "gone"))
    assert branches(inspected(file, remembered=remembered)) == {"tianshui": 75, "lanzhou": 20, "jiuquan": 10}
    now = Repair("place", f" {OLD_TOWN} ", Decision.IS, "lanzhou")
    assert branches(inspected(file, now, remembered=remembered)) == {"lanzhou": 95, "jiuquan": 10}


def test_a_new_branch_is_a_choice_of_the_survey_once(file: Path) -> None:
    new = Repair("place", "新区", Decision.NEW)
    widened = with_new_choices(SCHEMA, [new, new, Repair("star", "Gold Star", Decision.NEW), Repair("place", "兰州分公司", Decision.NEW)])
    assert widened.added == (("place", "新区"), ("star", "Gold Star"))
    place = next(column for column in widened.schema.columns if column.code == "place")
    star = next(column for column in widened.schema.columns if column.code == "star")
    assert [choice.code for choice in place.choices] == ["lanzhou", "tianshui", "jiuquan", "place_4"]
    assert star.choices[-1].code == "gold_star"
    assert with_new_choices(widened.schema, [new]).added == ()
    found = inspect_here(read_workbook(file), Inspection(widened.schema, repairs=(new,)))
    assert branches(found)["place_4"] == 5


def test_words_of_a_scale_are_repaired_by_grade(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "w.xlsx", [HEADER, *rows_of(["兰州"] * 30), ("2026Q1", "兰州", "一星", "非常非常满意", 3)])
    (line,) = inspected(path).checked.unknown.listed
    assert (line.scope, line.value, line.count, line.nearest) == ("five", "非常非常满意", 1, "5")
    found = inspected(path, Repair("five", "非常非常满意", Decision.IS, "4"))
    assert found.checked.responses is not None
    assert found.checked.responses["q1"].to_pylist()[-1] == 4
    assert not found.checked.unknown.listed


def test_names_of_an_open_list_are_offered_those_seen_before(tmp_path: Path) -> None:
    schema = load_schema("telecom_csi")
    path = write_rows(
        tmp_path / "w.xlsx", [("期次", "分公司", "总体满意度"), *[("2026Q1", name, 8) for name in ["兰州"] * 20 + ["兰洲"] * 3]]
    )
    known = KnownContext(names={"branch": frozenset({"兰州", "天水"})})
    workbook_read = read_workbook(path)
    (line,) = inspect_here(workbook_read, Inspection(schema, known=known)).checked.unknown.listed
    assert (line.value, line.count, line.kept) == ("兰洲", 3, True)
    found = inspect_here(workbook_read, Inspection(schema, known=known, repairs=(Repair(line.scope, "兰洲", Decision.IS, "兰州"),)))
    assert found.checked.responses is not None
    assert set(found.checked.responses["branch"].to_pylist()) == {"lanzhou"}
    kept = inspect_here(workbook_read, Inspection(schema, known=known, repairs=(Repair(line.scope, "兰洲", Decision.NEW),)))
    assert not kept.checked.unknown.listed


def test_nothing_is_pre_selected_where_two_are_as_near() -> None:
    known = {"兰州东": "east", "兰州西": "west", "天水": "ts"}
    nearest, sure = nearest_known("兰州", known)
    assert nearest in ("east", "west")
    assert not sure
    assert nearest_known("完全不同的名字", {"abc": "x"}) == (None, False)


def test_ten_thousand_unknown_values_are_bounded_and_counted(tmp_path: Path) -> None:
    path = workbook(tmp_path / "w.xlsx", [*(f"分部{number:05}" for number in range(10_000)), "兰州"])
    unknown = inspected(path).checked.unknown
    assert len(unknown.listed) == MOST_LISTED
    assert (unknown.total, unknown.more) == (10_000, 10_000 - MOST_LISTED)


def test_private_values_are_counted_and_never_listed(tmp_path: Path) -> None:
    path = workbook(tmp_path / "w.xlsx", ["13812345678", "兰州"] + ["兰州"] * 30)
    unknown = inspected(path).checked.unknown
    assert (unknown.listed, unknown.private, unknown.more) == ((), 1, 0)


def test_hostile_values_go_through_the_file_of_repairs_unharmed(tmp_path: Path) -> None:
    values = ["<b>x</b>", " =1+1", "@SUM(1)", 'say "no": #1', "- a: b", "a{b}", "&anchor", "*alias", "\u202eabc", "!!python/object:x"]
    path = workbook(tmp_path / "w.xlsx", [*values, *["兰州"] * 30])
    unknown = inspected(path).checked.unknown
    text = repairs_text(unknown.listed, SCHEMA, "zh_CN")
    assert read_repairs(text.encode(), "r.yaml", SCHEMA.name, ()) == (), "nothing is decided by being written down"
    decided = repairs_from(text.replace("is: }", "is: lanzhou}").encode(), "r.yaml", SCHEMA)
    assert len(decided) == len(unknown.listed) >= len(values) - 1
    assert branches(inspected(path, *decided)) == {"lanzhou": 30 + sum(each.count for each in unknown.listed)}


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"repairs: 3", b"\xff\xfe\x00", b"repairs: [{column: place}]", b"repairs: [{column: place, value: x, is: [1]}]",
        b"repairs: [{column: nowhere, value: x, is: y}]", b"repairs: [{column: place, value: x, is: nowhere}]",
        b"repairs: [{scale: five, value: x, is: 9}]", b"repairs: [{scale: five, value: x, new: true}]",
        b"repairs: [{column: place, value: x, is: lanzhou, new: true}]", b"survey: other\nrepairs: []",
        b"repairs: [{column: place, value: x, extra: 1}]", b"a: &a [x, x]\nb: &b [*a, *a]\nrepairs: [*b]",
        b"repairs: !!python/object/apply:os.getcwd []",
    ],
)  # fmt: skip
def test_what_is_no_file_of_repairs_is_one_sentence(content: bytes) -> None:
    with pytest.raises(ManyiError) as refused:
        settled_repairs(read_repairs(content, "r.yaml", SCHEMA.name, ()), SCHEMA)
    assert refused.value.text("zh_CN")


def test_too_many_and_empty_repairs_are_refused() -> None:
    with pytest.raises(ManyiError, match="at most"):
        settled_repairs([Repair("place", str(number), Decision.NEW) for number in range(MOST_REPAIRS + 1)], SCHEMA)
    for value in ("", " ", "x" * 201):
        with pytest.raises(ManyiError):
            settled_repair(Repair("place", value, Decision.IS, "lanzhou"), SCHEMA)


def test_the_order_of_dates_and_the_wave_can_be_chosen_against_what_was_recognised(tmp_path: Path) -> None:
    days = ["25/04/2026", *["03/04/2026"] * 30]
    path = write_rows(tmp_path / "w.xlsx", [("日期", "分公司", "网络", "服务"), *[(day, "兰州", 4, 3) for day in days]])

    def waves(**more: object) -> dict[str, int]:
        found = inspected(path, **more)  # type: ignore[arg-type]
        assert found.checked.responses is not None
        labels = found.checked.responses["wave"].to_pylist()
        return {label: labels.count(label) for label in sorted(set(labels))}

    assert waves() == {"2026Q2": 31}, "one part above 12 proves the order"
    assert waves(told=("dates=month-first",)) == {"2026Q1": 30, "2026Q2": 1}, "whoever insists has it his way, where it is possible"
    named = workbook(tmp_path / "n.xlsx", ["兰州"] * 30, wave="2026Q1")
    one = inspect_here(read_workbook(named), Inspection(SCHEMA, wave="2025Q4", every_row=True))
    assert one.checked.responses is not None
    assert set(one.checked.responses["wave"].to_pylist()) == {"2025Q4"}
    blank_only = check_file(named, SCHEMA, wave="2025Q4")
    assert blank_only.responses is not None
    assert set(blank_only.responses["wave"].to_pylist()) == {"2026Q1"}
