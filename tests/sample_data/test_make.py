"""The samples are the same at every run, what is committed is current, and each goes through the checks."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from sample_data.make import COMMITTED, PLANTED_FILE, SAMPLES, make_samples, planted_text
from sample_data.province_plan import DESIGN_WAVES
from survey_schema.data_kinds.all_kinds import KINDS
from survey_schema.loading import builtin_names, load_schema
from survey_schema.workbook.check.check_workbook import check_file
from survey_schema.workbook.inspect_workbook import Inspection, inspect_file

COMMITTED_NAMES = [name for name, sample in SAMPLES.items() if sample.committed]
#: Workbooks with data beside responses, and how many kinds they hold.
BESIDE = {
    "province_operations.xlsx": len(KINDS), "monthly_pulse.xlsx": 2, "branch_elements.xlsx": 1, "ministry_complaints.xlsx": 1,
    "complaint_causes.xlsx": 1, "gotone_project.xlsx": 1, "network_measures.xlsx": 2,
}  # fmt: skip
#: What publications printed wrongly stays wrong, and is found; so are the planted contacts too many.
SLIPS = {
    "gotone_project.xlsx": {"wrong_total": 1, "totals_row": 1}, "complaint_causes.xlsx": {"impossible_share": 3},
    "province_operations.xlsx": {"contacted_too_often": 4},
}  # fmt: skip


def _contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize("name", COMMITTED_NAMES)
def test_committed_workbooks_are_what_the_script_makes(name: str, tmp_path: Path) -> None:
    fresh = make_samples(tmp_path, [name])
    assert list(fresh) == [name]
    assert _contents(fresh[name]) == _contents(COMMITTED / name)


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    names = ["brand_comparison.xlsx", "dirty.xlsx", "province_2024Q3.xlsx"]
    first, second = make_samples(tmp_path / "a", names), make_samples(tmp_path / "b", names)
    assert all(first[name].read_bytes() == second[name].read_bytes() for name in names)


def test_the_folder_holds_the_committed_samples_and_stays_small() -> None:
    assert sorted(path.name for path in COMMITTED.iterdir()) == sorted(COMMITTED_NAMES)
    assert sum(path.stat().st_size for path in COMMITTED.iterdir()) < 8_000_000


def test_planted_file_is_current() -> None:
    assert PLANTED_FILE.read_text("utf-8") == planted_text()


def test_registry_names_schemas_that_load() -> None:
    for name, sample in SAMPLES.items():
        assert sample.schema in builtin_names() or Path(sample.schema).is_file(), name
        assert load_schema(sample.schema).items
        assert sample.shows.text("en")


def test_readme_names_every_sample() -> None:
    readme = (COMMITTED.parent / "README.md").read_text("utf-8")
    generated = {f"province_{wave}.xlsx" for wave in ("2024Q4", "2025Q1", "2025Q2", "2025Q3", "2025Q4", "2026Q1")}
    assert [name for name in SAMPLES if name not in readme and name not in generated] == []


@pytest.mark.parametrize("name", sorted({*COMMITTED_NAMES, *BESIDE} - {"dirty.xlsx"}))
def test_clean_samples_pass_the_checks_without_loss(name: str, tmp_path: Path) -> None:
    """Responses, data beside them or both: every row of every sheet gets through, whatever else is said of it."""
    sample = SAMPLES[name]
    path = COMMITTED / name if sample.committed else make_samples(tmp_path, [name])[name]
    checked = inspect_file(path, Inspection(load_schema(sample.schema) if sample.committed else sample.survey())).checked
    told = {code: count for code, count in checked.findings.totals.items() if code not in ("straight_lining", "same_answers")}
    assert told == SLIPS.get(name, {})
    assert not checked.questions
    assert (checked.responses.num_rows if checked.responses is not None else 0) == checked.rows_read
    assert [each.kind for each in checked.kinds if each.lost or not each.used] == []
    assert len(checked.kinds) == BESIDE.get(name, 0)
    assert checked.kinds or checked.responses is not None


def test_only_design_waves_name_stratum_and_sampling_point(tmp_path: Path) -> None:
    older = make_samples(tmp_path, ["province_2025Q4.xlsx"])["province_2025Q4.xlsx"]
    schema = load_schema("telecom_csi")
    for path, named in ((older, False), (COMMITTED / f"province_{DESIGN_WAVES[0]}.xlsx", True)):
        responses = check_file(path, schema).responses
        assert responses is not None
        assert (responses.column("cluster").null_count == 0) is named
        assert (responses.column("stratum").null_count == 0) is named


def test_spreadsheet_programs_can_open_what_is_written() -> None:
    book = openpyxl.load_workbook(COMMITTED / "nineteen_indicators.xlsx")
    sheet = book["问卷数据"]
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["E1:H1", "I1:O1", "P1:R1", "S1:W1", "X1:AF1"]
    assert [cell.value for cell in sheet[2]][:6] == ["受访者编号", "期次", "分公司", "总体满意度", "公司知名度", "营业厅环境"]
    dates = openpyxl.load_workbook(COMMITTED / "province_2026Q2.xlsx", read_only=True)["调查数据"]
    row = next(dates.iter_rows(min_row=4, max_row=4))
    assert row[1].is_date
