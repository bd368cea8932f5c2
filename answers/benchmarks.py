"""What a figure is read against: values from outside with source and date, on wish last year's figure and that of the best branch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from analysis.compare.outside_benchmarks import Benchmark, in_force
from analysis.compare.wave_order import year_before
from analysis.results.estimates import Estimate, Result
from analysis.results.provenance import Provenance
from analysis.results.sentences import Segment
from answers.flat import collected
from answers.index import INDEX
from answers.league import LEAGUE
from answers.question import Question, option, pairs
from answers.selection import refuse_no_such_value
from answers.source import Frame, Source, nothing_of
from answers.topic import Asked, Chapter, Topic
from survey_schema.columns import Role
from survey_schema.data_kinds.references import BENCHMARKS as KIND
from survey_schema.models import SurveySchema
from words.errors import ManyiError, unknown
from words.language import Language, Message, message, number_text, translator
from words.lists import listed
from words.periods import WaveName, wave_text

OUTSIDE, LAST_YEAR, BEST_BRANCH = "outside", "last_year", "best_branch"
METHOD = message("Values from outside as they were published, the latest one dated before the end of each wave.")
WORDS: Mapping[str, Message] = {
    OUTSIDE: message("from outside"),
    LAST_YEAR: message("same period a year before"),
    BEST_BRANCH: message("best branch"),
}


@dataclass(frozen=True)
class BenchmarkOptions:
    """Beside values from outside: ``last_year``: our own figure a year before; ``best_branch``: that of the branch which came first."""

    last_year: bool = option("--last-year", message("Our own figure of the same period a year before, too."), default=False)
    best_branch: bool = option("--best-branch", message("The figure of the best branch of each wave, too."), default=False)


@dataclass(frozen=True)
class BenchmarkValue:
    """One value that holds for a wave. ``kind`` is outside, last_year or best_branch; of the last ``branch`` came first.

    ``name``, ``source`` and ``day`` are of values from outside, ``before`` is the wave last year's figure is of. Ours have an interval.
    """

    kind: str
    wave: str
    estimate: Estimate
    name: str = ""
    source: str = ""
    day: date | None = None
    branch: str | None = None
    before: str | None = None

    @property
    def series(self) -> tuple[str, str, str]:
        """What stands on one line."""
        return self.kind, self.name, self.source


@dataclass(frozen=True)
class Benchmarks:
    """All of them, series by series, waves in order."""

    values: tuple[BenchmarkValue, ...]

    @property
    def series(self) -> tuple[tuple[str, str, str], ...]:
        """The lines there are."""
        return tuple(dict.fromkeys(each.series for each in self.values))

    def of(self, series: tuple[str, str, str]) -> tuple[BenchmarkValue, ...]:
        """The values of one line."""
        return tuple(each for each in self.values if each.series == series)


def _settled(question: Question[BenchmarkOptions], source: Source) -> Question[BenchmarkOptions]:
    codes = question.codes or (source.schema.tree.code,)
    if len(codes) > 1:
        raise ManyiError(message("This is computed for one indicator; name one with --code."))
    schema = source.schema
    known = dict.fromkeys([*schema.indicator_codes(), *(item.code for item in schema.items), *(kpi.code for kpi in schema.kpis)])
    if codes[0] not in known:
        raise unknown(message("indicator"), codes[0], known)
    refuse_no_such_value(source, question.selection)
    return replace(question, codes=codes)


def _reads(question: Question[BenchmarkOptions], labels: Sequence[str]) -> tuple[str, ...]:
    """Responses are read for our own figures only: the waves, and those a year before."""
    options = question.options
    wanted = set(question.waves) if options.best_branch else set()
    if options.last_year:
        wanted |= {before for wave in question.waves if (before := year_before(labels, wave))}
    return tuple(label for label in labels if label in wanted)


def benchmark_rows(frame: Frame) -> tuple[Benchmark, ...]:
    """The rows of the sheet, in its order."""
    rows = frame.select("source_row", "name", "source", "date", "value", "measures").collect("pandas").to_native()
    return tuple(
        Benchmark(row["name"], row["source"], pd.Timestamp(row["date"]).date(), float(row["value"]), row["measures"])
        for row in rows.sort_values("source_row").to_dict("records")
    )


def meaning(code: str, schema: SurveySchema) -> frozenset[str]:
    """The codes under which a benchmark of an indicator may be stored: a gap item of the same name stands for its perception."""
    return frozenset({code, *(gap.code for gap in schema.gap_items if gap.perception == code)})


def _compute(asked: Asked[BenchmarkOptions]) -> Benchmarks:
    """Raises ManyiError where there is nothing to read the indicator against."""
    code, options = asked.question.codes[0], asked.options
    there = bool(asked.source.deliveries(KIND.code))
    if not there and not (options.last_year or options.best_branch):
        raise nothing_of(KIND.code)
    rows = asked.summed(KIND.code, benchmark_rows) if there else ()
    found = [
        BenchmarkValue(OUTSIDE, wave, Estimate({}, code, each.value), each.name, each.source, each.day)
        for wave in asked.waves
        for each in in_force(rows, meaning(code, asked.schema), wave)
    ]
    if code not in {kpi.code for kpi in asked.schema.kpis}:
        found += [each for wave in asked.waves if options.last_year for each in _last_year(asked, code, wave)]
        found += [each for wave in asked.waves if options.best_branch for each in _best_branch(asked, code, wave)]
    if not found:
        raise ManyiError(message("No benchmark of {code} is dated before the end of {wave}.", code=code, wave=WaveName(asked.wave)))
    return Benchmarks(tuple(sorted(found, key=lambda each: (list(WORDS).index(each.kind), each.name, each.source))))


def _last_year(asked: Asked[BenchmarkOptions], code: str, wave: str) -> list[BenchmarkValue]:
    before = year_before(asked.source.labels, wave)
    if before is None:
        return []
    entry = asked.ask(INDEX, waves=(before,), by=(), codes=(code,)).find(code)
    return [] if entry is None or entry.value is None else [BenchmarkValue(LAST_YEAR, wave, entry, before=before)]


def _best_branch(asked: Asked[BenchmarkOptions], code: str, wave: str) -> list[BenchmarkValue]:
    """The branch that came first among those shown and comparable; none where fewer than two have a rank."""
    if len(asked.source.values(wave).get(Role.BRANCH, ())) < 2:
        return []
    everywhere = {name: value for name, value in asked.where.items() if name != Role.BRANCH}
    league = asked.ask(LEAGUE, waves=(wave,), by=(str(Role.BRANCH),), where=pairs(everywhere), codes=(code,))
    ranked = [entry for entry in league.estimates if entry.value is not None and entry.rank is not None]
    if len(ranked) < 2:
        return []
    best = min(ranked, key=lambda entry: entry.rank or 0)
    return [BenchmarkValue(BEST_BRANCH, wave, best, branch=best.keys.get(Role.BRANCH))]


def _figures(asked: Asked[BenchmarkOptions], found: Benchmarks) -> Result:
    """A record for each wave and line, with what names it."""
    estimates = [
        each.estimate._replace(
            keys={
                "figure": each.kind, "benchmark": each.name or None, "source": each.source or None,
                "dated": each.day.isoformat() if each.day else each.before, str(Role.BRANCH): each.branch, "wave": each.wave,
            },
            rank=None, letters=None, verdict=None, p=None, p_adjusted=None, df=None, note=None,
        )
        for each in found.values
    ]  # fmt: skip
    return collected(estimates, Provenance(METHOD, asked.thresholds))


def _sentence(asked: Asked[BenchmarkOptions], found: Benchmarks, language: Language) -> Sequence[Segment]:
    """What holds for the latest wave."""
    _ = translator(language)
    latest = [each for each in found.values if each.wave == asked.wave]
    told = [f"{told_of(each, asked.schema, language)} {number_text(each.estimate.value or 0.0, 1, language)}" for each in latest]
    if not told:
        return ()
    title, wave = asked.schema.title_of(asked.question.codes[0], language), wave_text(asked.wave, language)
    text = _("{indicator} in {wave} is read against: {list}.")
    return [Segment(text.format(indicator=title, wave=wave, list=listed(told, language)))]


def told_of(each: BenchmarkValue, schema: SurveySchema, language: Language) -> str:
    """A benchmark with what has to be known of it: source and date, the wave a year before, or the branch that came first."""
    _ = translator(language)
    if each.kind == OUTSIDE:
        day = each.day.isoformat() if each.day else ""
        return _("{name} ({source}, {date})").format(name=each.name, source=each.source, date=day)
    if each.kind == LAST_YEAR:
        return _("a year before ({wave})").format(wave=wave_text(each.before or "", language))
    return _("best branch ({branch})").format(branch=schema.value_title(Role.BRANCH, each.branch, language))


def _remarks(_asked: Asked[BenchmarkOptions], found: Benchmarks, _language: Language) -> Sequence[Message]:
    if not any(each.kind == BEST_BRANCH for each in found.values):
        return ()
    return (message("The best of several branches owes part of its lead to chance."),)


BENCHMARKS = Topic(
    name="benchmarks",
    options=BenchmarkOptions,
    compute=_compute,
    figures=_figures,
    sentence=_sentence,
    remarks=_remarks,
    settle=_settled,
    reads=_reads,
    speaks_of=_reads,
    waves="all",
    takes=frozenset({"where", "codes"}),
    kinds=(KIND.code,),
    figure_words=WORDS,
    chapters=(
        Chapter(
            "compare.outside_benchmarks",
            message("Benchmarks"),
            message(
                "A value from outside has a source and a date. From its date on it holds, until a later value of the same name and source "
                "takes its place; for a wave the latest one dated before the wave's end counts, later ones say nothing about it. On wish "
                "our own figure of the same period a year before stands beside it, and that of the branch which came first among those "
                "shown and comparable. Values from outside have no interval, so no difference from them is called real."
            ),
        ),
    ),
)
TOPICS = {BENCHMARKS.name: BENCHMARKS}
