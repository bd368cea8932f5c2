"""Method and settings of the measurement analyses, worded for *How this was computed*."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from analysis.measurement.path_model_groups import PathModelComparison
from analysis.results.estimates import Result
from analysis.sums.raked_groups import raking_said
from pages._shared.session.words import _, number
from words.language import Message


class Estimated(Protocol):
    """What every result here has."""

    @property
    def method(self) -> Message:
        """How it was estimated."""
        ...

    @property
    def settings(self) -> Mapping[str, object]:
        """What it was estimated with."""
        ...

    @property
    def n(self) -> int:
        """Responses."""
        ...

    @property
    def n_eff(self) -> float:
        """Effective base."""
        ...


def methods_of(results: Iterable[Estimated]) -> list[Result]:
    """One entry per result: its method, and its settings and bases under names a reader knows."""
    return [Result((), result.method, _settings(result)) for result in results]


def method_of_groups(compared: PathModelComparison) -> list[Result]:
    """The comparison of two groups: method, permutations, adjustment and both bases."""
    settings = {_("Permutations"): compared.settings["permutations"], "adjustment": compared.settings["adjustment"]}
    settings |= raking_said(compared.settings)
    return [Result((), compared.method, settings | {_("Base"): " / ".join(number(n, 0) for n in compared.n)})]


def _settings(result: Estimated) -> dict[str, object]:
    names = {
        "extraction": _("Extraction"), "rotation": _("Rotation"), "count": _("Number of factors"), "confidence": "confidence",
    }  # fmt: skip
    known: dict[str, object] = {names[name]: value for name, value in result.settings.items() if name in names}
    known |= raking_said(result.settings)
    replaced = result.settings.get("missing_answers") == "mean"
    known[_("Missing answers")] = (
        _("replaced by the mean of their question") if replaced else _("respondents with any question of the set unanswered are left out")
    )
    known[_("Base")] = number(result.n, 0)
    known[_("Effective base")] = number(result.n_eff, 0)
    return known
