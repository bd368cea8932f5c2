"""How far a project has come."""

from __future__ import annotations

from projects.project import SECTIONS, Project
from projects.sections import Step


def is_written(project: Project, step: Step) -> bool:
    """Whether anything is written in a step; root causes are the tests of causes."""
    if step == Step.ROOT_CAUSES:
        return any(cause.test is not None for cause in project.causes.causes)
    part = project.sections[str(step)]
    return part != SECTIONS[str(step)]()


def step_reached(project: Project) -> Step | None:
    """The furthest step with something in it; None where nothing is written yet."""
    return next((step for step in reversed(Step) if is_written(project, step)), None)
