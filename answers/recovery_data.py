"""The list, the contacts and the answers of customers asked again, joined by opaque id; and which groups of it may be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import narwhals as nw
import numpy as np
import pandas as pd

from analysis.disclosure.protected_counts import count_cells, protected_counts
from analysis.recovery.contact_history import ContactHistory, contact_history, with_history
from analysis.recovery.progress import Progress, progress_of
from analysis.recovery.recovery_list import ToRecover, customers_to_recover, deadlines
from analysis.sums.scores import score_expression
from analysis.tiers.protected_tiers import layer_reasons
from analysis.tiers.tiers import UNKNOWN
from answers.flat import narrowed_to
from answers.kind_columns import NOT_STATED
from answers.recovery_question import CONTACTS, RecoveryOptions, following_wave, tier_rules
from answers.source import Frame
from answers.topic import Asked
from survey_schema.columns import Role
from words.errors import ManyiError
from words.language import Message
from words.periods import Period

_ID, _WAVE, _BRANCH = str(Role.RESPONDENT_ID), str(Role.WAVE), str(Role.BRANCH)


@dataclass(frozen=True, eq=False)
class Joined:
    """``table``: the list with what is known of contacts (``with_history``) and ``deadline``; ``history`` None: no sheet came for the wave.

    ``outside``: customers of the sheet who are not on the list; None where only a part of the list is looked at.
    """

    to_recover: ToRecover
    table: pd.DataFrame
    history: ContactHistory | None
    outside: int | None


def joined(asked: Asked[RecoveryOptions]) -> Joined:
    """Raises ManyiError where the selection is hidden: customers one by one would show it."""
    options, schema = asked.options, asked.schema
    frame = of_wave(asked, asked.wave)
    reason = _group_reasons(frame, asked, ()).get(())
    if asked.where and reason is not None:
        raise ManyiError(reason)
    found = customers_to_recover(narrowed_to(frame, asked.where), schema, tier_rules(options, schema), str(options.outcome))
    history = _history(asked)
    table = with_history(found.table, history)
    table["deadline"] = deadlines(table["priority"], date.fromisoformat(str(options.issued)), schema.recovery.days)
    whole = history is not None and not narrowed(asked)
    outside = int((~history.customers.index.isin(found.table[_ID])).sum()) if whole and history is not None else None
    return Joined(found, table, history, outside)


def narrowed(asked: Asked[RecoveryOptions]) -> bool:
    """Whether only a part of the list is looked at."""
    return bool(set(asked.where) - {Role.OPERATOR})


def of_wave(asked: Asked[RecoveryOptions], wave: str) -> Frame:
    """The responses of one of the waves that are read."""
    return asked.frame.filter(nw.col(_WAVE) == wave)


def _history(asked: Asked[RecoveryOptions]) -> ContactHistory | None:
    """Contacts of all waves count for how often somebody was contacted; None where no sheet came for this wave."""
    there = [each.label for each in asked.source.deliveries(CONTACTS)]
    if asked.wave not in there:
        return None
    rows = asked.source.rows(CONTACTS).collect("pandas").to_native()
    on = date.fromisoformat(str(asked.options.on))
    return contact_history(rows, asked.wave, on, asked.schema, str(asked.options.outcome))


def progress_by_group(asked: Asked[RecoveryOptions], found: Joined) -> tuple[Progress, ...]:
    """Progress of each group, without the figures of those whose responses are too few to be shown.

    Customers without a branch or a layer are in no group: together with the total they would show a hidden one.
    """
    group, on = asked.options.group, date.fromisoformat(str(asked.options.on))
    columns = found.to_recover.axes if group == "tier" else ({"owner": "contacted_by"}.get(str(group), str(group)),)
    if not columns:
        return ()
    table = found.table.assign(**{name: found.table[name].astype(object).where(found.table[name].notna(), NOT_STATED) for name in columns})
    rows = progress_of(table, columns, on)
    if group in ("branch", "tier"):
        rows = tuple(each for each in rows if not {NOT_STATED, UNKNOWN} & set(each.keys.values()))
    reasons = _reasons(asked, columns)
    shown = [each for each in rows if tuple(str(value) for value in each.keys.values()) not in reasons]
    named = [replace(each, keys={"owner": each.keys["contacted_by"]}) if group == "owner" else each for each in shown]
    # Whether a hidden group has anybody on the list, and how many, must not be seen by its being there or by its place.
    hidden = [Progress(dict(zip(columns, key, strict=True)), 0, 0, 0, 0, 0, reasons[key]) for key in sorted(reasons)]
    return (*named, *hidden)


def without_hidden_branches(asked: Asked[RecoveryOptions], table: pd.DataFrame) -> pd.DataFrame:
    """The list without the names of branches that are hidden: a customer's answers beside the name would be figures of the branch."""
    hidden = [branch for (branch,) in _group_reasons(of_wave(asked, asked.wave), asked, (_BRANCH,))]
    return table.assign(branch=table[_BRANCH].astype(object).where(~table[_BRANCH].isin(hidden), None))


def _reasons(asked: Asked[RecoveryOptions], columns: Sequence[str]) -> Mapping[tuple[str, ...], Message]:
    """Why a branch or a layer is hidden, by its values. Priorities and who made the contact are no groups of respondents."""
    frame = of_wave(asked, asked.wave)
    if asked.options.group == "branch":
        return _group_reasons(frame, asked, columns)
    rules = tier_rules(asked.options, asked.schema)
    if asked.options.group != "tier" or rules is None:
        return {}
    return layer_reasons(frame, asked.schema, rules, str(asked.options.outcome), asked.where, asked.thresholds)


def _group_reasons(frame: Frame, asked: Asked[RecoveryOptions], by: Sequence[str]) -> dict[tuple[str, ...], Message]:
    counted = count_cells(frame, {}, list(dict.fromkeys([*by, *asked.where])))
    groups = protected_counts(counted, list(by), asked.where, asked.thresholds)
    return {tuple(str(group.keys[name]) for name in by): group.reason for group in groups if group.reason is not None}


def asked_again(asked: Asked[RecoveryOptions], found: Joined) -> pd.DataFrame | None:
    """The list with the answers of the next wave as ``after``; None where there is none.

    Who was contacted for the first time when that wave was over counts as not contacted, as far as its answers go.
    """
    after = following_wave(asked.reads, asked.wave)
    if after is None or found.history is None or found.table.empty:
        return None
    outcome = str(asked.options.outcome)
    answers = of_wave(asked, after).filter(nw.col(_ID).is_in(found.table[_ID].tolist()))
    table = answers.select(_ID, score_expression(asked.schema, outcome).alias("after")).collect("pandas").to_native()
    known = table.dropna().groupby(_ID)["after"].mean()
    period = Period.parse(after)
    over = pd.Timestamp(period.following().first_day) if period is not None else pd.Timestamp.max
    first = found.table["first_contact"]
    in_time = found.table["contacted"] & (first.isna() | (first < over))
    return found.table.assign(after=found.table[_ID].map(known).astype(np.float64), contacted=in_time)
