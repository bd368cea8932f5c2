"""Customers who were contacted more often than the survey's rules allow: kept, since it happened, and said."""

from __future__ import annotations

from functools import partial

import numpy as np

from survey_schema.contact_frequency import too_many
from survey_schema.data_kinds.description import NotTooOften
from survey_schema.workbook.kinds.sheet_draft import SheetDraft
from words.language import message


def check_often(draft: SheetDraft) -> None:
    """Note every contact that comes on top of as many as are allowed in the days before it."""
    rules = draft.context.schema.recovery
    for relation in draft.place.kind.relations:
        if not isinstance(relation, NotTooOften):
            continue
        import pandas as pd  # few workbooks have contacts

        days = pd.Series(draft.columns[relation.day].to_pandas())
        table = pd.DataFrame({"person": draft.columns[relation.person].to_pandas(), "day": pd.to_datetime(days)})
        table = table[draft.used & table["day"].notna() & table["person"].notna()]
        found = message("More than {most} contacts of one customer within {days} days.", most=rules.most_contacts, days=rules.within_days)
        advice = message("Nothing to do for this row; leave the customer in peace for now.")
        rows = np.sort(table.index[too_many(table, rules.most_contacts, rules.within_days)].to_numpy())
        note = partial(draft.note, "contacted_too_often", relation.day, found=found, advice=advice)
        draft.findings.add_rows("contacted_too_often", rows, note)
