"""From the words of ``estimate`` to a question and the source it is asked of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from answers.kept import Kept
from answers.kind_columns import kind_column_name, kind_conditions
from answers.question import Question, pairs
from answers.selection import column_name, conditions, named_waves, ours_where
from answers.source import Customers, Source, StoreSource
from answers.topic import Topic
from answers.workbook_source import WorkbookSource
from command_line.population_file import population_file
from command_line.workbooks import SheetOptions, WorkbookOptions, check_from, left_out, refuse_open_questions
from settings import Settings
from storage.catalogue import period_order
from storage.records import Selection
from storage.workbook_frame import workbook_frame
from survey_schema.columns import Role
from survey_schema.models import SurveySchema
from words.errors import ManyiError, shown_value, unknown
from words.language import message
from words.lists import Listed
from words.periods import Period


@dataclass(frozen=True)
class Words:
    """What was written, the same for every topic; ``options`` are those of the topic, parsed."""

    workbook: Path | None = None
    schema: str | None = None
    by: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    waves: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    population: Path | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    mapping: tuple[str, ...] = ()
    sheet: SheetOptions = field(default_factory=SheetOptions)
    told: tuple[str, ...] = ()
    repairs: Path | None = None
    branches_as_of: str | None = None
    accept_losses: bool = False


def asked_of(words: Words, topic: Topic[Any, Any], settings: Settings) -> tuple[Question[Any], Source]:
    """The question and its source; raises ManyiError naming what there is not."""
    topic = topic.suited(topic.options(**words.options))
    beside = topic.of_deliveries
    source = _workbook(words, words.workbook, settings, beside) if words.workbook else stored_source(words, settings, beside)
    schema = source.schema
    if topic.groups:
        return _of_kinds(words, topic, schema), source
    where, opened = conditions(words.where, schema)
    question: Question[Any] = Question(
        topic=topic.name,
        survey=schema.name,
        options=topic.options(**words.options),
        waves=named_waves(words.waves, source.labels),
        where=pairs(where),
        by=tuple(dict.fromkeys(column_name(name, schema) for name in words.by)),
        codes=words.codes,
    )
    compared = (*topic.columns(question, schema), *question.by)
    if topic.ours and Role.OPERATOR not in (*where, *opened, *compared):
        question = question.with_where({**where, **ours_where(source, (question.waves or source.labels)[-1])})
    return question, source


def _of_kinds(words: Words, topic: Topic[Any, Any], schema: SurveySchema) -> Question[Any]:
    """The question to data beside responses, which have columns of their own; its periods are settled by what there is."""
    return Question(
        topic=topic.name,
        survey=schema.name,
        options=topic.options(**words.options),
        waves=tuple(dict.fromkeys(period.label if (period := Period.parse(text)) else text for text in words.waves)),
        where=pairs(kind_conditions(words.where, topic, schema)),
        by=tuple(dict.fromkeys(kind_column_name(name, topic) for name in words.by)),
        codes=words.codes,
    )


def stored_source(words: Words, settings: Settings, beside: bool = False) -> StoreSource:
    """The stored survey that is named, or the only one there is; raises ManyiError naming what there is not.

    ``beside``: what is asked of is data beside responses, so a survey without a wave will do.
    """
    store = settings.open_store()
    delivered = store.deliveries() if beside else ()
    surveys = tuple(dict.fromkeys([*store.surveys(), *(each.survey for each in delivered)]))
    if not surveys:
        raise ManyiError(message("The store holds no wave yet. Store a workbook with commit, or name a workbook."))
    if words.schema is None and len(surveys) > 1:
        raise ManyiError(message("The store holds several surveys; name one with --schema: {known}.", known=Listed(surveys)))
    survey = words.schema or surveys[0]
    if survey not in surveys:
        raise unknown(message("survey"), survey, surveys, place=message("the store"))
    labels = tuple(wave.label for wave in store.waves(survey))
    if beside:
        latest = [*(each for each in delivered if each.survey == survey), *store.waves(survey)][-1]
    else:
        latest = store.selected_waves(Selection(survey, named_waves(words.waves, labels) or labels[-1:]))[-1]
    moment = _end_of(words.branches_as_of) if words.branches_as_of else None
    source = StoreSource(store, survey, latest.schema_hash, settings.rules, Kept(), whole_waves=False, branches_at=moment)
    return replace(source, brought=_customers(words, source.schema, settings))


def _end_of(day: str) -> datetime:
    """The end of a day, or the very moment where a time is written too."""
    try:
        moment = datetime.fromisoformat(day)
    except ValueError:
        raise ManyiError(message("--branches-as-of is a day such as 2026-05-15; found {found}.", found=shown_value(day))) from None
    whole = len(day.strip()) <= len("2026-05-15")
    return (moment + timedelta(days=1) if whole else moment).astimezone()


def _workbook(words: Words, path: Path, settings: Settings, beside: bool) -> WorkbookSource:
    if words.schema is None:
        raise ManyiError(message("Name the schema of the workbook with --schema."))
    wave = words.waves[0] if len(words.waves) == 1 else None
    options = WorkbookOptions(
        path, words.schema, words.mapping, None, words.sheet, wave_of_all=wave, told=words.told, repairs=words.repairs
    )
    file = check_from(options, settings)
    if not words.accept_losses:
        refuse_open_questions(file)
    alone = beside and file.checked.responses is None and file.checked.storable
    responses = None if alone else workbook_frame(file.checked, file.schema, limits=settings.engine_limits)  # refuses one with errors
    found = file.checked.responses["wave"].unique().to_pylist() if file.checked.responses is not None else []
    sheet = None if file.checked.population is None else Customers(file.checked.population)
    return WorkbookSource(
        schema=file.schema,
        responses=responses,
        labels=tuple(sorted((str(label) for label in found), key=period_order)),
        rules=settings.rules,
        customers=_customers(words, file.schema, settings) or sheet,
        left_out=None if alone else left_out(file.checked),
        beside={kind.kind: kind.rows for kind in file.checked.kinds if kind.rows is not None},
    )


def _customers(words: Words, schema: SurveySchema, settings: Settings) -> Customers | None:
    return Customers(population_file(words.population, schema, settings)) if words.population else None
