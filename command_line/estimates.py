"""``estimate``: look the word up, make what it needs, compute, print."""

from __future__ import annotations

from command_line.output import console
from command_line.requests import EstimateOptions, Request, make_request
from command_line.results import print_estimates, print_records
from command_line.verbs import VERBS
from settings import Settings
from words.errors import ManyiError
from words.language import message

#: Options every word understands; the others would be passed over in silence where a word takes none of them.
EVERYWHERE = (
    "--schema", "--by", "--where", "--wave", "--code", "--map", "--sheet", "--all-sheets", "--sheet-as",
    "--grade", "--dates", "--accept-losses", "--json", "--lang",
)  # fmt: skip


def estimate_and_print(options: EstimateOptions, settings: Settings) -> None:
    """Compute one analysis and print it; raises :class:`ManyiError` for what cannot be asked."""
    if options.what not in VERBS:
        raise ManyiError(message("There is no estimate {what}. There are: {known}.", what=options.what, known=", ".join(VERBS)))
    verb = VERBS[options.what]
    unused = [name for name in options.written if name.startswith("--") and name not in (*EVERYWHERE, *verb.takes)]
    if unused:
        raise ManyiError(message("estimate {what} makes no use of {option}.", what=options.what, option=", ".join(unused)))
    request = make_request(options, settings, verb.waves(options.against), verb.columns, ours=verb.ours)
    for note in request.notes:
        console.complain(note)
    result = verb.run(request)
    if not result.estimates:
        _say_when_nobody_is_selected(request)
    if options.json:
        print_records(result, request)
    else:
        print_estimates(result, request, share=verb.share, signed=verb.signed, decimals=verb.decimals)


def _say_when_nobody_is_selected(request: Request) -> None:
    """Raises :class:`ManyiError` where no response has what ``--where`` asks, with what there is."""
    for name, value in request.where.items():
        values = request.tallies.values(name)
        if value not in values:
            known = ", ".join(values)
            raise ManyiError(message("There are no responses of {value} here. There are: {known}.", value=value, known=known))
    if request.where and not request.tallies.where(request.where).rows.sum():
        raise ManyiError(message("No response has all that --where asks."))
