"""template, check, commit, waves, withdraw, sample."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.places import ROOT
from tests.stores.workbook_files import HEADER, write_rows, write_survey

CLI = ROOT / "cli.py"
SURVEY = ("--schema", "telecom_csi")


def test_a_blank_workbook_can_be_filled_and_stored(manyi, tmp_path: Path) -> None:
    blank = tmp_path / "空白 模板.xlsx"
    assert manyi("template", "telecom_csi", "--out", blank).code == 0
    assert openpyxl.load_workbook(blank).sheetnames
    assert manyi("check", blank, *SURVEY).code == 1, "nothing is filled in yet"


def test_check_says_usable(manyi, tmp_path: Path) -> None:
    done = manyi("check", write_survey(tmp_path / "good.xlsx", most=True), *SURVEY)
    assert done.code == 0
    assert "240 of 240 rows can be used. 0 errors" in done.out


def test_check_as_records(manyi, tmp_path: Path) -> None:
    found = manyi("check", write_survey(tmp_path / "good.xlsx", most=True), *SURVEY, "--json").json
    assert (found["usable"], found["rows_read"], found["rows_used"], found["errors"]) == (True, 240, 240, 0)
    assert {column["header"]: column["code"] for column in found["columns"]}["网络质量"] == "C22"
    assert all(finding["message"] and finding["advice"] for finding in found["findings"])


def test_check_with_errors_exits_with_1_and_marks_the_workbook(manyi, tmp_path: Path) -> None:
    rows = [HEADER, *(("2026Q1", "兰州", "移动" if number else "火星电信", "五星", 8, 7, 9, number % 10 + 1) for number in range(40))]
    path = write_rows(tmp_path / "dirty.xlsx", rows)
    done = manyi("check", path, *SURVEY, "--marked", tmp_path / "marked.xlsx", "--json")
    assert done.code == 1
    assert [finding["cell"] for finding in done.json["findings"] if finding["code"] == "unknown_operator"] == ["C2"]
    assert len(openpyxl.load_workbook(tmp_path / "marked.xlsx").sheetnames) == 2


def test_the_workbook_itself_is_never_overwritten_by_its_marks(manyi, tmp_path: Path) -> None:
    path = write_survey(tmp_path / "mine.xlsx")
    before = path.read_bytes()
    done = manyi("check", path, *SURVEY, "--marked", tmp_path / "." / "mine.xlsx")
    assert (done.code, path.read_bytes()) == (2, before)
    assert "name a new file" in done.err


def test_a_column_can_be_assigned_and_is_remembered_after_commit(manyi, tmp_path: Path) -> None:
    def workbook(wave: str) -> Path:
        answers = ((wave, "兰州", "移动", number % 10 + 1, 10 - number % 10) for number in range(40))
        rows = [("期次", "分公司", "运营商", "总体满意度", "题目甲"), *answers]
        return write_rows(tmp_path / f"{wave}.xlsx", rows)

    def used(path: Path, *options: str) -> dict[str, str | None]:
        columns = manyi("check", path, *SURVEY, "--json", *options).json["columns"]
        return {column["header"]: column["code"] for column in columns if column["used"]}

    assert "题目甲" not in used(workbook("2026Q1"))
    assert used(workbook("2026Q1"), "--map", "题目甲=C22")["题目甲"] == "C22"
    assert manyi("commit", workbook("2026Q1"), *SURVEY, "--accept-losses", "--map", "题目甲=C22").code == 0
    assert used(workbook("2026Q2"))["题目甲"] == "C22"
    wrong = manyi("check", workbook("2026Q1"), *SURVEY, "--map", "题目甲")
    assert (wrong.code, wrong.err) == (2, "--map 题目甲 is not of the form HEADER=CODE.\n")


def test_the_life_of_a_wave(manyi, tmp_path: Path) -> None:
    path = write_survey(tmp_path / "s.xlsx", most=True)
    assert manyi("waves").out == "The store holds no wave yet.\n"
    stored = manyi("commit", path, *SURVEY, "--by", "li", "--json").json
    assert [(wave["label"], wave["n"], wave["committed_by"], wave["status"]) for wave in stored] == [
        ("2026Q1", 120, "li", "active"),
        ("2026Q2", 120, "li", "active"),
    ]
    again = manyi("commit", path, *SURVEY)
    assert again.code == 2
    assert again.err == "A file of the same content is stored as wave 2026Q1 (file s.xlsx). Withdraw that wave to store it again.\n"
    other = write_survey(tmp_path / "other.xlsx", ["2026Q2"], seed=8, most=True)
    assert "Wave 2026Q2 of telecom_csi is already stored" in manyi("commit", other, *SURVEY).err
    assert manyi("commit", other, *SURVEY, "--replace").code == 0
    assert manyi("withdraw", "2026Q1").code == 0
    assert [(wave["label"], wave["version"]) for wave in manyi("waves", "--json").json] == [("2026Q2", 2)]
    assert [wave["status"] for wave in manyi("waves", "--all", "--json").json] == ["withdrawn", "replaced", "active"]
    assert manyi("withdraw", "2026Q1").err.startswith("There is no wave 2026Q1. There are: 2026Q2")
    assert "in force" in manyi("waves").out


def test_a_blocked_workbook_is_not_stored(manyi, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "strange.xlsx", [("甲", "乙"), (1, 2), (3, 4)])
    assert manyi("commit", path, *SURVEY).code == 1
    assert manyi("waves", "--json").json == []


def test_known_files_are_pointed_out_before_storing(manyi, tmp_path: Path) -> None:
    path = write_survey(tmp_path / "s.xlsx", most=True)
    manyi("commit", path, *SURVEY)
    assert manyi("check", path, *SURVEY, "--json").json["totals"]["already_stored"] == 1


def test_sample_fills_a_new_store_only(manyi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("load_samples.STORED_SAMPLES", ("brand_comparison.xlsx", "branch_elements.xlsx"))
    stored = [(wave["survey"], wave["kind"]) for wave in manyi("sample", "--json").json]
    assert stored == [("two_aspect", "responses"), ("branch_elements", "responses"), ("branch_elements", "inspections")]
    assert "is not empty" in manyi("sample").err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["check", "absent.xlsx", "--schema", "telecom_csi"], "The file absent.xlsx cannot be opened."),
        (["check", ".", "--schema", "telecom_csi"], ". is a folder; name a file."),
        (["check", "absent.xlsx", "--schema", "telecom_cis"], "Did you mean telecom_csi?"),
        (["check", "absent.xlsx"], "--schema is missing. See --help."),
        (["check"], "workbook is missing. See --help."),
        (["check", "a.xlsx", "--schema", "tcsi", "--nonsense"], "There is no option --nonsense. There are: --schema, "),
        (["checkk"], "Did you mean check?"),
        (["check", "a.xlsx", "--shema", "tcsi"], "Did you mean --schema?"),
        (["check", "a.xlsx", "--schema", ""], "--schema is empty; give it a value or leave it out."),
        (["check", "a.xlsx", "--schema=tcsi", "--schema", "two_aspect"], "--schema is given twice; it takes one value."),
        (["store", "verfy"], "Did you mean verify?"),
        (["template", "tcsi", "--out", "blank.pdf"], "blank.pdf must end in .xlsx."),
        (["template", "tcsi", "--out", "nowhere/blank.xlsx"], "nowhere/blank.xlsx cannot be written: No such file or directory."),
        (["waves", "--lang", "fr"], "There is no language fr; there are zh_CN, en."),
        (["estimate", "indices"], "There is no estimate indices."),
        (["estimate", "indx"], "Did you mean index?"),
        (["estimate", "index"], "The store holds no wave yet."),
        (["estimate", "index", "a.xlsx"], "Name the schema of the workbook with --schema."),
    ],
)
def test_a_mistake_is_a_sentence(manyi, arguments: list[str], sentence: str) -> None:
    done = manyi(*arguments)
    assert done.code == 2
    assert sentence in done.err
    assert done.err.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "value"), [("MANYI_ENGINE", "polars"), ("MANYI_THRESHOLDS__ALPHA", "2"), ("MANYI_READ__MAX_ROWS", "many")]
)
def test_a_wrong_setting_is_a_sentence(manyi, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    done = manyi("waves")
    assert done.code == 2
    assert done.err.startswith(f"The setting {name} is {value}; expected ")


def test_settings_are_read_from_a_file(manyi, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("MANYI_THRESHOLDS__HIDDEN_BELOW=20\nMANYI_UNKNOWN=1\n", "utf-8")
    path = write_survey(tmp_path / "s.xlsx", most=True)
    assert manyi("estimate", "index", path, *SURVEY, "--json").json["settings"]["hidden_below"] == 20


def test_text_of_a_workbook_cannot_steer_the_terminal(manyi, tmp_path: Path) -> None:
    rows = [HEADER, *(("2026Q1", "\x1b[31m红\u202e", "移动", "五星", 8, 7, 9, number % 10 + 1) for number in range(40))]
    assert "\x1b" not in manyi("check", write_rows(tmp_path / "s.xlsx", rows), *SURVEY).out


def run_as_program(tmp_path: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = os.environ | {"MANYI_DATA": str(tmp_path / "data"), "MANYI_LANGUAGE": "en"}
    command = [sys.executable, str(CLI), *arguments]
    return subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a test run in the background is deaf to Ctrl-C
    )  # fmt: skip


def test_as_a_program_from_any_folder(tmp_path: Path) -> None:
    path = write_survey(tmp_path / "调查 数据.xlsx")
    program = run_as_program(tmp_path, "estimate", "index", str(path), *SURVEY, "--by", "branch", "--code", "csi")
    out, err = program.communicate(timeout=120)
    assert (program.returncode, err) == (0, "")
    assert "Lanzhou" in out


def test_a_closed_pipe_is_no_traceback(tmp_path: Path) -> None:
    program = run_as_program(tmp_path, "check", str(write_survey(tmp_path / "s.xlsx")), *SURVEY, "--json")
    assert program.stdout is not None
    assert program.stderr is not None
    program.stdout.close()
    err = program.stderr.read()
    assert program.wait(timeout=120) in (0, 1)
    assert err == ""


def test_ctrl_c_is_one_word(tmp_path: Path) -> None:
    pipe = tmp_path / "slow.xlsx"
    os.mkfifo(pipe)  # opening it waits for a writer that never comes
    (tmp_path / "data").mkdir()
    program = run_as_program(tmp_path, "check", str(pipe), *SURVEY)
    catalogue = tmp_path / "data" / "catalogue.sqlite"
    for _ in range(600):
        if catalogue.exists() or program.poll() is not None:
            break
        signal.sigtimedwait([], 0.05)
    signal.sigtimedwait([], 1.0)
    program.send_signal(signal.SIGINT)
    _out, err = program.communicate(timeout=60)
    assert (program.returncode, err) == (130, "Stopped.\n")
