"""The names a survey's schema gives to what rows of a kind are about: branches, items, causes, KPIs, promises, targets."""

from __future__ import annotations

from dataclasses import dataclass

from survey_schema.columns import Choice, Role
from survey_schema.data_kinds.description import OneOf, choice
from survey_schema.models import SurveySchema
from survey_schema.schema_parts import LocalText

#: What a measure against complaints aims at: all of them, or a class, whose code stands at the end.
ALL_COMPLAINTS, CLASS_OF_COMPLAINTS = "complaints", "complaints_"


@dataclass(frozen=True)
class KnownChoices:
    """The choices of a column; ``closed``: another value is an error, else it is kept as it is."""

    choices: tuple[Choice, ...]
    closed: bool


def known_choices(value: OneOf, schema: SurveySchema) -> KnownChoices:
    """What a cell may say. A list that is empty closes nothing."""
    if value.source is None:
        return KnownChoices(value.choices, closed=True)
    if value.source in ("branch", "operator", "business_line"):
        column = schema.column_for(Role(value.source))
        return KnownChoices(tuple(column.choices), column.closed and bool(column.choices)) if column else KnownChoices((), closed=False)
    if value.source == "item":
        return KnownChoices(_items(schema), closed=True)
    if value.source == "checklist":
        return KnownChoices((*schema.checklist, *_items(schema)), closed=bool(schema.checklist))
    if value.source == "measured":
        return KnownChoices((*_items(schema), *_kpis(schema)), closed=True)
    if value.source == "targeted":
        return KnownChoices(targets(schema), closed=False)  # a target nobody measures is kept in the words it was set in
    if value.source == "complaint_class":
        return KnownChoices(tuple(schema.complaints.classes), closed=True)
    if value.source == "kpi":
        return KnownChoices(_kpis(schema), closed=False)  # one the schema does not list has no target
    listed = {"complaint_cause": tuple(schema.complaints.causes), "promise": _promises(schema)}[value.source]
    return KnownChoices(listed, closed=bool(listed))


def targets(schema: SurveySchema) -> tuple[Choice, ...]:
    """What a measure may aim at: items and indicators, KPIs, complaints and their classes; a name that several have is the first one's."""
    gaps = {gap.code for gap in schema.gap_items}
    classes = (
        choice(
            f"{CLASS_OF_COMPLAINTS}{each.code}", f"{each.title.zh_CN}投诉", f"Complaints: {each.title.en}", each.code, each.title.zh_CN,
            each.title.en, *each.aliases,
        )
        for each in schema.complaints.classes
    )  # fmt: skip
    every = choice(ALL_COMPLAINTS, "投诉量", "Complaints", "投诉", "投诉总量", "月投诉量", "complaint")
    return (*(each for each in _items(schema) if each.code not in gaps), *_kpis(schema), every, *classes)


def _items(schema: SurveySchema) -> tuple[Choice, ...]:
    """Gap items first: where one has the name of its perception item, the pair is meant. Then items and indicators."""
    named: list[tuple[str, LocalText, list[str]]] = [(gap.code, gap.title, []) for gap in schema.gap_items]
    named += [(item.code, item.title, item.aliases) for item in schema.items]
    named += [(node.code, node.title, []) for node in schema.tree.walk()]
    return tuple(Choice(code=code, title=title, aliases=list(aliases)) for code, title, aliases in named)


def _kpis(schema: SurveySchema) -> tuple[Choice, ...]:
    return tuple(Choice(code=each.code, title=each.title, aliases=list(each.aliases)) for each in schema.kpis)


def _promises(schema: SurveySchema) -> tuple[Choice, ...]:
    return tuple(Choice(code=each.code, title=each.title, aliases=list(each.aliases)) for each in schema.promises)
