"""What the answers of a wave have to show for each clause of the standards on measuring customer satisfaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from analysis.results.estimates import Estimate
from analysis.results.sentences import plain_text
from answers.compare import WITH_EARLIER
from answers.compared import CompareOptions
from answers.complaints import COMPLAINTS
from answers.data_quality import DATA_QUALITY
from answers.gaps import GAPS_TOPIC
from answers.importance_performance import IPA
from answers.index import INDEX, TREND
from answers.inspections import INSPECTIONS
from answers.kpis import KPIS
from answers.measurement import RELIABILITY
from answers.path_model import PATH_MODEL
from answers.provenance import fact_text
from answers.topic import Answered, Topic
from reports.figures.scoped_ask import ScopedAsk
from reports.office.tables import TextTable
from reports.storylines.figure_sheets import told_by
from reports.storylines.figure_tables import figure_table, plain_table
from reports.storylines.index_sheets import TreeRow, tree_rows
from survey_schema.columns import Role
from survey_schema.path_presets import path_models_for
from words.errors import ManyiError
from words.language import Language, Message, message, number_text, translator
from words.lists import listed
from words.periods import wave_text

_OF_THE_FILE = ("source_files", "stored", "content_ids")


@dataclass(frozen=True)
class Evidence:
    """Sentences and tables, and the answers they come from. ``partly``: what the clause asks for beside them is not known here."""

    told: tuple[str, ...] = ()
    tables: tuple[TextTable, ...] = ()
    answers: tuple[Answered[Any, Any], ...] = field(default=())
    partly: Message | None = None


def no_evidence(why: Message) -> ManyiError:
    """There is none: why, or what would bring it."""
    return ManyiError(why)


def model_structure(ask: ScopedAsk, language: Language) -> Evidence:
    """The indicator tree with the weights of its indicators, and the constructs of the path model where the survey has one."""
    _, schema = translator(language), ask.schema
    rows = tree_rows(schema)
    items = {item.code for item in schema.items}
    headers = (_("Code"), _("Indicator"), _("Indicator weight"), _("Scale"))
    table = plain_table(headers, [_tree_row(ask, row, row.code in items, language) for row in rows], (2,))
    told = [_("The index is made of {questions} questions in {dimensions} dimensions.").format(
        questions=len(schema.tree.items()), dimensions=len(schema.tree.children))]  # fmt: skip
    tables = [table]
    for model in path_models_for(schema).values():
        told.append(_("Path model “{name}”, constructs and their questions:").format(name=model.title.text(language)))
        constructs = [(schema.title_of(one.code, language), listed(list(one.items), language)) for one in model.constructs]
        tables.append(plain_table((_("Construct"), _("Questions")), constructs))
        break
    return Evidence(tuple(told), tuple(tables))


def mathematical_form(ask: ScopedAsk, language: Language) -> Evidence:
    """How the index is computed, and the paths with what they explain."""
    index = ask(INDEX)
    told = [index.provenance.method.text(language)]
    try:
        model = ask(PATH_MODEL)
    except ManyiError as error:
        return Evidence((*told, error.text(language)), (), (index,))
    told.append(model.provenance.method.text(language))
    paths = _only(model, language, ("path", "r_squared", "total_effect"))
    return Evidence((*told, told_by(model, language)), paths, (index, model))


def sampling(ask: ScopedAsk, language: Language) -> Evidence:
    """Who answered beside who the customers are, the design that is known, and how wide the interval of the index is."""
    _ = translator(language)
    checks, index = ask(DATA_QUALITY), ask(INDEX)
    told = [_verdict(checks, "profile", language)]
    overall = index.figures.find(ask.schema.tree.code)
    if overall is not None and overall.value is not None and overall.low is not None and overall.high is not None:
        half = number_text((overall.high - overall.low) / 2, 2, language)
        told.append(_("Base {n}, effective base {n_eff}; the interval of the index is ±{half}.").format(
            n=number_text(overall.n, 0, language), n_eff=number_text(overall.n_eff, 1, language), half=half))  # fmt: skip
    told.append(_design(ask, language))
    table = figure_table(checks, language, lambda each: _is(each, "respondents_percent", "customers_percent"), 1)
    unknown = message("How respondents were drawn (frame, method, quotas, replacements) is not in the data; add the sampling plan.")
    return Evidence(tuple(told), (table,) if table.rows else (), (checks, index), unknown)


def collection(ask: ScopedAsk, language: Language) -> Evidence:
    """What is known of how answers were collected: interviewers, channels, duration."""
    _ = translator(language)
    roles = (Role.INTERVIEWER, Role.DURATION)
    there = [ask.schema.column_title(str(role), language) for role in roles if ask.schema.column_for(role)]
    if not there:
        raise no_evidence(message("The survey has no column of interviewers or durations, so nothing tells how answers were collected."))
    checks = ask(DATA_QUALITY)
    columns = _("Columns of the fieldwork: {columns}.").format(columns=listed(there, language))
    told = (columns, _verdict(checks, "speed", language), _verdict(checks, "effects", language))
    return Evidence(told, (), (checks,), message("Why this way of collecting was chosen is not in the data."))


def questionnaire(ask: ScopedAsk, language: Language) -> Evidence:
    """The questions and their scales."""
    _ = translator(language)
    rows = [(item.code, item.title.text(language), _scale(ask, item.code, language)) for item in ask.schema.items]
    told = _("The questionnaire has {count} rated questions.").format(count=len(rows))
    return Evidence((told,), (plain_table((_("Code"), _("Question"), _("Scale")), rows),), ())


def reliability(ask: ScopedAsk, language: Language) -> Evidence:
    """Reliability of each set of questions, and convergent and discriminant validity of the path model's constructs."""
    sets = ask(RELIABILITY)
    tables = [figure_table(sets, language, lambda each: _is(each, "alpha", "omega") or _whole_kmo(each), 3)]
    told = [told_by(sets, language)]
    answers: list[Answered[Any, Any]] = [sets]
    try:
        model = ask(PATH_MODEL)
        tables += _only(model, language, ("rho_c", "ave", "htmt"), 3)
        answers.append(model)
    except ManyiError as error:
        told.append(error.text(language))
    return Evidence(tuple(told), tuple(table for table in tables if table.rows), tuple(answers))


