"""What was reported of the contacts with each customer, as of a day; contacts later than that day count nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analysis.sums.scores import score
from survey_schema.contact_frequency import too_many
from survey_schema.models import SurveySchema

_ID = "respondent_id"
#: What is known of a customer's contacts.
COLUMNS = ("contacted", "first_contact", "last_contact", "reached", "repaired", "contacted_by", "after")


@dataclass(frozen=True, eq=False)
class ContactHistory:
    """``customers``: a row a customer of the wave's sheet by opaque id, with ``COLUMNS``; ``after`` is satisfaction afterwards on 0–100.

    ``resting``: customers who may not be contacted again yet, whatever wave they were contacted for. ``too_often``: customers of the
    wave's sheet who were contacted more often than the survey's rules allow.
    """

    customers: pd.DataFrame
    resting: frozenset[str]
    too_often: int


def contact_history(rows: pd.DataFrame, wave: str, on: date, schema: SurveySchema, outcome: str) -> ContactHistory:
    """The contacts of a wave's list, from rows of all waves as the store has them.

    Contacted is whoever has a day of contact, or was reached or repaired without one; who was repaired was reached. Whether
    somebody is repaired is what was said last.
    """
    days = pd.to_datetime(rows["contacted_on"])
    known = rows.assign(day=days)[(days.isna() | (days <= pd.Timestamp(on))).to_numpy()]
    dated = known[known["day"].notna()].rename(columns={_ID: "person"})
    rules = schema.recovery
    recent = dated[dated["day"] > pd.Timestamp(on) - pd.Timedelta(days=rules.within_days)].groupby("person").size()
    customers = _by_customer(known[known["wave"] == wave], schema, outcome)
    often = dated[too_many(dated, rules.most_contacts, rules.within_days)]["person"] if len(dated) else dated["person"]
    too_often = int(customers.index.isin(often).sum())
    return ContactHistory(customers, frozenset(recent.index[recent >= rules.most_contacts]), too_often)


def _by_customer(rows: pd.DataFrame, schema: SurveySchema, outcome: str) -> pd.DataFrame:
    ordered = rows.sort_values("day", na_position="first", kind="stable")
    yes = {name: ordered[name].astype("boolean").fillna(False).astype(bool) for name in ("reached", "repaired")}
    grades = pd.to_numeric(ordered["satisfaction_after"]).to_numpy(dtype=np.float64)
    points = np.where((ordered["scale"] == "grade").to_numpy(), score(schema, outcome, grades), grades)
    marked = ordered.assign(
        contacted=(ordered["day"].notna() | yes["reached"] | yes["repaired"]).to_numpy(),
        reached=(yes["reached"] | yes["repaired"]).to_numpy(),
        repaired=ordered["repaired"].astype("boolean"),
        after=points,
    )
    by = marked.groupby(_ID, sort=True)
    found = pd.DataFrame(
        {
            "contacted": by["contacted"].any(), "first_contact": by["day"].min(), "last_contact": by["day"].max(),
            "reached": by["reached"].any(), "repaired": by["repaired"].last().fillna(False).astype(bool),
            "contacted_by": by["contacted_by"].last(), "after": by["after"].last(),
        }
    )  # fmt: skip
    return found[list(COLUMNS)]


def with_history(listed: pd.DataFrame, history: ContactHistory | None) -> pd.DataFrame:
    """The list with what is known of each customer's contacts; nobody was contacted where no sheet came."""
    if history is None:
        empty = {"contacted": False, "first_contact": pd.NaT, "last_contact": pd.NaT, "reached": False, "repaired": False}
        return listed.assign(**empty, contacted_by=None, after=np.nan)
    joined = listed.join(history.customers, on=_ID)
    flags = {name: joined[name].astype("boolean").fillna(False).astype(bool) for name in ("contacted", "reached", "repaired")}
    return joined.assign(**flags)
