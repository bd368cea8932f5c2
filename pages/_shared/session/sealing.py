"""Figures that leave a page are sealed, and a seal is checked, for whoever is acting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from answers.seal_check import SealCheck, check_seal
from answers.sealing import keep_seal
from answers.topic import Answered
from pages._shared.session.store_access import kept, settings, store, who
from words.check_codes import shown_code
from words.errors import ManyiError


def sealed(answers: Sequence[Answered[Any, Any]]) -> str:
    """The code of figures that are just leaving, kept in the store; "" where it cannot be kept: they leave all the same."""
    try:
        seal = keep_seal(answers, who())
    except ManyiError:  # a full disk is no reason not to hand out what was computed
        return ""
    return shown_code(seal.code) if seal else ""


def checked(text: str) -> SealCheck:
    """Checks the seal of a code as it was typed; raises ManyiError for what is no code of this store."""
    return check_seal(store(), text, settings().rules, kept())
