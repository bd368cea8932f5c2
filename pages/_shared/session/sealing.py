"""Figures that leave a page are sealed, and a seal is checked, for whoever is acting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from answers.seal_check import SealCheck, check_seal
from answers.topic import Answered
from pages._shared.session.store_access import kept, settings, store, who
from reports.sealed import sealed_as


def sealed(answers: Sequence[Answered[Any, Any]]) -> str:
    """The code of figures that are just leaving, kept in the store; "" where it cannot be kept: they leave all the same."""
    return sealed_as(answers, who())


def checked(text: str) -> SealCheck:
    """Checks the seal of a code as it was typed; raises ManyiError for what is no code of this store."""
    return check_seal(store(), text, settings().rules, kept())
