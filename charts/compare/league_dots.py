"""The league table: branches (or brands, operators) from best to worst with interval, letters, verdict and possible ranks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.compare.compare_groups import league_order
from analysis.compare.wave_order import follows, time_places
from analysis.results.estimates import Estimate, Result
from analysis.results.gaps import League
from charts.kit.benchmark_lines import BenchmarkLine, told_lines
from charts.kit.description.columns import design_columns, question_columns
from charts.kit.description.description import Description
from charts.kit.description.numbers import INK, Form, Reference, ink_tone, numbers_of, verdict_tone
from charts.kit.description.rows import Column, Drawn, Rows, Trails, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart, level_text
from charts.kit.words import left_out, on_questions, unranked, verdict_word
from words.language import translator


@dataclass(frozen=True)
class History:
    """The values of each group in the last waves (labels), oldest first; None where there is nothing to show."""

    waves: Sequence[str]
    values: Mapping[str, Sequence[float | None]]


def history_of(trend: Result, waves: Sequence[str], role: str = "branch") -> History | None:
    """The scores of one indicator by group in these waves; nothing of a single wave.

    ``trend`` has an estimate a wave and group. A score on other questions than the group's last one is not shown: it would be no step of
    the same line.
    """
    if len(waves) < 2:
        return None
    asked = {e.keys[role]: e.questions for e in trend.estimates if e.keys["wave"] == waves[-1]}
    points = {(e.keys[role], e.keys["wave"]): e.value for e in trend.estimates if e.questions == asked.get(e.keys[role])}
    groups = dict.fromkeys(str(e.keys[role]) for e in trend.estimates)
    return History(waves, {group: [points.get((group, wave)) for wave in waves] for group in groups})


def league_dots(
    league: Result,
    on: Canvas,
    *,
    role: str = "branch",
    code: str | None = None,
    total: Estimate | None = None,
    verdicts: Result | None = None,
    history: History | None = None,
    benchmarks: Sequence[BenchmarkLine] = (),
) -> Chart:
    """The league of one indicator by ``role``.

    ``league`` holds one estimate a value of the role, in points on 0-100, with ``rank`` and ``letters``; ``verdicts`` the difference of
    each from the rest (its own ``verdict`` is used without); ``total`` draws the dashed line; the ``possible_ranks`` of a league are the
    ranks a value may have by chance; ``history`` the values of the last waves, drawn true to time; ``benchmarks``
    are lines to read the values against. Hidden estimates are left out and counted in the caption; those without a rank stand last.
    """
    _ = translator(on.language)
    code = code or on.schema.tree.code
    mine = [e for e in league.estimates if e.code == code and e.keys.get(role) is not None]
    entries = league_order(league, code, role)
    places = [str(e.keys[role]) for e in entries]
    names = [on.value(role, place) for place in places]
    compared = [verdicts.find(code, **{role: place}) if verdicts else e for place, e in zip(places, entries, strict=True)]
    whole = _whole(total, on)
    described = Description(
        title=_("{indicator} and its {level}% interval").format(indicator=on.title(code), level=level_text(league, on)),
        caption=" ".join(
            [
                *_caption(entries, total, bool(_rank_ranges(league)), on),
                *told_lines(benchmarks, on),
                *unranked(mine, on.language),
                *on_questions(entries, names, on.language),
                *left_out(mine, on.language),
            ]
        ),
        body=Rows(
            on.role_title(role),
            names_of_rows(names),
            _columns(entries, compared, places, _rank_ranges(league), on),
            heading=on.title(code),
            references=(*whole, *_against(benchmarks)),
            trails=_trails(history, places, [c.verdict if c else None for c in compared], on) if history else None,
        ),
    )
    return draw(described, on)


def _columns(
    entries: Sequence[Estimate],
    compared: Sequence[Estimate | None],
    places: Sequence[str],
    ranges: Mapping[str, tuple[int, int]],
    on: Canvas,
) -> tuple[Column, ...]:
    _ = translator(on.language)
    verdict = [c.verdict if c else None for c in compared]
    words = tuple(verdict_word(v, on.language) for v in verdict)
    ranks = tuple(_rank(e, place, ranges) for e, place in zip(entries, places, strict=True))
    possible = tuple(_range_text(ranges.get(place), on) for place in places)
    letters = tuple(e.letters for e in entries)
    return (
        Column(_("Rank"), tuple(e.rank for e in entries), place="wide", texts=ranks, side="left"),
        Column(
            _("Value"), numbers_of(entries, on.language), ends=(_("Lower end"), _("Upper end")), place="always", head="", strong=True,
            drawn=Drawn("dot", tones=tuple(verdict_tone(v) for v in verdict)),
        ),
        *([Column(_("Group"), letters, place="wide", align="left", tones=(INK,))] if any(letters) or not any(possible) else []),
        Column(_("Against the rest"), words, place="wide", tones=tuple(ink_tone(v) for v in verdict), reads="verdict"),
        Column(_("Adjusted p"), tuple(c.p_adjusted if c else None for c in compared)),
        Column(_("Base"), tuple(e.n for e in entries)),
        Column(_("Effective base"), tuple(e.n_eff for e in entries), Form(0), place="wide"),
        *([Column(_("Possible ranks"), possible)] if any(possible) else []),
        *question_columns(entries, on.language),
        *design_columns(entries, on.language),
    )  # fmt: skip


def _whole(total: Estimate | None, on: Canvas) -> tuple[Reference, ...]:
    if total is None or total.value is None:
        return ()
    return (Reference(total.value, translator(on.language)("All together")),)


def _against(benchmarks: Sequence[BenchmarkLine]) -> tuple[Reference, ...]:
    """The latest value of each benchmark as a line with its name."""
    return tuple(Reference(list(line.shown.values())[-1], line.name, named=True) for line in benchmarks if line.shown)


def _trails(history: History, places: Sequence[str], verdicts: Sequence[str | None], on: Canvas) -> Trails:
    lines = [_trail(history, place) for place in places]
    header = translator(on.language)("Last {n} waves").format(n=len(history.waves))
    return Trails(header, tuple(values for values, _at in lines), tuple(at for _values, at in lines), tuple(map(verdict_tone, verdicts)))


def _trail(history: History, group: str) -> tuple[tuple[float | None, ...], tuple[float, ...]]:
    """The values over time, with a gap put in where a wave lies too far from the one before."""
    waves, drawn, places = history.waves, list[float | None](), list[float]()
    for number, (at, value) in enumerate(zip(time_places(waves), history.values.get(group, [None] * len(waves)), strict=True)):
        if number and not follows(waves[number], waves[number - 1]):
            drawn.append(None)
            places.append(at)
        drawn.append(value)
        places.append(at)
    return tuple(drawn), tuple(places)


def _rank_ranges(league: Result) -> Mapping[str, tuple[int, int]]:
    return league.possible_ranks if isinstance(league, League) else {}


def _rank(e: Estimate, place: str, ranges: Mapping[str, tuple[int, int]]) -> str:
    if e.rank is None:
        return ""
    low, high = ranges.get(place, (e.rank, e.rank))
    return f"{e.rank} ({low}–{high})" if place in ranges else f"{e.rank}"


def _range_text(ends: tuple[int, int] | None, on: Canvas) -> str:
    _ = translator(on.language)
    if ends is None:
        return ""
    return _("rank {rank}").format(rank=ends[0]) if ends[0] == ends[1] else _("ranks {low}–{high}").format(low=ends[0], high=ends[1])


def _caption(entries: Sequence[Estimate], total: Estimate | None, with_ranges: bool, on: Canvas) -> list[str]:
    _ = translator(on.language)
    parts = []
    if total is not None and total.value is not None:
        parts.append(_("Dashed line: all together, {value}.").format(value=on.number(total.value)))
    if any(e.letters for e in entries):
        parts.append(_("Two that share a letter cannot be told apart (Holm)."))
    elif with_ranges and sum(e.rank is not None for e in entries) > 1:
        parts.append(_("No letters: of so many nobody could read them."))
    if with_ranges:
        parts.append(_("In brackets: the ranks that are possible."))
    if any(e.verdict for e in entries):
        parts.append(_("The verdict compares each with all the others, adjusted for their number; bars are each one's own interval."))
    if any(e.marked for e in entries):
        parts.append(_("Hollow dot: small base, read with care."))
    return parts
