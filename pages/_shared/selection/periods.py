"""Which periods of deliveries a page is about: the wave selected where it has some, all, other waves, or single months."""

from __future__ import annotations

from collections.abc import Sequence

from answers.periods import within_wave
from pages._shared.parts.pick import pick
from pages._shared.selection.choices import ALL, Chosen
from pages._shared.session.asking import scoped
from pages._shared.session.words import _, language
from words.periods import wave_text


def pick_periods(here: Chosen, months: Sequence[str], label: str, key: str) -> list[str]:
    """The periods picked, by name; ``months`` are those that came. It opens on the latest wave so far that has any."""
    waves = [wave.label for wave in reversed(here.waves_so_far) if within_wave(months, wave.label)]
    offered = list(dict.fromkeys([*waves[:1], ALL, *waves, *reversed(months)]))
    names = {each: _("all months") if each == ALL else wave_text(each, language()) for each in offered}
    picked = pick(label, offered, key, names.__getitem__)
    return list(months) if picked == ALL else [picked]


def period_choices(here: Chosen, kind: str, picked: Sequence[str]) -> dict[str, list[str]]:
    """The periods as a figure of reports is told them: nothing where they are the usual ones, which follow the wave."""
    return {} if tuple(picked) == scoped(here).wave_with(kind) else {"periods": list(picked)}