def checked_data(ask: ScopedAsk, language: Language) -> Evidence:
    """The checks of the data, a sentence each."""
    checks = ask(DATA_QUALITY)
    told = [plain_text(verdict.sentence) for verdict in checks.result.verdicts(ask.schema, language).values()]
    return Evidence(tuple(told), (), (checks,))


def weighting(ask: ScopedAsk, language: Language) -> Evidence:
    """Respondents, their weights and the limits in force."""
    index = ask(INDEX)
    facts = [
        (fact.title.text(language), fact_text(fact, language))
        for fact in index.provenance.shown
        if fact.title is not None and fact.code not in _OF_THE_FILE
    ]
    _ = translator(language)
    told = [raked.text(language) for raked in index.provenance.raking_sentences(lambda name: ask.schema.column_title(name, language))]
    return Evidence(tuple(told), (plain_table((_("Fact"), _("Value")), facts),), (index,))


def results(ask: ScopedAsk, language: Language) -> Evidence:
    """The index and its dimensions, and their change since the wave before."""
    dimensions = [ask.schema.tree.code, *(child.code for child in ask.schema.tree.children)]
    index = ask(INDEX)
    told = [told_by(index, language)]
    answers: list[Answered[Any, Any]] = [index]
    tables = [figure_table(index, language, lambda each: each.code in dimensions)]
    if ask.previous is not None:
        change = ask(WITH_EARLIER, CompareOptions("previous"), codes=dimensions)
        answers.append(change)
        tables.append(figure_table(change, language))
    return Evidence(tuple(told), tuple(tables), tuple(answers))


def importance(ask: ScopedAsk, language: Language) -> Evidence:
    """The matrix of importance and performance, question by question."""
    found = ask(IPA)
    if found.result.map.reason is not None:
        raise no_evidence(found.result.map.reason)
    _, columns = translator(language), ("importance", "performance", "priority")
    codes = dict.fromkeys(each.code for each in found.figures.estimates if _is(each, "priority"))
    cells = {(each.code, each.keys["figure"]): each.value for each in found.figures.estimates if _is(each, *columns)}
    rows = [(ask.schema.title_of(code, language), *(_number(cells.get((code, column)), language) for column in columns)) for code in codes]
    headers = (_("Question"), _("Importance"), _("Performance, 0–100"), _("Priority"))
    return Evidence((told_by(found, language),), (plain_table(headers, rows, (1, 2, 3)),), (found,))


