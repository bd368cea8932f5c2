"""The objective index beside the survey's: for each branch two dots with intervals, as distances from the mean of the branches."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.kpis.objective_index import TwoIndices
from analysis.results.estimates import Estimate
from charts.kit.description.description import Description, TableColumn, table_of
from charts.kit.description.numbers import INK, MUTED, OURS, WORSE, Cell, Form, Reference, Tone, numbers_of
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart, value_and_margin
from charts.kit.words import left_out
from words.language import translator
from words.lists import listed

#: Distance of the two dots of a row from its middle.
_APART = 0.17


def two_indices(found: Sequence[TwoIndices], on: Canvas, *, title: str, confidence: str) -> Chart:
    """Branches from the one most better by its KPIs to the one most better by its customers; those without both are named below.

    Diamonds are the objective index, dots the survey's. ``confidence`` is the level of the intervals in per cent.
    """
    _ = translator(on.language)
    drawn = sorted((entry for entry in found if entry.objective_distance is not None), key=lambda entry: -_difference(entry))
    names = [on.value("branch", entry.branch) for entry in drawn]
    words = tuple(_word(entry, on) for entry in drawn)
    kpis, people = Tone("line2"), OURS
    header, other = _("Objective index, from the mean"), _("Index of the survey, from the mean")
    objective, survey = (
        numbers_of([distance(entry, side) for entry in drawn], on.language) for side in ("objective", "survey")
    )  # fmt: skip
    described = Description(
        title=title,
        caption=" ".join(_caption(found, names, words, confidence, on)),
        findings=_told(drawn, names, on),
        body=Rows(
            on.role_title("branch"),
            names_of_rows(names),
            (
                Column(
                    header, objective, Form(1, signed=True), _ends(header, on),
                    Drawn("diamond", "comparison", (kpis,), _("Objective index"), lane=-_APART),
                ),
                Column(
                    other, survey, Form(1, signed=True), _ends(other, on),
                    Drawn("dot", "comparison", (people,), _("Index of the survey"), lane=_APART),
                ),
                *(
                    Column(name, tuple(_index(entry, on) for entry in indices), place="wide", tones=(tone,), in_table=False)
                    for name, indices, tone in (
                        (_("By KPIs"), [entry.objective for entry in drawn], kpis),
                        (_("By the survey"), [entry.survey for entry in drawn], people),
                    )
                ),
                Column(
                    _("Verdict"), words, place="wide", align="left", tones=tuple(map(_ink, drawn)), strong=True, reads="verdict",
                ),
            ),
            heading=_("Distance from the mean, points"),
            references=(Reference(0.0, _("mean of the branches")),),
        ),
        table=_table(found, on),
    )  # fmt: skip
    return draw(described, on)


def distance(entry: TwoIndices, side: str) -> Estimate:
    """One of the two indices as its distance from the mean of the branches, with the interval moved along."""
    index, value = (entry.objective, entry.objective_distance) if side == "objective" else (entry.survey, entry.survey_distance)
    if index is None or index.value is None or value is None:
        raise ValueError("no distance without the index")
    moved = value - index.value
    low, high = (None if end is None else end + moved for end in (index.low, index.high))
    return index._replace(value=value, low=low, high=high)


def _ends(header: str, on: Canvas) -> tuple[str, str]:
    _ = translator(on.language)
    return _("{name}: lower end").format(name=header), _("{name}: upper end").format(name=header)


def _difference(entry: TwoIndices) -> float:
    return (entry.objective_distance or 0.0) - (entry.survey_distance or 0.0)


def _index(entry: Estimate | None, on: Canvas) -> str:
    return value_and_margin(entry, on) if entry is not None else ""


def _ink(entry: TwoIndices) -> Tone:
    return {"better by KPIs": WORSE, "better by customers": INK}.get(entry.verdict or "", MUTED)


def _word(entry: TwoIndices, on: Canvas) -> str:
    _ = translator(on.language)
    told = {"better by KPIs": _("better by KPIs"), "better by customers": _("better by customers"), "unclear": _("may be chance")}
    return told.get(entry.verdict or "", "")


def _caption(found: Sequence[TwoIndices], names: Sequence[str], words: Sequence[str], confidence: str, on: Canvas) -> list[str]:
    _ = translator(on.language)
    text = _("Diamond: objective index; dot: index of the survey, both from the mean of the branches, with {level}% intervals.")
    told = [text.format(level=confidence)] if names else []
    if on.narrow and any(words):
        apart = [f"{name} {word}" for name, word, entry in zip(names, words, _judged(found), strict=False) if entry.verdict != "unclear"]
        told += [_("Beyond both intervals: {names}.").format(names=listed(apart, on.language))] if apart else []
    rest = [on.value("branch", entry.branch) for entry in found if entry.objective_distance is None]
    if rest:
        told.append(_("Without both indices: {names}.").format(names=listed(rest, on.language)))
    return [*told, *left_out([entry.survey for entry in found], on.language)]


def _judged(found: Sequence[TwoIndices]) -> list[TwoIndices]:
    return sorted((entry for entry in found if entry.objective_distance is not None), key=lambda entry: -_difference(entry))


def _told(drawn: Sequence[TwoIndices], names: Sequence[str], on: Canvas) -> str:
    """Both distances of each branch, to be read out."""
    _ = translator(on.language)
    told = [
        _("{name}: by KPIs {kpis}, by customers {customers}").format(
            name=name, kpis=on.number(entry.objective_distance or 0.0, 1, signed=True),
            customers=on.number(entry.survey_distance or 0.0, 1, signed=True),
        )
        for name, entry in zip(names, drawn, strict=True)
    ]  # fmt: skip
    return _("Two dots a branch, points from the mean. {list}.").format(list=listed(told, on.language)) if told else ""


def _table(found: Sequence[TwoIndices], on: Canvas) -> tuple[TableColumn, ...]:
    _ = translator(on.language)

    def column(side: str, end: str) -> list[Cell]:
        return [getattr(index, end) if (index := getattr(entry, side)) is not None else None for entry in found]

    return table_of(
        {
            on.role_title("branch"): [on.value("branch", entry.branch) for entry in found],
            _("Objective index"): column("objective", "value"),
            _("Objective index, lower end"): column("objective", "low"),
            _("Objective index, upper end"): column("objective", "high"),
            _("Months"): [entry.objective.n if entry.objective else None for entry in found],
            _("Index of the survey"): column("survey", "value"),
            _("Index of the survey, lower end"): column("survey", "low"),
            _("Index of the survey, upper end"): column("survey", "high"),
            _("Objective index, from the mean"): [entry.objective_distance for entry in found],
            _("Index of the survey, from the mean"): [entry.survey_distance for entry in found],
            _("Verdict"): [_word(entry, on) for entry in found],
            _("Why not"): [_reason(entry, on) for entry in found],
        }
    )


def _reason(entry: TwoIndices, on: Canvas) -> str:
    told = [index.reason.text(on.language) for index in (entry.objective, entry.survey) if index is not None and index.reason]
    return " ".join(told)
