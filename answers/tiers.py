"""Tiers: customers by the layers of the schema, their satisfaction, whom to win back (opaque ids only), and who moved between layers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.compare.wave_order import previous_wave, why_no_previous_wave
from analysis.results.estimates import Estimate, Result
from analysis.tiers.protected_tiers import protected_tiers, protected_win_back
from analysis.tiers.tiers import MovesShown, Tiers, WinBackRow, moves_shown, trace_moves
from answers.flat import collected, narrowed, tagged
from answers.question import Question, option
from answers.selection import item_code
from answers.source import Source
from answers.topic import Asked, Chapter, Topic
from survey_schema.models import SurveySchema
from survey_schema.tier_rules import TierAxis, TierRules
from words.errors import ManyiError, unknown
from words.language import Language, Message, message

#: What stands in the place of a question where a figure is about respondents themselves.
CODE = "respondents"


@dataclass(frozen=True)
class TierOptions:
    """``outcome`` is the question of satisfaction, ``model`` the code of the rules; ``listed`` lists whom to win back, the least satisfied
    first; ``moves`` tells how respondents asked in the wave before as well moved between the classes of that axis."""

    outcome: str | None = option("--outcome", message("The question that says how satisfied somebody is."))
    model: str | None = option("--model", message("Which of the survey's rules; the first unless one is named."))
    listed: bool = option("--list", message("List the respondents to win back, by opaque id."), default=False)
    moves: str | None = option("--moves", message("Moves between the classes of this axis since the wave before."), metavar="AXIS")


@dataclass(frozen=True)
class TierAnswer:
    """The layers of the selection; with them the list, or the moves, where they were asked for."""

    layers: Tiers
    listed: tuple[WinBackRow, ...] | None = None
    moves: MovesShown | None = None


def rules_of(schema: SurveySchema, code: str | None) -> TierRules:
    """The tier rules of that code, the first without one; raises ManyiError where there are none."""
    if not schema.tiers:
        raise ManyiError(message("This survey has no tier rules; add tiers to its schema."))
    found = next((one for one in schema.tiers if code in (None, one.code)), None)
    if found is None:
        raise unknown(message("set of tier rules"), code, [one.code for one in schema.tiers])
    return found


def _axis_of(rules: TierRules, code: str) -> TierAxis:
    found = next((axis for axis in rules.axes if axis.code == code), None)
    if found is None:
        raise unknown(message("axis"), code, [axis.code for axis in rules.axes], place=message("the tier rules"))
    return found


def _settled(question: Question[TierOptions], source: Source) -> Question[TierOptions]:
    """The rules and the outcome by their codes."""
    asked, schema = question.options, source.schema
    rules = rules_of(schema, asked.model)
    if asked.moves is not None:
        _axis_of(rules, asked.moves)
        if asked.listed:
            raise ManyiError(message("Name either --list or --moves."))
    outcome = item_code(asked.outcome, schema) if asked.outcome else schema.outcome
    return replace(question, options=replace(asked, outcome=outcome, model=rules.code))


def _reads(question: Question[TierOptions], labels: Sequence[str]) -> tuple[str, ...]:
    """The wave before as well, for moves; raises ManyiError where there is none."""
    if question.options.moves is None:
        return question.waves
    now = question.waves[-1]
    before = previous_wave(labels, now)
    if before is None:
        raise ManyiError(why_no_previous_wave(labels, now))
    return before, now


def _compute(asked: Asked[TierOptions]) -> TierAnswer:
    options, schema, thresholds = asked.options, asked.schema, asked.thresholds
    rules = rules_of(schema, options.model)
    if not options.listed and options.moves is None:
        return TierAnswer(protected_tiers(asked.frame, schema, rules, options.outcome, where=asked.where, thresholds=thresholds))
    layers = asked.ask(TIERS, options=replace(options, listed=False, moves=None)).layers
    if options.moves is None:
        rows = protected_win_back(asked.frame, schema, rules, options.outcome, where=asked.where, thresholds=thresholds)
        return TierAnswer(layers, listed=rows)
    before, now = asked.reads
    moved = trace_moves(narrowed(asked), schema, _axis_of(rules, options.moves), before, now)
    return TierAnswer(layers, moves=moves_shown(moved, thresholds.hidden_below))


def _figures(asked: Asked[TierOptions], found: TierAnswer) -> Result:
    """Customers, satisfaction and share unhappy of each cell; or whom to win back, least satisfied first; or the moves."""
    layers = found.layers
    facts = {"layered": layers.layered, "unknown": layers.unknown, "win_back_rule": _rules(asked).win_back}
    if found.listed is not None:
        return collected(_listed(found.listed, layers.outcome), layers.provenance, **facts)
    if found.moves is not None:
        more = {"waves_compared": asked.reads, "moves_hidden": found.moves.hidden, "asked_twice": found.moves.total}
        return collected(_moves(found.moves, str(asked.options.moves)), layers.provenance, **facts, **more)
    return collected(_cells(layers), layers.provenance, **facts)


def _rules(asked: Asked[TierOptions]) -> TierRules:
    return rules_of(asked.schema, asked.options.model)


def _cells(found: Tiers) -> list[Estimate]:
    rows: list[Estimate] = []
    for cell in found.cells:
        size = Estimate(dict(cell.classes), found.outcome, 100 * cell.share, n=cell.customers, n_eff=cell.satisfaction.n_eff)
        figures = [
            *tagged("customers_percent", [size]), *tagged("satisfaction", [cell.satisfaction], tested=False),
            *tagged("unhappy_percent", [cell.unhappy_percent], tested=False),
        ]  # fmt: skip
        rows += [e._replace(verdict="win_back" if cell.win_back else None) for e in figures]
    return rows


def _listed(rows: Sequence[WinBackRow], outcome: str) -> list[Estimate]:
    return [
        Estimate({"figure": "win_back", "respondent": row.respondent_id, **row.classes}, outcome, row.score, n=1, n_eff=1.0) for row in rows
    ]


def _moves(found: MovesShown, axis: str) -> list[Estimate]:
    return [
        Estimate(
            {"figure": "moved", "axis": axis, "class_before": move.before, "class_after": move.after}, CODE, float(move.respondents),
            n=move.respondents, n_eff=float(move.respondents),
        )
        for move in found.moves
    ]  # fmt: skip


def _remarks(_asked: Asked[TierOptions], found: TierAnswer, _language: Language) -> Sequence[Message]:
    if found.moves is not None and not found.moves.moves:
        return (message("Hardly anybody was asked in both waves: each wave drew its own sample. A panel asked again brings them."),)
    return found.layers.notes


TIERS = Topic(
    name="tiers",
    options=TierOptions,
    compute=_compute,
    figures=_figures,
    remarks=_remarks,
    settle=_settled,
    reads=_reads,
    takes=frozenset({"where"}),
    figure_words={
        "customers_percent": message("share of customers, %"),
        "satisfaction": message("satisfaction, 0–100"),
        "unhappy_percent": message("unhappy, %"),
        "win_back": message("score of a respondent to win back"),
        "moved": message("respondents who went from one class to the other"),
    },
    chapters=(
        Chapter(
            "tiers.tiers",
            message("Tiers of customers"),
            message(
                "Customers are layered by the rules of the survey: value, leaving tendency, bundle. Leaving tendency is high where "
                "spending or minutes fell by 30 % or more against the three months before. Unhappy is the weighted share "
                "below the satisfied grade."
            ),
        ),
    ),
)
TOPICS = {TIERS.name: TIERS}
