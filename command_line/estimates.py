"""``estimate``: which analysis a word names.

A new analysis becomes a new word by one more entry in :data:`VERBS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from analysis.estimate_index import estimate_index
from analysis.estimate_rates import estimate_dispersion, estimate_rates
from analysis.results import Result
from command_line.requests import EstimateOptions, Request, make_request
from command_line.results import print_estimates, print_records
from settings import Settings
from survey_schema.errors import ManyiError
from survey_schema.language import message


@dataclass(frozen=True)
class Verb:
    """One word of ``estimate``.

    ``waves``: the responses it works on when none are named: those of the latest wave or of all waves, all needed anyway
    where it compares waves. ``share``: values are proportions. ``signed``: values are differences.
    """

    run: Callable[[Request], Result]
    waves: Literal["latest", "all"] = "latest"
    share: bool = False
    signed: bool = False


def _index(request: Request) -> Result:
    return estimate_index(
        request.tallies, request.schema, by=request.by, where=request.where, codes=request.codes, thresholds=request.thresholds
    )


def _rates(request: Request) -> Result:
    return estimate_rates(
        request.tallies, request.schema, by=request.by, where=request.where, codes=request.codes, thresholds=request.thresholds
    )


def _dispersion(request: Request) -> Result:
    return estimate_dispersion(
        request.tallies, request.schema, by=request.by, where=request.where, codes=request.codes, thresholds=request.thresholds
    )


VERBS: dict[str, Verb] = {
    "index": Verb(_index),
    "rates": Verb(_rates, share=True),
    "dispersion": Verb(_dispersion),
}


def estimate_and_print(options: EstimateOptions, settings: Settings) -> None:
    """Compute one analysis and print it; raises :class:`ManyiError` for what cannot be asked."""
    if options.what not in VERBS:
        raise ManyiError(message("There is no estimate {what}. There are: {known}.", what=options.what, known=", ".join(VERBS)))
    verb = VERBS[options.what]
    request = make_request(options, settings, verb.waves)
    result = verb.run(request)
    if options.json:
        print_records(result, request)
    else:
        print_estimates(result, request, share=verb.share, signed=verb.signed)
