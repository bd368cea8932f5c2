"""What to improve first, in order: rank, field, both axes and the priority of each question; and the table behind map and order."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.importance_performance.importance_map import ImportanceMap, MapPoint
from analysis.importance_performance.movements import Movement
from analysis.results.interval_verdict import interval_verdict
from charts.importance_performance.map_words import fields_text, first_sentence, short_fields_text
from charts.kit.description.description import Description, TableColumn, table_of
from charts.kit.description.numbers import INK, MUTED, OURS, Cell, Form, Reference, Tone, ink_tone, numbers_of
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from words.language import translator


def priority_rows(found: ImportanceMap, on: Canvas, *, moved: Sequence[Movement] = (), competitor: str | None = None) -> Chart:
    """One row a question, most urgent first: its distance from the line of equal priority, with the fields it may lie in.

    The map must have points.
    """
    _ = translator(on.language)
    points = found.points
    tones = tuple(point_tone(point) for point in points)
    against = tuple(ink_tone(interval_verdict(point.performance_distance)) for point in points)
    columns = [
        Column(
            _("Rank"), tuple(point.rank for point in points), place="always", side="left", align="left", tones=(INK,),
            texts=tuple(str(point.rank) if on.narrow else _rank(point) for point in points),
        ),
        Column(_("Priority"), numbers_of([p.priority for p in points], on.language), Form(2, signed=True), drawn=Drawn("dot", tones=tones)),
        Column(
            _("Field"), tuple(fields_text(point, on) for point in points), place="always", align="left", tones=_inks(points),
            texts=tuple(short_fields_text(point, on) for point in points), reads="verdict",
        ),
        Column(_("Performance"), numbers_of([p.performance for p in points], on.language), place="wide", tones=against),
        Column(_("Importance"), numbers_of([p.importance for p in points], on.language), Form(_decimals(found)), place="wide"),
    ]  # fmt: skip
    if competitor:
        leads = [point.lead for point in points]
        inks = tuple(ink_tone(lead.verdict if lead else None) for lead in leads)
        columns.insert(3, Column(_("Lead"), numbers_of(leads, on.language), Form(signed=True), place="wide", tones=inks))
    if ways := {each.code: each.performance for each in moved}:
        changes = [ways.get(point.code) for point in points]
        inks = tuple(ink_tone(change.verdict if change else None) for change in changes)
        columns.append(Column(_("Change"), numbers_of(changes, on.language), Form(signed=True), place="wide", tones=inks))
    described = Description(
        title=_("In which order to improve"),
        caption=_(
            "Priority: importance less performance from the cross-hair, in standard deviations of the points; right of the line more "
            "urgent than average. In brackets the ranks that are possible. Performance is red below, blue above what it is set against, "
            "where that is certain."
        ),
        body=Rows(
            _("Question"),
            names_of_rows([on.title(point.code) for point in points]),
            tuple(columns),
            heading=_("Priority"),
            references=(Reference(0.0, _("average"), dashed=False),),
        ),
        findings=first_sentence(found, on, competitor),
        table=map_table(found, moved, on),
    )
    return draw(described, on)


def map_table(found: ImportanceMap, moved: Sequence[Movement], on: Canvas) -> tuple[TableColumn, ...]:
    """Every figure drawn, most urgent first."""
    _ = translator(on.language)
    points, change = found.points, {each.code: each for each in moved}
    table: dict[str, list[Cell] | tuple[Cell, ...]] = {
        _("Rank"): [p.rank for p in points],
        _("Question"): [on.title(p.code) for p in points],
        _("Field"): [fields_text(p, on) for p in points],
        _("Possible ranks"): [f"{p.ranks[0]}–{p.ranks[1]}" for p in points],
    }
    for title, axis in ((_("Importance"), "importance"), (_("Performance"), "performance"), (_("Priority"), "priority")):
        table |= {
            title: [getattr(p, axis).value for p in points],
            _("{figure}: lower end").format(figure=title): [getattr(p, axis).low for p in points],
            _("{figure}: upper end").format(figure=title): [getattr(p, axis).high for p in points],
        }
    table[_("Set against")] = [found.levels[p.code] for p in points]
    if any(p.theirs is not None for p in points):
        table[_("Competitor")] = [None if p.theirs is None else p.theirs.value for p in points]
        table[_("Lead")] = [None if p.lead is None else p.lead.value for p in points]
    if moved:
        for title, axis in ((_("Change of importance"), "importance"), (_("Change of performance"), "performance")):
            table[title] = [getattr(change[p.code], axis).value if p.code in change else None for p in points]
    table[_("Base")] = [p.performance.n for p in points]
    return table_of(table)


def point_tone(point: MapPoint) -> Tone:
    """Dark where it is important and low, teal elsewhere: how urgent something is, is neither better nor worse."""
    return INK if point.field == "improve" else OURS


def _rank(point: MapPoint) -> str:
    first, last = point.ranks
    return f"{point.rank}" if first == last else f"{point.rank} ({first}–{last})"


def _inks(points: Sequence[MapPoint]) -> tuple[Tone, ...]:
    return tuple(INK if p.sure else MUTED for p in points)


def _decimals(found: ImportanceMap) -> int:
    return 3 if found.importance == "effects" else 1
