"""From the words of ``estimate`` to what an analysis needs: tallies, columns, values, waves.

The responses come from the store or straight from a workbook; both give the same kind of frame.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import narwhals as nw
import pyarrow as pa

from analysis.results.estimates import Thresholds
from analysis.sums.tallies import Tallies, sums
from command_line.explain_options import ExplainOptions
from command_line.population_file import population_file
from command_line.workbooks import SheetOptions, WorkbookOptions, check_from, left_out, refuse_open_questions
from settings import Settings
from storage.catalogue import period_order
from storage.engine import Engine
from storage.records import Selection
from storage.selection_filters import asked_otherwise
from storage.workbook_frame import workbook_frame
from survey_schema.columns import DIMENSIONS, Choice, Column, Role
from survey_schema.models import SurveySchema
from survey_schema.workbook.clean.clean_choices import choice_codes
from survey_schema.workbook.clean.clean_values import folded
from words.errors import ManyiError
from words.language import Message, message
from words.periods import Period

#: Customers per cell of one wave, by its label; None where its workbook has none.
Population = Callable[[str], pa.Table | None]
#: What an analysis works on when no wave is named: the latest wave, all waves, or the latest one with all earlier ones at hand.
WaveRule = Literal["latest", "all", "with_earlier"]
#: What ``--where COLUMN=…`` calls no narrowing at all.
EVERYBODY = ("all", "全部")
#: The columns an analysis groups by beside those named: from the schema, ``--by`` and ``--against``.
ColumnRule = Callable[[SurveySchema, tuple[str, ...], str | None], tuple[str, ...]]


@dataclass(frozen=True)
class EstimateOptions:
    """What the command line asks for, as it was written; ``written`` are the names of all options that were."""

    what: str
    workbook: Path | None
    schema: str | None
    by: tuple[str, ...]
    where: tuple[str, ...]
    waves: tuple[str, ...]
    against: str | None
    codes: tuple[str, ...]
    mapping: tuple[str, ...]
    sheet: SheetOptions
    json: bool
    told: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    explain: ExplainOptions = field(default_factory=ExplainOptions)
    population: Path | None = None
    common: bool = False
    accept_losses: bool = False
    share: str | None = None


@dataclass(frozen=True)
class Request:
    """What an analysis is asked for: stored column names and values, known to exist in the schema.

    ``given`` is a wave with the weights it came with, whatever weighting is in force; ``notes`` say what is not to be seen in the figures,
    such as how many responses of a workbook are not used.
    """

    frame: nw.LazyFrame[Any]
    given: Callable[[str], nw.LazyFrame[Any]]
    columns: tuple[str, ...]
    schema: SurveySchema
    by: tuple[str, ...]
    where: dict[str, str]
    against: str | None
    codes: tuple[str, ...] | None
    waves: tuple[str, ...]
    thresholds: Thresholds
    population: Population
    explain: ExplainOptions = field(default_factory=ExplainOptions)
    notes: tuple[Message, ...] = ()
    common: bool = False

    @cached_property
    def tallies(self) -> Tallies:
        """The sums of the responses, computed when first asked for."""
        return sums(self.frame, self.schema, by=self.columns)

    @property
    def wave(self) -> str:
        """The latest of the waves asked for."""
        return self.waves[-1]


@dataclass(frozen=True)
class _Source:
    """Where responses come from: their schema, the wave labels there are, the frame of some of them, and one with its given weights.

    ``versions`` tells by wave label which schema a stored wave was checked against, ``changed`` by item in which waves its scale
    was another.
    """

    schema: SurveySchema
    labels: tuple[str, ...]
    frame: Callable[[tuple[str, ...]], nw.LazyFrame[Any]]
    given: Callable[[str], nw.LazyFrame[Any]]
    population: Population
    versions: Mapping[str, str] = field(default_factory=dict)
    left_out: Message | None = None
    changed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def make_request(options: EstimateOptions, settings: Settings, rule: WaveRule, columns: ColumnRule, *, ours: bool = True) -> Request:
    """Look up everything named; raises :class:`ManyiError` naming what there is not.

    ``ours``: our own customers are meant where no operator is named and operators are not compared, as on the screen.
    """
    source = _workbook(options, options.workbook, settings) if options.workbook else _stored(options, settings)
    schema = source.schema
    by = tuple(dict.fromkeys(column_name(name, schema) for name in options.by))
    where, opened = _conditions(options.where, schema)
    waves = _waves(options.waves, source.labels, "all" if Role.WAVE in by else rule)
    compared = columns(schema, by, options.against)
    if ours and Role.OPERATOR not in (*where, *opened, *compared, *by) and _has_ours(source.frame(waves[-1:]), schema):
        where[str(Role.OPERATOR)] = str(schema.our_operator)
    separate = population_file(options.population, schema, settings) if options.population else None
    return Request(
        frame=source.frame(source.labels if rule == "with_earlier" else waves),
        given=source.given,
        columns=tuple(str(name) for name in dict.fromkeys([Role.WAVE, *compared, *by, *where])),
        schema=schema,
        by=by,
        where=where,
        against=options.against,
        codes=options.codes or None,
        waves=waves,
        thresholds=settings.thresholds,
        population=source.population if separate is None else lambda _label: separate,
        explain=options.explain,
        notes=_notes(source, source.labels if rule == "with_earlier" else waves),
        common=options.common,
    )


def _has_ours(responses: nw.LazyFrame[Any], schema: SurveySchema) -> bool:
    """Whether any of these responses is of our own customers."""
    if schema.our_operator is None:
        return False
    return len(responses.select(str(Role.OPERATOR)).filter(nw.col(str(Role.OPERATOR)) == schema.our_operator).head(1).collect()) > 0


def _notes(source: _Source, labels: tuple[str, ...]) -> tuple[Message, ...]:
    changed = [code for code, waves in source.changed.items() if set(waves) & set(labels)]
    other = changed_scales(changed, sorted({wave for code in changed for wave in source.changed[code] if wave in labels}))
    return tuple(note for note in (source.left_out, _common_tree(source, labels), other) if note)


def changed_scales(codes: Sequence[str], waves: Sequence[str]) -> Message | None:
    """What has to be said where items had another scale in some waves; None where none had."""
    if not codes:
        return None
    return message(
        "{items} had another scale in {waves}; there they are other questions and are left out.",
        items=", ".join(codes),
        waves=", ".join(sorted(waves, key=period_order)),
    )


def _common_tree(source: _Source, labels: tuple[str, ...]) -> Message | None:
    """What has to be said where waves stored under different versions of the survey are computed by one of them."""
    if len({source.versions[label] for label in labels if label in source.versions}) < 2:
        return None
    return message(
        "The waves were stored under different versions of the survey; all are computed by version {version}, so that they can be "
        "compared.",
        version=source.schema.version,
    )


def _stored(options: EstimateOptions, settings: Settings) -> _Source:
    store = settings.open_store()
    surveys = store.surveys()
    if not surveys:
        raise ManyiError(message("The store holds no wave yet. Store a workbook with commit, or name a workbook."))
    if options.schema is None and len(surveys) > 1:
        raise ManyiError(message("The store holds several surveys; name one with --schema: {known}.", known=", ".join(surveys)))
    survey = options.schema or surveys[0]
    if survey not in surveys:
        raise ManyiError(message("The store holds no survey {survey}. There are: {known}.", survey=survey, known=", ".join(surveys)))
    waves = store.waves(survey)
    labels = tuple(wave.label for wave in waves)

    def population(label: str) -> pa.Table | None:
        return next((store.population(wave.wave_id) for wave in waves if wave.label == label), None)

    def given(label: str) -> nw.LazyFrame[Any]:
        responses = next(store.responses(wave.wave_id) for wave in waves if wave.label == label)
        return Engine(settings.engine_limits).frame(responses)

    schema = store.schema_for(Selection(survey, _waves(options.waves, labels, "latest")))
    return _Source(
        schema=schema,
        labels=labels,
        versions={wave.label: wave.schema_hash for wave in waves},
        changed=asked_otherwise({wave.label: store.schema(wave.schema_hash) for wave in waves}, schema),
        frame=lambda labels: store.scan(Selection(survey, labels), like=schema),
        given=given,
        population=population,
    )


def _workbook(options: EstimateOptions, path: Path, settings: Settings) -> _Source:
    if options.schema is None:
        raise ManyiError(message("Name the schema of the workbook with --schema."))
    wave = options.waves[0] if len(options.waves) == 1 else None
    file = check_from(
        WorkbookOptions(path, options.schema, options.mapping, None, options.sheet, wave_of_all=wave, told=options.told), settings
    )
    if not options.accept_losses:
        refuse_open_questions(file)
    whole = workbook_frame(file.checked, file.schema, limits=settings.engine_limits)  # refuses a workbook with errors
    found = file.checked.responses["wave"].unique().to_pylist() if file.checked.responses is not None else []
    return _Source(
        schema=file.schema,
        labels=tuple(sorted((str(label) for label in found), key=period_order)),
        frame=lambda labels: whole.filter(nw.col("wave").is_in(labels)),
        given=lambda label: whole.filter(nw.col("wave") == label),
        population=lambda _label: file.checked.population,
        left_out=left_out(file.checked),
    )


def _waves(named: tuple[str, ...], labels: tuple[str, ...], rule: WaveRule) -> tuple[str, ...]:
    if not named:
        return labels if rule == "all" else labels[-1:]
    chosen = []
    for text in named:
        period = Period.parse(text)
        label = text if text in labels or period is None else period.label
        if label not in labels:
            raise ManyiError(message("There is no wave {wave}. There are: {known}.", wave=text, known=", ".join(labels)))
        chosen.append(label)
    return tuple(sorted(dict.fromkeys(chosen), key=period_order))


def _column(name: str, schema: SurveySchema) -> Column | None:
    for column in schema.columns:
        if name in (column.code, column.stored_as, column.title.zh_CN, column.title.en):
            return column
    return None


def column_name(name: str, schema: SurveySchema) -> str:
    """The stored column of a dimension or text attribute, named by code, role or title."""
    if name == Role.WAVE:
        return name
    column = _column(name, schema)
    if column is None or not _groups(column):
        known = ", ".join(str(column.stored_as) for column in schema.columns if _groups(column))
        raise ManyiError(message("{name} is nothing to group by. There are: {known}.", name=name, known=known))
    return column.stored_as


def _groups(column: Column) -> bool:
    return column.role in (Role.WAVE, *DIMENSIONS, Role.INTERVIEWER) or (column.role is Role.ATTRIBUTE and column.kind == "text")


def _conditions(texts: tuple[str, ...], schema: SurveySchema) -> tuple[dict[str, str], set[str]]:
    """The selection, and the columns said to be left open with ``COLUMN=all``.

    Raises :class:`ManyiError` where one column is asked for two values, which no response has.
    """
    named: dict[str, str | None] = {}
    for text in texts:
        name, value = _condition(text, schema)
        if named.setdefault(name, value) != value:
            raise ManyiError(message("--where names two values of {column}; name one, or compare them with --by {column}.", column=name))
    where = {name: value for name, value in named.items() if value is not None}
    return where, named.keys() - where.keys()


def _condition(text: str, schema: SurveySchema) -> tuple[str, str | None]:
    """``branch=兰州`` → the stored column and value; values by code, title or alias; None for all."""
    name, sign, value = (part.strip() for part in text.partition("="))
    if not sign or not value:
        raise ManyiError(message("--where {text} is not of the form COLUMN=VALUE.", text=text))
    stored = column_name(name, schema)
    column = _column(name, schema)
    found = stored_value(column.choices if column else [], value)
    return stored, None if found.lower() in EVERYBODY else found


def stored_value(choices: list[Choice], text: str) -> str:
    """The code of a value named by code, title or alias; the text itself where the schema lists no such value."""
    return choice_codes(choices).get(folded(text), text)
