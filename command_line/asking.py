"""From the words of ``estimate`` to a question and the source it is asked of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from answers.kept import Kept
from answers.question import Question, pairs
from answers.selection import column_name, conditions, named_waves, ours_where
from answers.source import Customers, Source, StoreSource, WorkbookSource
from answers.topic import Topic
from command_line.population_file import population_file
from command_line.workbooks import SheetOptions, WorkbookOptions, check_from, left_out, refuse_open_questions
from settings import Settings
from storage.catalogue import period_order
from storage.records import Selection
from storage.workbook_frame import workbook_frame
from survey_schema.columns import Role
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import message


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
    accept_losses: bool = False


def asked_of(words: Words, topic: Topic[Any, Any], settings: Settings) -> tuple[Question[Any], Source]:
    """The question and its source; raises ManyiError naming what there is not."""
    source = _workbook(words, words.workbook, settings) if words.workbook else stored_source(words, settings)
    schema = source.schema
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


def stored_source(words: Words, settings: Settings) -> StoreSource:
    """The stored survey that is named, or the only one there is; raises ManyiError naming what there is not."""
    store = settings.open_store()
    surveys = store.surveys()
    if not surveys:
        raise ManyiError(message("The store holds no wave yet. Store a workbook with commit, or name a workbook."))
    if words.schema is None and len(surveys) > 1:
        raise ManyiError(message("The store holds several surveys; name one with --schema: {known}.", known=", ".join(surveys)))
    survey = words.schema or surveys[0]
    if survey not in surveys:
        raise ManyiError(message("The store holds no survey {survey}. There are: {known}.", survey=survey, known=", ".join(surveys)))
    labels = tuple(wave.label for wave in store.waves(survey))
    latest = store.selected_waves(Selection(survey, named_waves(words.waves, labels) or labels[-1:]))[-1]
    source = StoreSource(store, survey, latest.schema_hash, settings.rules, Kept(), whole_waves=False)
    return replace(source, brought=_customers(words, source.schema, settings))


def _workbook(words: Words, path: Path, settings: Settings) -> WorkbookSource:
    if words.schema is None:
        raise ManyiError(message("Name the schema of the workbook with --schema."))
    wave = words.waves[0] if len(words.waves) == 1 else None
    file = check_from(WorkbookOptions(path, words.schema, words.mapping, None, words.sheet, wave_of_all=wave, told=words.told), settings)
    if not words.accept_losses:
        refuse_open_questions(file)
    responses = workbook_frame(file.checked, file.schema, limits=settings.engine_limits)  # refuses a workbook with errors
    found = file.checked.responses["wave"].unique().to_pylist() if file.checked.responses is not None else []
    sheet = None if file.checked.population is None else Customers(file.checked.population)
    return WorkbookSource(
        schema=file.schema,
        responses=responses,
        labels=tuple(sorted((str(label) for label in found), key=period_order)),
        rules=settings.rules,
        customers=_customers(words, file.schema, settings) or sheet,
        left_out=left_out(file.checked),
    )


def _customers(words: Words, schema: SurveySchema, settings: Settings) -> Customers | None:
    return Customers(population_file(words.population, schema, settings)) if words.population else None
