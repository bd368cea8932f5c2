"""How measures are written on charts: names, states, colours, quantities."""

from __future__ import annotations

from analysis.measures.measure import STATES, Measure, State
from charts.kit.description.numbers import BETTER, MUTED, OURS, WORSE, Tone
from charts.kit.layout import Canvas
from words.language import translator

TONES: dict[State, Tone] = {"overdue": WORSE, "running": OURS, "not_begun": MUTED, "done": BETTER}
#: The same so light that a number written on them is read.
LIGHT: dict[State, Tone] = {
    "overdue": Tone("worse", 0.55), "running": Tone("ours", 0.35), "not_begun": Tone("muted", 0.3), "done": Tone("better", 0.5),
}  # fmt: skip


def state_text(state: State, on: Canvas) -> str:
    """A state in words."""
    _ = translator(on.language)
    return dict(zip(STATES, (_("overdue"), _("running"), _("not begun"), _("finished")), strict=True))[state]


def branch_text(branch: str | None, on: Canvas) -> str:
    """The branch of a measure."""
    return translator(on.language)("all branches") if branch is None else on.value("branch", branch)


def measure_name(each: Measure, on: Canvas) -> str:
    """The measure with its branch, where it is of one."""
    return each.measure if each.branch is None else f"{each.measure} · {branch_text(each.branch, on)}"


def quantity(value: float | None, on: Canvas) -> str:
    """A quantity as short as it is."""
    return "" if value is None else on.number(value, 0 if value == round(value) else 1)


def done_of(each: Measure, on: Canvas) -> str:
    """``90 / 120 cells``; what is done alone where nothing says of how many."""
    whole = each.planned if each.planned is not None else each.total
    parts = [quantity(each.done or 0.0, on) if whole is not None else quantity(each.done, on), quantity(whole, on)]
    told = " / ".join(filter(None, parts))
    return f"{told} {each.unit}" if told and each.unit else told