def expectations(ask: ScopedAsk, language: Language) -> Evidence:
    """What customers expect, beside what they perceive."""
    gaps = ask(GAPS_TOPIC)
    service = gaps.result.of("service")
    if service is None or service.reason is not None:
        raise no_evidence(message("Expectations were not asked: {why}", why=service.reason if service and service.reason else "—"))
    return Evidence((told_by(gaps, language),), (), (gaps,))


def indirect(ask: ScopedAsk, language: Language) -> Evidence:
    """Complaints, KPIs and inspections of the wave."""
    told: list[str] = []
    answers: list[Answered[Any, Any]] = []
    topics: tuple[Topic[Any, Any], ...] = (COMPLAINTS, KPIS, INSPECTIONS)
    for topic in topics:
        try:
            answered: Answered[Any, Any] = ask(topic, where={}, periods=[ask.wave])
            told.append(told_by(answered, language))
            answers.append(answered)
        except ManyiError as error:
            told.append(error.text(language))
    if not answers:
        raise no_evidence(message("Complaints, KPIs and inspections of this wave did not come; their sheets of the workbook bring them."))
    return Evidence(tuple(told), (), tuple(answers))


def monitoring(ask: ScopedAsk, language: Language) -> Evidence:
    """The index over the waves."""
    if len(ask.waves_so_far) < 2:
        raise no_evidence(message("There is one wave only; the next one begins the monitoring."))
    trend = ask(TREND, waves=ask.waves_so_far)
    return Evidence((told_by(trend, language),), (figure_table(trend, language),), (trend,))


def frequency(ask: ScopedAsk, language: Language) -> Evidence:
    """The waves there are, and who is asked about."""
    _ = translator(language)
    waves = [wave_text(label, language) for label in ask.source.labels]
    index = ask(INDEX)
    selection = next((fact_text(fact, language) for fact in index.provenance.facts if fact.code == "selection"), "")
    told = (
        _("{count} waves are stored: {waves}.").format(count=len(waves), waves=listed(waves, language)),
        _("This file is about: {selection}.").format(selection=selection),
    )
    return Evidence(told, (), (index,))


def _number(value: float | None, language: Language) -> str:
    return "·" if value is None else number_text(value, 2, language)


def _tree_row(ask: ScopedAsk, row: TreeRow, asked: bool, language: Language) -> tuple[str, str, str, str]:
    """Code, indented name, weight, and the scale of a question."""
    weight = "" if row.weight is None else number_text(row.weight, 4, language)
    named = "　" * row.depth + ask.schema.title_of(row.code, language)
    return row.code, named, weight, _scale(ask, row.code, language) if asked else ""


def _verdict(checks: Answered[Any, Any], part: str, language: Language) -> str:
    """What one check of the data says."""
    return plain_text(checks.result.verdicts(checks.asked.schema, language)[part].sentence)


def _scale(ask: ScopedAsk, code: str, language: Language) -> str:
    scale = ask.schema.scale_of(code)
    return f"{number_text(scale.minimum, 0, language)}–{number_text(scale.maximum, 0, language)}"


def _design(ask: ScopedAsk, language: Language) -> str:
    _ = translator(language)
    tallies = ask.source.tallies((ask.wave,), (str(Role.WAVE),))
    if tallies.unclustered < len(tallies.rows):
        return _("Sampling points are named in the data, and intervals allow for them.")
    return _("The data name no sampling points; intervals take respondents as drawn one by one.")


def _is(estimate: Estimate, *figures: str) -> bool:
    return estimate.keys.get("figure") in figures


def _whole_kmo(estimate: Estimate) -> bool:
    """Of a set, not of each of its questions."""
    return _is(estimate, "kmo", "bartlett_chi2") and estimate.code == estimate.keys.get("set")


def _only(answered: Answered[Any, Any], language: Language, figures: Sequence[str], decimals: int = 3) -> tuple[TextTable, ...]:
    table = figure_table(answered, language, lambda each: _is(each, *figures), decimals)
    return (table,) if table.rows else ()
