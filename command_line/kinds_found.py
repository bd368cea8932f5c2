"""What a workbook holds beside responses, printed and as records."""

from __future__ import annotations

from command_line.output import console, print_table
from survey_schema.data_kinds.all_kinds import PeriodLabel, kind_of
from survey_schema.responses import CheckedKind, CheckedWorkbook
from words.language import translator
from words.lists import Listed

_PERIODS_SHOWN = 6


def print_kinds(checked: CheckedWorkbook) -> None:
    """Each kind with its sheet, its rows and its periods."""
    if not checked.kinds:
        return
    _ = translator(console.language)
    header = [_("Kind"), _("Sheet"), _("Periods"), _("Rows"), _("Rows used")]
    rows = [
        [
            kind_of(each.kind).title.text(console.language),
            each.sheet,
            Listed([PeriodLabel(label) for label in periods(each)], _PERIODS_SHOWN).text(console.language),
            str(each.rows_read),
            str(each.used),
        ]
        for each in checked.kinds
    ]
    print_table(header, rows, numbers_from=3)


def kind_records(checked: CheckedWorkbook) -> list[dict[str, object]]:
    """The same for ``--json``."""
    return [
        {
            "kind": each.kind, "sheet": each.sheet, "periods": periods(each), "rows_read": each.rows_read, "rows_used": each.used,
            "copies": each.copies,
        }
        for each in checked.kinds
    ]  # fmt: skip


def periods(kind: CheckedKind) -> list[str]:
    """The periods a kind's rows would be stored under."""
    return sorted(kind.rows["period"].unique().to_pylist()) if kind.rows is not None else []
