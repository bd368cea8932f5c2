"""Upload in a real browser: good, dirty and hostile workbooks, storing, withdrawing."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from sample_data.make import COMMITTED, make_samples
from storage.store import Store
from tests.browser.rig import Server, settled
from tests.stores import hostile_files
from tests.stores.foreign_workbooks import VOICE_CUSTOMERS
from tests.stores.kind_sheets import SHEET_NAMES, good_sheets, write_sheets

FIVE_GRADE = "telecom_five_grade"
ANSWER = ".st-key-answer h2"
READABLE = (
    "header_only", "one_response", "all_answers_missing", "formulas_as_headers", "chinese_name", "macro_workbook", "wps_dimension",
    "gb18030_csv",
)  # fmt: skip
REFUSED = (
    "empty_file", "picture_named_xlsx", "encrypted_package", "truncated_zip", "zip_bomb", "sixty_sheets", "million_rows",
    "sixteen_thousand_columns",
)  # fmt: skip


def test_a_good_workbook_becomes_a_wave_and_is_shown(empty_server: Server, page: Page, tmp_path: Path) -> None:
    workbook = make_samples(tmp_path, ["broadband_306.xlsx"])["broadband_306.xlsx"]
    open_upload(page, empty_server, FIVE_GRADE)
    drop(page, workbook)
    expect(page.locator(ANSWER)).to_contain_text("可以：306 份答卷全部可用")
    page.click(".st-key-language_switch button")  # nothing is lost by a language switch
    expect(page.locator(ANSWER)).to_contain_text("Yes: all 306 responses can be used")
    page.get_by_role("link", name="Methods").click()  # nor by a look at another page
    expect(page).to_have_url(re.compile("methods"))
    page.get_by_role("link", name="Upload").click()
    expect(page.locator(ANSWER)).to_contain_text("Yes: all 306 responses can be used")
    page.click(".st-key-store button")
    expect(page.locator(".st-key-stored")).to_contain_text("306 responses are stored")
    assert [wave.n for wave in waves(empty_server)] == [306]
    page.get_by_role("link", name="Show the results").click()
    expect(page).to_have_url(re.compile(rf"survey={FIVE_GRADE}"))
    expect(page.locator(".st-key-pill_wave")).to_be_visible()


def test_a_click_while_a_workbook_is_read_does_not_lose_it(empty_server: Server, page: Page, tmp_path: Path) -> None:
    workbook = COMMITTED / "province_2026Q1.xlsx"
    open_upload(page, empty_server, "telecom_csi")
    page.locator(".st-key-drop_area input[type=file]").set_input_files(workbook)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="running"]')
    for width in (1100, 900, 1280):  # a window that is moved asks for runs while the callback is at work
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(400)
    page.click(".st-key-language_switch button")
    expect(page.locator(".st-key-draft_name")).to_contain_text(workbook.name, timeout=60_000)
    expect(page.locator(".st-key-card_findings")).to_contain_text("One by one", timeout=60_000)  # and the click counted


def test_inspections_and_other_data_go_in_and_are_listed_by_kind(empty_server: Server, page: Page, tmp_path: Path) -> None:
    path = write_sheets(tmp_path / "data.xlsx", {SHEET_NAMES[code]: rows for code, rows in good_sheets().items()})
    open_upload(page, empty_server, "telecom_csi")
    drop(page, path)
    expect(page.locator(ANSWER)).to_contain_text("行全部可用")
    expect(page.locator(".st-key-preview_inspections")).to_contain_text("暗访检查")
    page.click(".st-key-store button")
    expect(page.locator(".st-key-stored")).to_contain_text("行")
    expect(page.get_by_role("region", name="库中答卷以外的数据")).to_be_visible()


def test_a_workbook_of_another_office_goes_in_without_editing_a_cell(
    empty_server: Server, page: Page, foreign_workbook: Callable[[str], Path]
) -> None:
    open_upload(page, empty_server, "network_experience")
    drop(page, foreign_workbook("voice"))
    expect(page.locator(ANSWER)).to_contain_text(f"{VOICE_CUSTOMERS:,} 份答卷中可用 {VOICE_CUSTOMERS:,} 份")
    page.click(".st-key-store button:enabled")
    expect(page.locator(".st-key-stored")).to_be_visible()
    assert [wave.n for wave in waves(empty_server)] == [VOICE_CUSTOMERS]


def test_the_same_period_must_be_replaced_knowingly_and_a_wave_can_be_withdrawn(empty_server: Server, page: Page, tmp_path: Path) -> None:
    samples = make_samples(tmp_path, ["broadband_306.xlsx", "five_grade_lines.xlsx"])
    open_upload(page, empty_server, FIVE_GRADE)
    drop(page, samples["broadband_306.xlsx"])
    page.click(".st-key-store button")
    expect(page.locator(".st-key-stored")).to_be_visible()
    drop(page, samples["five_grade_lines.xlsx"])
    expect(page.locator(".st-key-store button")).to_be_disabled()
    page.locator("[class*=st-key-replace_] label").click()
    page.click(".st-key-store button:enabled")
    expect(page.locator(".st-key-stored")).to_be_visible()
    assert [(wave.version, wave.source_name) for wave in waves(empty_server)] == [(2, "five_grade_lines.xlsx")]
    page.click(".st-key-withdraw button")
    page.click(".st-key-withdraw_wave input")
    page.get_by_role("option").first.click()
    page.click(".st-key-withdraw_yes button")
    expect(page.get_by_text("已撤回。")).to_be_visible()
    assert waves(empty_server) == []


def test_a_dirty_workbook_comes_back_marked_up(filled_server: Server, page: Page, tmp_path: Path) -> None:
    workbook = make_samples(tmp_path, ["dirty.xlsx"])["dirty.xlsx"]
    open_upload(page, filled_server, "telecom_csi")
    drop(page, workbook)
    expect(page.locator(".st-key-findings_filter")).to_contain_text(re.compile(r"错误 [1-9]"))
    with page.expect_download() as download:
        page.click(".st-key-marked button")
    marked = tmp_path / "marked.xlsx"
    download.value.save_as(marked)
    book = openpyxl.load_workbook(marked)
    own = [sheet for sheet in book.worksheets if any(cell.comment for row in sheet.iter_rows() for cell in row)]
    assert len(book.worksheets) == len(openpyxl.load_workbook(workbook).worksheets) + 1
    assert own


def test_a_blank_workbook_can_be_had_and_its_own_survey_can_be_brought(filled_server: Server, page: Page, tmp_path: Path) -> None:
    open_upload(page, filled_server, FIVE_GRADE)
    expect(page.get_by_text("五级作答")).to_be_visible()  # what stands below the button is of this survey, so the button is too
    with page.expect_download() as download:
        page.click(".st-key-template button")
    template = tmp_path / "template.xlsx"
    download.value.save_as(template)
    assert openpyxl.load_workbook(template).worksheets
    choose_survey(page, "YAML")
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("name: mine\ntitle: {zh_CN: 我的, en: Mine}\n", "utf-8")
    page.locator(".st-key-own_schema_file input[type=file]").set_input_files(wrong)
    expect(page.get_by_test_id("stAlert")).to_contain_text("wrong.yaml")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("hostile")
    return {name: getattr(hostile_files, name)(folder) for name in (*REFUSED, *READABLE)}


def test_hostile_files_get_a_sentence_and_the_application_lives(filled_server: Server, page: Page, hostile: dict[str, Path]) -> None:
    before = waves(filled_server)
    open_upload(page, filled_server, "telecom_csi")
    for name in REFUSED:
        drop(page, hostile[name])
        expect(page.get_by_test_id("stAlertContentError"), name).to_have_count(1, timeout=30_000)
        expect(page.locator(ANSWER), name).to_contain_text("这个文件无法读取")
        expect(page.get_by_text("Traceback"), name).to_have_count(0)
    for name in READABLE:
        drop(page, hostile[name])
        expect(page.locator(".st-key-card_findings"), name).to_be_visible(timeout=30_000)
        expect(page.get_by_test_id("stException"), name).to_have_count(0)
    with urllib.request.urlopen(f"{filled_server.url}/health", timeout=5) as answer:
        assert answer.status == 200
    assert waves(filled_server) == before


def open_upload(page: Page, server: Server, survey: str) -> None:
    """The Upload page with a survey chosen."""
    page.goto(f"{server.url}/upload")
    settled(page)
    choose_survey(page, survey)


def choose_survey(page: Page, words: str) -> None:
    """Types into the survey box and takes the first match."""
    page.locator(".st-key-upload_survey input").click()
    page.keyboard.type(words)
    page.get_by_role("option").first.click()
    settled(page)


def drop(page: Page, path: Path) -> None:
    """Hands a file to the drop area, in the place of the one before, and waits until it was worked on."""
    settled(page)
    area = page.locator(".st-key-drop_area input[type=file]")
    expect(area).to_have_count(1)
    area.set_input_files(path)
    expect(page.locator(".st-key-draft_name")).to_contain_text(path.name, timeout=60_000)
    settled(page)


def waves(server: Server) -> list:
    """What the server's store holds."""
    store = Store(server.data_folder)
    try:
        return list(store.waves())
    finally:
        store.close()
