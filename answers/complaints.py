"""Complaints: how many and how often by month, branch or class, how tickets are handled, and the unhappy who say nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analysis.complaints.complaint_rates import PER_MILLION, PER_TEN_THOUSAND, compare_complaint_rates, complaint_rates
from analysis.complaints.handling import PromiseKept, handling_figures, promises_kept
from analysis.complaints.sentence import handling_sentence, promises_sentence, rates_sentence, silent_sentence
from analysis.complaints.silent_unhappy import SilentUnhappy, silent_unhappy
from analysis.complaints.ticket_sums import MONTH, TICKETS, TicketSums
from analysis.pareto.cells import Cell
from analysis.pareto.estimate_pareto import pareto
from analysis.results.estimates import Estimate, Result, Thresholds
from analysis.results.provenance import Fact, Provenance
from analysis.results.sentences import Segment, plain_text
from analysis.sums.customers import customers_by
from answers.complaint_chapters import COMPLAINT_CHAPTERS
from answers.complaint_figures import COMPLAINT_WORDS, METHOD, WITHOUT_CUSTOMERS, Complaints, complaint_figures, numbers, total_sentence
from answers.complaint_sums import DATA, GROUPS, KINDS, Data, complaint_sums, settled_data
from answers.items import RATES, RatesOptions
from answers.kind_columns import kind_value_title
from answers.periods import survey_wave, within_wave
from answers.question import Question, option, pairs
from answers.source import Source
from answers.topic import Asked, Topic
from survey_schema.columns import Role
from words.language import Language, Message, message
from words.periods import span_text


@dataclass(frozen=True)
class ComplaintOptions:
    """``data``: what complaints are counted from; tickets where there are some."""

    data: Data | None = option(
        "--data", message("Count tickets, or take the stated numbers: tickets or counts."), known=DATA, metavar="DATA"
    )


def _settled(question: Question[ComplaintOptions], source: Source) -> Question[ComplaintOptions]:
    found, data = settled_data(question, source, question.options.data)
    return replace(found, options=ComplaintOptions(data))


def _compute(asked: Asked[ComplaintOptions]) -> Complaints:
    data = asked.options.data or "tickets"
    sums = complaint_sums(asked.question, asked.source, data)
    *outer, last = asked.by or (None,)
    found: dict[str, list[Estimate]] = {name: [] for name in ("counts", "shares", "rates", "per_million", "ratios")}
    for keys in _parts(sums, outer, asked.where):
        for name, estimates in _group(asked, sums, last, keys).items():
            found[name] += [entry._replace(keys={**keys, **(entry.keys if last else {})}) for entry in estimates]
    total = round(sum(entry.value or 0.0 for entry in found["counts"]))
    ratio = Fact("silent_ratio", asked.schema.complaints.silent_ratio, message("Unhappy customers behind one complaint, as a rule"))
    came = Provenance(METHOD, asked.thresholds, "holm" if found["ratios"] else None, facts=(Fact("base", total, message("Base")), ratio))
    counts, shares, rates, per_million, ratios = (Result(tuple(rows), came) for rows in found.values())
    of_tickets = data == "tickets"
    return Complaints(
        counts, shares, rates, per_million, ratios,
        handling=handling_figures(sums, asked.by, asked.where, thresholds=asked.thresholds) if of_tickets else None,
        promises=tuple(promises_kept(sums, asked.by, asked.where, thresholds=asked.thresholds)) if of_tickets else (),
        silent=None if asked.by else _silent(asked, sums),
        total=total,
        customers_known=any(entry.value is not None for entry in rates.estimates),
    )  # fmt: skip


def _group(
    asked: Asked[ComplaintOptions], sums: TicketSums, last: str | None, keys: Mapping[str, str | None]
) -> dict[str, Sequence[Estimate]]:
    """Numbers, shares and rates by the last column within one value of those before it."""
    where: dict[str, str | None] = {**asked.where, **keys}
    found, name, thresholds = _counted(sums, last, where), last or "all", asked.thresholds
    customers = customers_of_groups(asked, last, where, list(found))
    compared = last in (Role.BRANCH, Role.OPERATOR, MONTH)
    return {
        "counts": numbers(found, name, thresholds),
        "shares": _shares(found, name, thresholds) if last else (),
        "rates": complaint_rates(found, customers, name, per=PER_TEN_THOUSAND, thresholds=thresholds).estimates,
        "per_million": complaint_rates(found, customers, name, per=PER_MILLION, thresholds=thresholds).estimates,
        "ratios": compare_complaint_rates(found, customers, name, thresholds=thresholds).estimates if compared else (),
    }


def _parts(sums: TicketSums, outer: Sequence[str], where: Mapping[str, str]) -> list[dict[str, str | None]]:
    """The groups of all columns but the last; one without keys where there is no other."""
    if not outer:
        return [{}]
    return [dict(cell.keys) for cell in sums.cells(outer, where) if cell.count > 0]


def _counted(sums: TicketSums, name: str | None, where: Mapping[str, str | None]) -> dict[str | None, float]:
    """Complaints of each value of a column; without one, of all together."""
    if name is None:
        return {None: float(sums.grouped((), where)[TICKETS].iloc[0])}
    return {cell.keys[name]: cell.count for cell in sums.cells([name], where) if cell.count > 0}


def customers_of_groups(
    asked: Asked[Any], name: str | None, where: Mapping[str, str | None], groups: Sequence[str | None]
) -> dict[str | None, float]:
    """Customers of each group. Months and classes are of the same customers each; empty where no population tells.

    ``asked`` is about complaints; its options say what ``data`` they are counted from.
    """
    narrowed = {key: str(value) for key, value in where.items() if key in (Role.BRANCH, Role.OPERATOR) and value is not None}
    ours = asked.schema.our_operator
    if asked.options.data == "tickets" and ours is not None:
        narrowed |= {str(Role.OPERATOR): ours}
    population = asked.source.population(asked.reads[-1] if asked.reads else "")
    if name in (Role.BRANCH, Role.OPERATOR):
        return customers_by(population, asked.schema, name, narrowed)
    everybody = customers_by(population, asked.schema, None, narrowed)
    return dict.fromkeys(groups, everybody[None]) if everybody else {}


def _shares(counts: Mapping[str | None, float], name: str, thresholds: Thresholds) -> list[Estimate]:
    """The share of each group in all of them, in per cent, as on a Pareto chart."""
    rows = pareto([Cell({name: key}, count) for key, count in counts.items()], name, thresholds=thresholds).rows
    found = {row.cause: row.share._replace(code="complaints") for row in rows}
    return [found[key] for key in counts if key in found]


def _silent(asked: Asked[ComplaintOptions], sums: TicketSums) -> SilentUnhappy | None:
    """The rule of thumb beside the survey, for the wave the complaints lie in; None where nobody knows how many customers there are."""
    if any(name not in (Role.BRANCH, Role.OPERATOR) for name in asked.where):
        return None
    customers = customers_of_groups(asked, None, dict(asked.where), [None]).get(None, 0.0)
    if not customers > 0:
        return None
    within = within_wave(asked.waves, asked.reads[-1]) if asked.reads else ()
    counted = sum(count for month, count in _counted(sums, MONTH, dict(asked.where)).items() if not within or month in within)
    return silent_unhappy(
        round(counted), customers, _dissatisfied(asked) if within else None, ratio=asked.schema.complaints.silent_ratio,
        thresholds=asked.thresholds,
    )  # fmt: skip


def _dissatisfied(asked: Asked[ComplaintOptions]) -> Estimate | None:
    """The share dissatisfied with everything considered, of the same customers in the wave beside the complaints."""
    wave, outcome, ours = asked.reads[-1], asked.schema.outcome, asked.schema.our_operator
    values = asked.source.values(wave)
    if outcome is None:
        return Estimate({}, "dissatisfied", None, reason=message("The survey names no question about satisfaction as a whole."))
    where = {**({str(Role.OPERATOR): ours} if ours and not asked.everybody else {}), **asked.where}
    known = pairs({name: value for name, value in where.items() if values.get(name)})
    found = asked.ask(RATES, options=RatesOptions("dissatisfied"), waves=(wave,), where=known, by=(), codes=(outcome,))
    none = Estimate(
        {}, "dissatisfied", None, reason=message("No grade of the survey's outcome counts as dissatisfied; its scale can name one.")
    )
    return found.estimates[0] if found.estimates else none


def _name(asked: Asked[ComplaintOptions], column: str, language: Language) -> Callable[[str | None], str]:
    """What the values of a column are called; a month in words."""

    def told(value: str | None) -> str:
        return kind_value_title(COMPLAINTS, column, value, asked.schema, language)

    return told


def _sentence(asked: Asked[ComplaintOptions], found: Complaints, language: Language) -> Sequence[Segment]:
    """How many, and who has more; several columns at once are told as all together."""
    if not asked.by:
        return total_sentence(found.total, found.rates.estimates, asked.waves, language)
    dimension = asked.by[-1]
    ratios = found.ratios if len(asked.by) == 1 else replace(found.ratios, estimates=())
    rates = found.rates if found.customers_known else replace(found.rates, estimates=())
    if not rates.estimates or len(asked.by) > 1:
        return total_sentence(found.total, (), asked.waves, language)
    return rates_sentence(rates, ratios, dimension, language, _name(asked, dimension, language))


def _remarks(asked: Asked[ComplaintOptions], found: Complaints, language: Language) -> Sequence[str | Message]:
    told: list[str | Message] = []
    if not found.customers_known:
        told.append(WITHOUT_CUSTOMERS)
    if asked.by:
        return told
    if found.handling and (handled := handling_sentence(found.handling, language)):
        told.append(plain_text(handled))
    if found.promises:
        told.append(plain_text(promises_sentence(named_promises(asked, found, language), language)))
    if found.silent:
        told.append(plain_text(silent_sentence(found.silent, _silent_when(asked, language), language)))
    return told


def _silent_when(asked: Asked[ComplaintOptions], language: Language) -> str:
    """The wave whose customers the rule of thumb is about; the periods counted where they lie in none."""
    beside = asked.reads[-1:]
    return span_text(beside if beside and within_wave(asked.waves, beside[-1]) else asked.waves, language)


def named_promises(asked: Asked[ComplaintOptions], found: Complaints, language: Language) -> list[PromiseKept]:
    """The promises under the names a reader knows."""
    name = _name(asked, "promise", language)
    return [replace(kept, promise=replace(kept.promise, name=name(kept.promise.name))) for kept in found.promises]


COMPLAINTS = Topic(
    name="complaints",
    options=ComplaintOptions,
    compute=_compute,
    figures=complaint_figures,
    sentence=_sentence,
    remarks=_remarks,
    settle=_settled,
    reads=survey_wave,
    waves="deliveries",
    takes=frozenset({"by", "where", "population"}),
    kinds=KINDS,
    groups=GROUPS,
    figure_words=COMPLAINT_WORDS,
    chapters=COMPLAINT_CHAPTERS,
)
TOPICS = {COMPLAINTS.name: COMPLAINTS}
