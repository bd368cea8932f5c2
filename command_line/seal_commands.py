"""Seals without a screen: the code of an answer, and whether what was sealed is the same today."""

from __future__ import annotations

from typing import Any

import typer

from answers.kept import Kept
from answers.seal_check import check_seal
from answers.seal_words import changed_record, changed_sentence, sealed_sentence, verdict
from answers.sealing import code_of_answers, keep_seal
from answers.topic import Answered
from command_line.output import EXIT_ERRORS, console, print_json
from settings import Settings, acting_user
from words.check_codes import shown_code
from words.errors import ManyiError
from words.language import message


def verify_seal(code: str, settings: Settings, *, json: bool) -> None:
    """Prints whether all is equal, else every input that changed; leaves with 1 where something did."""
    check = check_seal(settings.open_store(), code, settings.rules, Kept())
    if json:
        seal = check.seal
        print_json(
            {
                "code": shown_code(seal.code), "equal": check.equal, "survey": seal.survey, "sealed_by": seal.sealed_by,
                "sealed_at": seal.sealed_at.isoformat() if seal.sealed_at else None,
                "changed": [changed_record(each) for each in check.changed],
            }
        )  # fmt: skip
    else:
        console.print(verdict(check))
        for each in check.changed:
            console.print(changed_sentence(each))
        console.print(sealed_sentence(check))
    if not check.equal:
        raise typer.Exit(EXIT_ERRORS)


def code_of_answer(found: Answered[Any, Any], *, keep: bool) -> str | None:
    """The code of an answer, kept in the store where that is asked for; None of a workbook. Raises ManyiError where it cannot be kept."""
    if not keep:
        code = code_of_answers([found])
        return shown_code(code) if code else None
    seal = keep_seal([found], acting_user())
    if seal is None:
        raise ManyiError(message("This answer cannot be sealed: only figures of a store that can be written to can, without --population."))
    return shown_code(seal.code)
