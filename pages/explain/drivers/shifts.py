"""Where the sliders of the what-if keep their shifts, how others set them, and what is asked about them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import streamlit as st

from analysis.drivers.drivers import Drivers
from answers.topic import Answered
from answers.what_if import WHAT_IF, ShiftsFound, WhatIfOptions
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask

#: Points on 0–100 a slider goes up and down.
LARGEST_SHIFT = 30.0
_STEPS_A_POINT = 10


def shift_key(chosen: Chosen, code: str) -> str:
    """The key of a driver's slider; surveys don't share sliders."""
    return f"shift_{chosen.survey}_{code}"


def shifts_now(chosen: Chosen, drivers: Sequence[str]) -> dict[str, float]:
    """What the sliders say."""
    return {code: float(st.session_state.get(shift_key(chosen, code), 0.0)) for code in drivers}


def set_shifts(chosen: Chosen, drivers: Sequence[str], shifts: Mapping[str, float]) -> None:
    """Moves the sliders; drivers not named go to zero. Rises are rounded up to a step, so that a target stays reached."""
    for code in drivers:
        steps = math.ceil(shifts.get(code, 0.0) * _STEPS_A_POINT - 1e-6)
        st.session_state[shift_key(chosen, code)] = min(max(steps / _STEPS_A_POINT, -LARGEST_SHIFT), LARGEST_SHIFT)


def asked_shifts(chosen: Chosen, found: Drivers, shifts: Mapping[str, float]) -> Answered[WhatIfOptions, ShiftsFound]:
    """What these shifts would bring; at least one is named."""
    return ask(WHAT_IF, chosen, WhatIfOptions(found.outcome, found.drivers, shifts=tuple(shifts.items())))


def asked_goal(
    chosen: Chosen, found: Drivers, target: float, costs: Mapping[str, float], bounds: Mapping[str, float]
) -> Answered[WhatIfOptions, ShiftsFound]:
    """The cheapest shifts that reach a level."""
    terms = {"costs": tuple(costs.items()), "bounds": tuple(bounds.items())}
    return ask(WHAT_IF, chosen, WhatIfOptions(found.outcome, found.drivers, target=target, **terms))
