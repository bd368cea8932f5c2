"""*QC projects* without a browser: nothing is lost, two windows, figures whose data are gone, the published project step by step."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.improve.projects.at_work import VIEWS, projects
from projects.project import Project
from projects.project_file import sections_in
from projects.sections import About, Cause, Causes, CauseTest, Target, Topic
from storage.store import Store
from tests.pages.fresh import forget_everything
from tests.pages.page_reader import frame, open_page, rows, turned_to, words
from tests.projects.sample_project import PUBLISHED
from tests.stores import complaint_store

PAGE = "improve/projects/page.py"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("projects_page")
    complaint_store.fill(folder)
    return folder


@pytest.fixture(autouse=True)
def _on_the_store(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(filled))
    forget_everything()


def started(*sections: object) -> Project:
    """A project in the store."""
    return projects().open(projects().start(*sections))  # type: ignore[arg-type]


def step(project: Project, view: str, lang: str = "en") -> AppTest:
    """A window on one of its steps."""
    return open_page(PAGE, lang=lang, project=project.project_id, step=view)


def field(app: AppTest, about: str) -> object:
    """The field whose key tells of ``about``."""
    return next(each for kind in (app.text_area, app.text_input, app.number_input) for each in kind if f"_{about}_" in f"{each.key}_")


def test_what_is_typed_is_kept_and_comes_back_after_a_reload() -> None:
    project = started(About(title="a"))
    app = step(project, "topic")
    field(app, "topic_required").input("The company asks for 98 %.").run()  # type: ignore[attr-defined]
    assert projects().open(project.project_id).topic.required == "The company asks for 98 %."
    assert field(step(project, "topic"), "topic_required").value == "The company asks for 98 %."  # type: ignore[attr-defined]


def test_different_fields_of_two_windows_are_both_kept() -> None:
    project = started(About(title="a"))
    one, two = step(project, "topic"), step(project, "topic")
    field(one, "topic_found").input("one").run()  # type: ignore[attr-defined]
    field(two, "topic_chosen").input("two").run()  # type: ignore[attr-defined]
    now = projects().open(project.project_id).topic
    assert (now.found, now.chosen) == ("one", "two")
    assert not two.error


def test_of_one_field_both_texts_are_shown_and_in_the_history_and_mine_can_be_put_back() -> None:
    project = started(About(title="a"))
    one, two = step(project, "topic"), step(project, "topic")
    field(one, "topic_found").input("theirs").run()  # type: ignore[attr-defined]
    field(two, "topic_found").input("mine").run()  # type: ignore[attr-defined]
    assert projects().open(project.project_id).topic.found == "theirs"
    assert [each.content["found"] for each in projects().history(project.project_id) if each.section == "topic"] == [
        "theirs",
        "mine",
        "theirs",
    ]
    assert "theirs" in words(two)
    assert "mine" in words(two)
    two.button(key="clash_mine_0").click().run()
    assert projects().open(project.project_id).topic.found == "mine"


def test_a_removed_cause_comes_back() -> None:
    tree = Causes(causes=(Cause(id="a", text="people"), Cause(id="b", text="skills", parent="a")))
    project = started(About(title="a"), tree)
    app = step(project, "causes")
    app.button(key="cause_drop_a").click().run()
    assert projects().open(project.project_id).causes.causes == ()
    app.button(key="projects_undo_button").click().run()
    assert projects().open(project.project_id).causes == tree


def test_causes_are_added_and_hung_elsewhere() -> None:
    project = started(About(title="a"), Causes(causes=(Cause(id="a", text="people"), Cause(id="b", text="method"))))
    app = step(project, "causes")
    app.text_input(key="cause_below_a").input("skills").run()
    (added,) = (each for each in projects().open(project.project_id).causes.causes if each.text == "skills")
    assert added.parent == "a"
    app.selectbox(key=f"cause_parent_{added.id}_a").select("b").run()
    assert next(each for each in projects().open(project.project_id).causes.causes if each.id == added.id).parent == "b"


def test_a_verdict_follows_from_the_numbers_typed_in() -> None:
    test = CauseTest(kind="stratified", choices={"with_cause": [110, 1512], "without_cause": [50, None]})
    project = started(
        About(title="a"), Causes(causes=(Cause(id="m", text="people"), Cause(id="c", text="no scripts", parent="m", test=test)))
    )
    app = step(project, "root_causes")
    assert "Not all numbers" in words(app)
    field(app, "without_cause_1").set_value(2116.0).run()  # type: ignore[attr-defined]
    assert "goes with 46.4 % of the problem" in words(app)


def test_a_test_of_the_store_needs_a_group_only() -> None:
    test = CauseTest(kind="stratified", choices={"of": "unsatisfied", "column": "branch", "value": "gannan"})
    driver = CauseTest(kind="regression", choices={"driver": "P1"})
    tree = (
        Cause(id="m", text="places"), Cause(id="c", text="Gannan", parent="m", test=test),
        Cause(id="d", text="driver", parent="m", test=driver),
    )  # fmt: skip
    about = About(title="a", survey="telecom_csi", wave="2026Q2", where={"operator": "mobile"})
    app = step(started(about, Causes(causes=tree)), "root_causes")
    assert not app.exception
    assert words(app).count("of the problem (") == 2


def test_a_new_one_begins_with_the_baseline_and_figures_of_its_survey() -> None:
    app = open_page(PAGE, lang="en")
    app.text_input(key="project_new_title").input("Raise it").run()
    app.button(key="project_new_yes").click().run()
    assert not app.exception
    project = projects().named("Raise it")
    assert project.project_id in app.query_params["project"]
    assert project.target.baseline.period == "2026Q2"
    assert all(each.as_of is not None for each in project.state.evidence)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("page", "view", "kind"),
    [
        ("explain/complaints/page.py", "causes", "cause"),
        ("compare/branches/page.py", "one", "branch"),
        ("explain/drivers/page.py", "map", "weak_spot"),
    ],
)  # fmt: skip
def test_a_finding_becomes_a_project_with_its_figure_and_sentence(page: str, view: str, kind: str) -> None:
    before = {each.project_id for each in projects().all()}
    app, name = frame(lang="en"), page.split("/")[1]
    app.session_state[f"{name}_view"] = view
    turned_to(app, page).button(key=f"start_project_{name}").click().run()
    assert not app.exception
    (made,) = (each for each in projects().all() if each.project_id not in before)
    project = projects().open(made.project_id)
    assert project.about.origin.kind == kind
    assert project.topic.found
    assert project.target.baseline.value


def test_a_figure_whose_data_are_gone_says_so_and_keeps_what_it_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    complaint_store.fill(tmp_path)
    monkeypatch.setenv("MANYI_DATA", str(tmp_path))
    forget_everything()
    app = open_page(PAGE, lang="en")
    app.text_input(key="project_new_title").input("Raise it").run()
    app.button(key="project_new_yes").click().run()
    project = projects().named("Raise it")
    said = project.state.evidence[0].as_of.sentence["en"]  # type: ignore[union-attr]
    store = Store(tmp_path)
    for wave in store.waves("telecom_csi"):
        store.versions.withdraw(wave.wave_id, "li")
    store.close()
    app = step(project, "state")
    assert not app.exception
    assert said.replace("−", "-") in words(app).replace("−", "-")


def test_the_level_after_comes_from_a_later_wave() -> None:
    about = About(title="a", survey="telecom_csi", wave="2026Q1", where={"operator": "mobile"})
    project = started(about, Target(outcome={"of": "index", "code": "csi"}, value=70.0))
    app = step(project, "effect")
    app.button(key="effect_take").click().run()
    after = projects().open(project.project_id).effect.after
    assert after.period == "2026Q2"
    assert after.value == pytest.approx(72.07464143873119, abs=1e-12)
    assert "The target of 70.00 is reached" in words(app)


@pytest.mark.parametrize("view", VIEWS)
def test_the_published_project_stands_in_every_step(view: str) -> None:
    project = started(*sections_in(PUBLISHED.read_text("utf-8")))
    app = step(project, view, lang="zh")
    assert not app.exception
    assert not app.error
    told = {
        "state": ["160", "32.50%", "161"], "topic": ["34.71%"], "target": ["95.59"], "root_causes": ["46.4"], "jury": ["241"],
        "effect": ["98.03"],
    }  # fmt: skip
    shown = words(app) + " ".join(cell for row in rows(app) for cell in row) + " ".join(str(each.value) for each in app.number_input)
    assert [each for each in told.get(view, []) if each not in shown] == []


def test_put_aside_and_taken_up_again() -> None:
    project = started(About(title="aside"))
    step(project, "team").button(key="project_aside").click().run()
    assert project.project_id in {each.project_id for each in projects().all(put_aside=True)}
    step(project, "team").button(key="project_aside").click().run()
    assert project.project_id in {each.project_id for each in projects().all()}


def test_an_earlier_version_comes_back() -> None:
    project = started(About(title="a"), Topic(found="first"))
    projects().save(project, Target(value=1.0))
    app = step(project, "history")
    app.button(key="back_2").click().run()
    assert projects().open(project.project_id).target == Target()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_empty_store_and_a_project_that_is_not_there(empty_app: AppTest, lang: str) -> None:
    empty_app.query_params["lang"] = lang
    app = turned_to(empty_app, PAGE)
    assert app.text_input(key="project_new_title").value == ""
    app.query_params["project"] = "nothing"
    app.run()
    assert app.error
    app.button(key="projects_all").click().run()
    assert not app.error
