"""*QC projects* in a real browser: ten steps with a reload and a second window in the middle, both languages, a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from projects.project import Project, Projects
from projects.project_file import sections_in
from storage.records import Scope
from storage.store import Store
from tests.browser.rig import FAILURE, PHONE, Server, serving, settled
from tests.projects.sample_project import PUBLISHED
from tests.stores import small_store


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A store with three waves and the published project."""
    folder = tmp_path_factory.mktemp("projects")
    small_store.fill(folder / "data")
    store = Store(folder / "data")
    Projects(store, "li", Scope()).start(*sections_in(PUBLISHED.read_text("utf-8")))
    store.close()
    yield from serving(folder)


def stored(server: Server, title: str) -> Project:
    """The project as the store has it."""
    store = Store(server.data_folder)
    try:
        return Projects(store, "test", Scope()).named(title)
    finally:
        store.close()


def write(field: Locator, text: str) -> None:
    """Types into a field and leaves it, and waits until the page has run."""
    field.fill(text)
    field.blur()
    field.page.wait_for_timeout(150)
    settled(field.page)


def on(page: Page) -> None:
    """To the next step."""
    page.locator(".st-key-project_on button").click()
    page.wait_for_timeout(150)
    settled(page)
    expect(page.locator(FAILURE)).to_have_count(0)


def into_table(page: Page, key: str, column: int, text: str) -> None:
    """Types into the first row of a table."""
    grid = page.locator(f".st-key-{key} canvas").first
    expect(grid).to_be_visible()
    editor = page.locator("#portal textarea, #portal input").first
    for _try in range(20):  # the table listens a while after it is there
        box = grid.bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + 40 + column, box["y"] + 52)
        page.keyboard.press("Enter")
        page.wait_for_timeout(300)
        if editor.is_visible():
            break
    editor.fill(text)
    editor.press("Enter")
    page.wait_for_timeout(400)
    settled(page)


def test_a_project_goes_through_its_ten_steps(server: Server, page: Page, context: BrowserContext) -> None:
    page.goto(f"{server.url}/projects?lang=zh")
    settled(page)
    page.locator(".st-key-project_new summary").click()
    write(page.locator(".st-key-project_new_title input"), "提升指数")
    page.locator(".st-key-project_new_yes button").click()
    expect(page.locator(".st-key-answer h1")).to_contain_text("提升指数", timeout=60_000)
    settled(page)
    page.locator(".st-key-plan_lay_out button").click()
    settled(page)
    on(page)
    write(page.get_by_label("要求"), "公司要求提高满意度")
    on(page)  # current state, with the figures of the data
    expect(page.locator(".js-plotly-plot").first).to_be_visible(timeout=60_000)
    write(page.get_by_label("症结所在"), "排队时间长")
    on(page)
    write(page.get_by_label("目标值"), "80")
    page.reload()
    settled(page)
    expect(page.get_by_label("目标值")).to_have_value("80")
    _from_two_windows(page, context)
    on(page)
    _causes(page)
    on(page)
    on(page)
    on(page)
    write(page.get_by_label("说明"), "按期完成")
    on(page)
    write(page.get_by_label("数值"), "81.5")
    expect(page.locator(".st-key-card_effect_levels")).to_be_visible()
    on(page)
    write(page.get_by_label("说明"), "写入制度")
    on(page)
    write(page.get_by_label("小组收获"), "先看数据")
    on(page)  # before the jury
    expect(page.locator("[class*=st-key-card_jury_]").first).to_be_visible()
    made = stored(server, "提升指数")
    assert (made.topic.required, made.state.main_problem, made.review.learnt) == ("公司要求提高满意度", "排队时间长", "先看数据")
    assert (made.target.value, made.target.unit, made.target.text, made.effect.after.value) == (80, "分（百分制）", "由他窗写入", 81.5)
    assert len(made.plan.activities) == 10
    assert {cause.text: cause.parent is None for cause in made.causes.causes} == {"人员": True, "人手不足": False}


def _from_two_windows(page: Page, context: BrowserContext) -> None:
    """A second window writes another field of the same step, and then the same one."""
    other = context.new_page()
    other.goto(page.url)
    settled(other)
    write(other.get_by_label("目标设定说明"), "由他窗写入")
    write(page.get_by_label("单位"), "分（百分制）")
    expect(page.get_by_label("目标设定说明")).to_have_value("由他窗写入")
    write(other.locator('[class*="_target_quantity_"] input').first, "甲")
    write(page.locator('[class*="_target_quantity_"] input').first, "乙")
    expect(page.locator(".st-key-card_clash_0")).to_contain_text("甲")
    expect(page.locator(".st-key-card_clash_0")).to_contain_text("乙")
    page.locator(".st-key-clash_mine_0 button").click()
    settled(page)
    expect(page.locator('[class*="_target_quantity_"] input[value="乙"]').first).to_be_visible()
    other.close()


def _causes(page: Page) -> None:
    """A main cause and one below it, and the picture."""
    write(page.locator(".st-key-cause_new_text input"), "人员")
    expect(page.locator(".st-key-card_fishbone")).to_be_visible(timeout=60_000)
    page.locator("[class*=st-key-cause_menu_] button").first.click()
    write(page.locator("[class*=st-key-cause_below_] input").first, "人手不足")
    page.keyboard.press("Escape")
    settled(page)


def test_a_table_keeps_every_cell_that_is_left(server: Server, page: Page) -> None:
    project = stored(server, "提高全球通客户满意度")
    page.goto(f"{server.url}/projects?lang=en&project={project.project_id}&step=team")
    settled(page)
    into_table(page, "card_project_team", 400, "chair")
    into_table(page, "card_project_team", 700, "leads")
    first = stored(server, "提高全球通客户满意度").team.members[0]
    assert (first.role, first.task) == ("chair", "leads")


@pytest.mark.parametrize("view", ["team", "state", "causes", "root_causes", "countermeasures", "effect", "jury"])
def test_a_phone_needs_no_sideways_scrolling(server: Server, browser: Browser, view: str) -> None:
    project = stored(server, "提高全球通客户满意度")
    phone = browser.new_context(**PHONE)
    page = phone.new_page()
    page.goto(f"{server.url}/projects?project={project.project_id}&step={view}")
    settled(page)
    page.wait_for_timeout(300)
    expect(page.locator(FAILURE)).to_have_count(0)
    assert page.get_by_test_id("stMain").evaluate("box => box.scrollWidth - box.clientWidth") <= 0
    phone.close()
