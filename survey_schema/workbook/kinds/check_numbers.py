"""Numbers that other cells of their row make impossible or unlikely: off the item's scale, a fraction for per cent."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from survey_schema.data_kinds.complaints import COMPLAINTS
from survey_schema.data_kinds.description import OVERALL, KindColumn, Number
from survey_schema.data_kinds.inspections import INSPECTIONS
from survey_schema.models import SurveySchema
from survey_schema.operations import KpiDefinition
from survey_schema.questions import Scale
from survey_schema.workbook.kinds.sheet_draft import Mask, SheetDraft
from survey_schema.workbook.kinds.stated_units import is_per_cent, kpi_units
from words.language import Message, message

#: A standard up to here, given as points of 100, may be a grade.
_HIGHEST_GRADE = 10
#: Stated hours may differ by so much of themselves from what the times say.
_HOURS_APART = 0.1
_RIGHT = message("Correct the number; if it is right, nothing is to do.")


def check_numbers(draft: SheetDraft) -> None:
    """Numbers off the scale of their item lose their rows; those that are only unlikely are kept and asked about."""
    for column in draft.place.kind.columns:
        if not isinstance(column.value, Number) or column.code not in draft.place.columns:
            continue
        if column.value.on_scale_of is not None:
            _check_scales(draft, column, column.value)
        if column.value.unit_of == "kpi":
            _check_per_cent(draft, column.code)
    if draft.place.kind is COMPLAINTS and {"hours", "closed"} <= draft.place.columns.keys():
        _check_hours(draft)
    if draft.place.kind is INSPECTIONS:
        told = message("No points are available for the item, so it counts for nothing.")
        rows = draft.used & (_numbers(draft, "points_available") == 0)
        draft.findings.add_rows(
            "unlikely_value", np.flatnonzero(rows), lambda row: draft.note("unlikely_value", "points_available", row, told, _RIGHT)
        )


def _numbers(draft: SheetDraft, code: str) -> np.ndarray:
    found: np.ndarray = np.asarray(draft.columns[code].to_numpy(zero_copy_only=False), dtype=np.float64)
    return found


def _check_scales(draft: SheetDraft, column: KindColumn, value: Number) -> None:
    """A number is a grade of its item, or points of 100 where the row says so or the item has no scale."""
    numbers, items = _numbers(draft, column.code), _items(draft, value)
    points = np.zeros(draft.count, dtype=bool)
    if value.unit_of is not None:
        points = ~np.asarray(pc.fill_null(pc.equal(draft.columns[value.unit_of], "grade"), False))
    advice = message("The row is not stored; correct the number.")
    for code in items.unique().drop_null().to_pylist():
        rows = np.asarray(pc.fill_null(pc.equal(items, code), False)) & draft.used
        scale = scale_of(draft.context.schema, code)
        graded = rows & ~points if scale is not None else np.zeros(draft.count, dtype=bool)
        if scale is not None:
            words = {"low": f"{scale.minimum:g}", "high": f"{scale.maximum:g}"}
            found = message("The scale of the item goes from {low} to {high}.", **words)
            _note_lost(draft, column.code, graded & ((numbers < scale.minimum) | (numbers > scale.maximum)), found, advice)
        found = message("A number from {low} to {high} is expected here.", low="0", high="100")
        _note_lost(draft, column.code, rows & ~graded & ((numbers < 0) | (numbers > 100)), found, advice)
    small = points & draft.used & (numbers > 0) & (numbers <= _HIGHEST_GRADE)
    for row in np.flatnonzero(small).tolist():
        shown = f"{numbers[row]:g}"
        if numbers[row] <= 1:
            asked = message("{value} of 100 points: is {meant} meant?", value=shown, meant=f"{round(numbers[row] * 100, 9):g}")
        else:
            asked = message("{value} of 100 points: is a grade of the item's scale meant?", value=shown)
        draft.note("unlikely_value", column.code, row, asked, message("Correct the number, or say in the column of the scale which it is."))


def _items(draft: SheetDraft, value: Number) -> pa.Array:
    """Code of the item each row's number is about; a code that is no item where the survey has no overall question."""
    if value.on_scale_of == OVERALL:
        return pa.repeat(pa.scalar(draft.context.schema.outcome or OVERALL, pa.string()), draft.count)
    return draft.columns[value.on_scale_of or ""]


