"""``estimate``: look the word up, make what it needs, compute, print."""

from __future__ import annotations

from command_line.requests import EstimateOptions, make_request
from command_line.results import print_estimates, print_records
from command_line.verbs import VERBS
from settings import Settings
from survey_schema.errors import ManyiError
from survey_schema.language import message


def estimate_and_print(options: EstimateOptions, settings: Settings) -> None:
    """Compute one analysis and print it; raises :class:`ManyiError` for what cannot be asked."""
    if options.what not in VERBS:
        raise ManyiError(message("There is no estimate {what}. There are: {known}.", what=options.what, known=", ".join(VERBS)))
    verb = VERBS[options.what]
    request = make_request(options, settings, verb.waves(options.against), verb.columns)
    result = verb.run(request)
    if options.json:
        print_records(result, request)
    else:
        print_estimates(result, request, share=verb.share, signed=verb.signed, decimals=verb.decimals)
