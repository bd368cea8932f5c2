"""Why a figure is not shown: one sentence for each reason, and which kind of reason it is."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from analysis.results.estimates import Thresholds
from words.language import Message, message

Kind = Literal["small", "not asked", "not comparable"]


def not_asked() -> Message:
    """The reason of a figure that nobody answered anything for: never that of a small base."""
    return message("Not asked: nobody in this group answered.")


def kind_of(reason: Message | None) -> Kind:
    """Whether a figure is not there for a small base, because nobody was asked, or because it compares other questions.

    The first words of a reason say so.
    """
    template = reason.template if reason else ""
    return "not asked" if template.startswith("Not asked:") else "not comparable" if template.startswith("Not comparable:") else "small"


def has_too_few_answers(reason: Message | None) -> bool:
    """Whether a figure is compared with nothing because too few answered some of its questions."""
    return reason is not None and reason.template.startswith("Not comparable: {count} of the {of} questions have too few answers")


def suppression_reason(n_eff: float, thresholds: Thresholds) -> Message:
    """Why a figure is hidden, or that it was not asked."""
    if n_eff <= 0:
        return not_asked()
    if n_eff < thresholds.hidden_below:
        return _base_too_small(f"{n_eff:.1f}", f"{thresholds.hidden_below:g}")
    return _neighbour()


@lru_cache(maxsize=4096)
def _base_too_small(found: str, needed: str) -> Message:
    """One message for all figures of the same base: a table of a thousand branches has tens of thousands of them."""
    return message("Not shown: the effective base is {found}, at least {needed} are needed.", found=found, needed=needed)


@lru_cache(maxsize=1)
def _neighbour() -> Message:
    return message("Not shown: together with the total it would reveal a neighbouring group with too few answers.")