def scale_of(schema: SurveySchema, code: str) -> Scale | None:
    """The scale of an item, or of the perception of a gap item; None for an indicator, which is on 0 to 100."""
    perception = next((gap.perception for gap in schema.gap_items if gap.code == code), code)
    item = next((item for item in schema.items if item.code == perception), None)
    return None if item is None else schema.scales[item.scale]


def _note_lost(draft: SheetDraft, code: str, rows: Mask, found: Message, advice: Message) -> None:
    draft.findings.add_rows("out_of_bounds", np.flatnonzero(rows), lambda row: draft.note("out_of_bounds", code, row, found, advice))
    draft.used &= ~rows


def _check_per_cent(draft: SheetDraft, code: str) -> None:
    """Values of KPIs in per cent outside 0 to 100, and fractions where their targets say that per cent is meant."""
    numbers = _numbers(draft, code)
    for kpi, rows in _kpis_in_per_cent(draft):
        outside = message("A KPI in per cent is seldom outside 0 to 100.")
        beyond = np.flatnonzero(rows & ((numbers < 0) | (numbers > 100)))
        draft.findings.add_rows("unlikely_value", beyond, lambda row, told=outside: draft.note("unlikely_value", code, row, told, _RIGHT))  # type: ignore[misc]
        fractions, finding = _are_fractions(kpi, numbers)
        for row in np.flatnonzero(rows & fractions).tolist():
            asked = message(
                "{value} for a KPI in per cent: is {meant} meant?", value=f"{numbers[row]:g}", meant=f"{round(numbers[row] * 100, 9):g}"
            )
            draft.note(finding, code, row, asked, message("Write per cent, such as 91 or 91%; cells formatted as per cent hold 0.91."))


def _check_hours(draft: SheetDraft) -> None:
    """Stated hours further than a tenth from the time between opened and closed; a day without a time of day may be a day longer."""
    opened, closed = (draft.columns[code].to_numpy(zero_copy_only=False).astype("datetime64[s]") for code in ("opened", "closed"))
    elapsed = (closed - opened) / np.timedelta64(1, "h")
    stated = _numbers(draft, "hours")
    days_only = sum((each == each.astype("datetime64[D]")).astype(float) for each in (opened, closed))
    beyond = np.abs(stated - elapsed) > _HOURS_APART * np.maximum(stated, elapsed) + 24 * days_only

    def add(row: int) -> None:
        words = {"stated": f"{stated[row]:g}", "elapsed": f"{elapsed[row]:.4g}"}
        told = message("{stated} hours are stated, but from opened to closed it took {elapsed}.", **words)
        draft.note("unlikely_value", "hours", row, told, _RIGHT)

    draft.findings.add_rows("unlikely_value", np.flatnonzero(beyond & draft.used), add)


def _kpis_in_per_cent(draft: SheetDraft) -> Iterator[tuple[KpiDefinition, Mask]]:
    units = kpi_units(draft.context.schema)
    for kpi in draft.context.schema.kpis:
        rows: Mask = np.asarray(pc.fill_null(pc.equal(draft.columns["kpi"], pa.scalar(kpi.code)), False)) & draft.used
        if is_per_cent(units.get(kpi.code, ())) and rows.any():
            yield kpi, rows


def _are_fractions(kpi: KpiDefinition, numbers: np.ndarray) -> tuple[Mask, str]:
    """Which values are likely fractions, and the finding: of a KPI of which more is better nobody has below 1 %.

    Of one of which less is better such values are good ones; only less than a tenth of the best that is aimed at is asked about.
    """
    aims = [aim for aim in (kpi.target, kpi.limit) if aim is not None]
    if aims and min(aims) <= 1:
        return np.zeros(len(numbers), dtype=bool), "unlikely_value"
    small = (numbers > 0) & (numbers <= 1)
    if kpi.direction == "higher":
        return small, "fraction_for_per_cent"
    return small & (10 * numbers <= min(aims, default=0)), "unlikely_value"
