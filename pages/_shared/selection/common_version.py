"""Waves of different versions of a survey beside each other: said, because a wave's own page follows its own version."""

from __future__ import annotations

from pages._shared.parts.say import say
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import source_of
from pages._shared.session.words import said


def say_common_version(chosen: Chosen) -> None:
    """A line under the answer for what is not to be seen in figures of the waves so far; nothing where they are all of one version."""
    for note in source_of(chosen).notes([wave.label for wave in chosen.waves_so_far]):
        say(said(note), "small")
