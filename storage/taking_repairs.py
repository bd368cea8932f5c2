"""Taking repairs over: what the screen and the command line both do once somebody decided what unknown values mean."""

from __future__ import annotations

from collections.abc import Sequence

from storage.store import Store
from survey_schema.models import SurveySchema
from survey_schema.workbook.repair.new_choices import Widened, with_new_choices
from survey_schema.workbook.repair.repairs import Repair, settled_repairs


def take_repairs(store: Store, schema: SurveySchema, repairs: Sequence[Repair], by: str) -> Widened:
    """Remember repairs of a survey, and save its next version where they say that values of a closed list are new.

    Gives the survey to check against from now on. Raises :class:`ManyiError` for a repair that does not fit, and then changes nothing.
    """
    settled = settled_repairs(repairs, with_new_choices(schema, repairs).schema)
    widened = store.schemas.widen(schema, settled, by)
    store.repairs.keep(schema.name, settled, by)
    return widened
