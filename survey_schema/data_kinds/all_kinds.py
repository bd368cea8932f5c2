"""Every kind of data beside responses."""

from __future__ import annotations

from dataclasses import dataclass

from survey_schema.data_kinds.commitments import PROMISES, STANDARDS
from survey_schema.data_kinds.complaints import COMPLAINT_COUNTS, COMPLAINTS
from survey_schema.data_kinds.contacts import CONTACTS
from survey_schema.data_kinds.description import WHOLE, DataKind
from survey_schema.data_kinds.inspections import INSPECTIONS
from survey_schema.data_kinds.kpis import KPIS
from survey_schema.data_kinds.measures import MEASURES
from survey_schema.data_kinds.references import ANNOTATIONS, BENCHMARKS
from survey_schema.data_kinds.staff import STAFF
from words.errors import unknown
from words.language import Language, message
from words.periods import wave_text

KINDS: tuple[DataKind, ...] = (
    STAFF,
    STANDARDS,
    PROMISES,
    INSPECTIONS,
    COMPLAINTS,
    COMPLAINT_COUNTS,
    KPIS,
    BENCHMARKS,
    ANNOTATIONS,
    CONTACTS,
    MEASURES,
)
#: What the catalogue calls waves of responses.
RESPONSES = "responses"


@dataclass(frozen=True)
class PeriodLabel:
    """The period of a delivery as a parameter of a message; a list stored as a whole has none."""

    label: str

    def text(self, language: Language) -> str:
        """The period in words."""
        return message("(whole list)").text(language) if self.label == WHOLE else wave_text(self.label, language)


def kind_of(code: str) -> DataKind:
    """The kind of that code; raises :class:`ManyiError` for one there is not."""
    found = next((kind for kind in KINDS if kind.code == code), None)
    if found is None:
        raise unknown(message("kind of data"), code, [kind.code for kind in KINDS])
    return found
