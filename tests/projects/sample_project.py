"""The sample project as it was published, and with its two slips mended."""

from __future__ import annotations

from pathlib import Path

from projects.project import Project, section_of
from projects.project_file import sections_in
from projects.review.finding import CarriedOut, Facts

PUBLISHED = Path(__file__).resolve().parents[2] / "sample_data" / "projects" / "gotone.yaml"
#: What the tests of its end causes say, and its measures.
FACTS = Facts(
    {"scripts": "confirmed", "shifts": "confirmed", "knowledge": "confirmed", "noise": "not_confirmed"},
    (CarriedOut("按去年同期话务量排班", done=True),),
)


def published_project() -> Project:
    """As it was printed."""
    return Project.model_validate({section_of(each): each for each in sections_in(PUBLISHED.read_text("utf-8"))})


def mended_project() -> Project:
    """With the totals and the base that its counts give."""
    project = published_project()
    call_backs, tickets, positions = project.state.evidence
    evidence = (call_backs.model_copy(update={"stated_total": 160}), tickets.model_copy(update={"stated_base": 41}), positions)
    return project.model_copy(update={"state": project.state.model_copy(update={"evidence": evidence})})
