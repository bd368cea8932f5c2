"""What became of tickets: how they are handled, the promised times, and the unhappy who do not complain."""

from __future__ import annotations

from functools import partial

from answers.complaint_figures import Complaints
from answers.complaints import ComplaintOptions, named_promises
from answers.topic import Answered
from charts.complaints.handling_rows import handling_rows
from charts.complaints.promise_rows import promise_rows
from charts.complaints.silent_rows import silent_rows
from pages._shared.parts.show_chart import show_chart
from pages._shared.session.words import language


def show_handled(total: Answered[ComplaintOptions, Complaints]) -> None:
    """A chart each of what the tickets, the promises and the survey tell; nothing where they do not."""
    found, schema, how = total.result, total.asked.schema, total.provenance
    if found.handling is not None and any(entry.value is not None for entry in found.handling.estimates):
        show_chart(partial(handling_rows, found.handling), schema, "handling")
    if found.promises:
        show_chart(partial(promise_rows, named_promises(total.asked, found, language()), how=how), schema, "promises")
    if found.silent is not None and found.silent.by_survey.value is not None:
        show_chart(partial(silent_rows, found.silent, how=how), schema, "silent")
