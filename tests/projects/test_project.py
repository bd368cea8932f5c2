"""A project through the store: sections, versions, two people, and refusals that say what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from projects.evidence import CheckSheet, SheetRow
from projects.project import SECTIONS, Project, Projects
from projects.sections import About, Cause, Causes, CurrentState, Target, Topic
from storage.committing import ChangedMeanwhile
from storage.records import Scope
from storage.store import Store
from words.errors import ManyiError


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "store")
    yield opened
    opened.close()


def test_sections_come_back_as_they_were_written(store: Store) -> None:
    mine = Projects(store, "li", Scope())
    row = SheetRow(name="态度", counts=(13,), stated_share="40.6")
    sheet = CheckSheet(id="s", title="回访", columns=("4月",), rows=(row,), stated_total=33)
    opened = mine.open(mine.start(About(title="提升满意度")))
    saved = mine.save(opened, CurrentState(text="以服务类为主", evidence=(sheet,)), Target(value=98, unit="%"))
    assert saved.state.evidence == (sheet,)
    assert saved.target.value == 98
    assert (opened.version, saved.version) == (1, 3)
    assert saved.team == Project(about=saved.about).team


def test_a_version_comes_back_as_a_new_one(store: Store) -> None:
    mine = Projects(store, "li", Scope())
    first = mine.open(mine.start(About(title="a")))
    second = mine.save(first, Topic(chosen="one"))
    third = mine.save(second, Topic(chosen="two"), Target(value=1))
    back = mine.go_back(third, second.version)
    assert (back.topic, back.target, back.version) == (Topic(chosen="one"), Target(), 6)
    assert mine.open(back.project_id, third.version).topic.chosen == "two"
    with pytest.raises(ManyiError, match="1 to 6"):
        mine.open(back.project_id, 7)


def test_of_two_people_on_one_step_the_later_is_told_and_other_steps_are_both_kept(store: Store) -> None:
    li, wang = Projects(store, "li", Scope()), Projects(store, "wang", Scope())
    one = li.open(li.start(About(title="a")))
    li.save(one, Topic(chosen="li"))
    wang.save(one, Target(value=98))
    with pytest.raises(ChangedMeanwhile, match="li"):
        wang.save(one, Topic(chosen="wang"))
    now = wang.open(one.project_id)
    assert (now.topic.chosen, now.target.value) == ("li", 98)
    assert [each.by for each in wang.history(one.project_id)] == ["li", "li", "wang"]


def test_projects_are_found_by_title_or_the_beginning_of_their_id(store: Store) -> None:
    mine = Projects(store, "li", Scope())
    one, two = mine.start(About(title="甲")), mine.start(About(title="乙"))
    assert mine.named("甲").project_id == mine.named(one[:8]).project_id == one
    mine.save(mine.open(two), About(title="甲"))
    with pytest.raises(ManyiError, match="Several"):
        mine.named("甲")
    with pytest.raises(ManyiError, match="丙"):
        mine.named("丙")


def test_projects_put_aside_are_kept_apart(store: Store) -> None:
    mine = Projects(store, "li", Scope())
    one = mine.open(mine.start(About(title="a")))
    mine.save(one, About(title="a", put_aside=True))
    assert mine.all() == ()
    assert [each.about.title for each in mine.all(put_aside=True)] == ["a"]


def test_what_newer_software_wrote_is_refused_in_a_sentence(store: Store) -> None:
    project_id = store.projects.start({"about": {"title": "a", "mood": "good"}}, "li", Scope())
    with pytest.raises(ManyiError, match="newer version"):
        Projects(store, "li", Scope()).open(project_id)


def test_a_row_as_long_as_its_sheet_has_columns() -> None:
    with pytest.raises(ValidationError):
        CheckSheet(id="s", title="", columns=("a", "b"), rows=(SheetRow(name="x", counts=(1,)),))


def test_end_causes_are_those_nobody_is_below() -> None:
    tree = Causes(causes=(Cause(id="1", text="人"), Cause(id="2", text="技能", parent="1"), Cause(id="3", text="环境")))
    assert [each.id for each in tree.end_causes] == ["2", "3"]


def test_every_section_may_be_empty() -> None:
    assert [name for name, kind in SECTIONS.items() if name != "about" and kind() != kind.model_validate({})] == []
