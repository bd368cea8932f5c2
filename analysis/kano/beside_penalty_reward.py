"""Kano's classes beside the classes of penalty–reward: what customers say they would feel, and how the outcome moves with the grades."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.drivers.penalty_reward import Contrast, Kind
from analysis.kano.estimate_kano import KanoFeature
from analysis.kano.evaluation_table import KanoClass

#: The class a kind of penalty–reward corresponds to; an unclear kind to none.
CLASS_OF: Mapping[Kind, KanoClass | None] = {"basic": "M", "performance": "O", "excitement": "A", "none": "I", "unclear": None}


@dataclass(frozen=True)
class BothClasses:
    """A feature by both ways; ``agree`` is None where one of them says nothing, and True where the class of the contrast is a candidate."""

    feature: KanoFeature
    contrast: Contrast
    from_contrast: KanoClass | None
    agree: bool | None


def beside_penalty_reward(
    features: Sequence[KanoFeature], contrasts: Sequence[Contrast], driver_of: Mapping[str, str]
) -> tuple[BothClasses, ...]:
    """Features whose satisfaction question (``driver_of`` by feature code) is among the drivers."""
    known = {contrast.driver: contrast for contrast in contrasts}
    found = []
    for feature in features:
        contrast = known.get(driver_of.get(feature.code, ""))
        if contrast is not None:
            kind = CLASS_OF[contrast.kind]
            told = kind is not None and feature.kind is not None
            found.append(BothClasses(feature, contrast, kind, kind in feature.candidates if told else None))
    return tuple(found)
