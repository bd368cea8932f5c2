"""Check sheets computed: sums and shares as published (QC project *raise GoTone satisfaction*; ministry complaints 2012 Q1), slips told."""

from __future__ import annotations

import pytest

from projects.check_sheets import most_first, summed
from projects.evidence import CheckSheet, SheetRow


def sheet(columns: tuple[str, ...], *rows: SheetRow, **stated: float) -> CheckSheet:
    return CheckSheet.model_validate({"id": "s", "title": "t", "columns": columns, "rows": rows, **stated})


def test_unhappy_call_backs_add_up_to_160_where_161_was_printed() -> None:
    found = summed(
        sheet(("4", "5", "6"), SheetRow(name="态度", counts=(13, 19, 20)), SheetRow(name="能力", counts=(19, 48, 41)), stated_total=161)
    )
    assert [row.total for row in found.rows] == [52, 108]
    assert found.column_totals == (32, 67, 61)
    assert (found.total, [slip.stated for slip in found.slips]) == (160, ["161"])
    assert [row.share for row in found.rows] == [0.325, 0.675]
    assert found.rows[-1].running == pytest.approx(1, abs=1e-15)


def test_shares_of_41_tickets_said_to_be_of_241() -> None:
    rows = [
        SheetRow(name=name, counts=(count,), stated_share=share)
        for name, count, share in (("a", 38, "92.68"), ("b", 2, "4.88"), ("c", 1, "2.4"))
    ]
    assert [slip.told.parameters["fits"] for slip in summed(sheet(("n",), *rows, stated_base=241)).slips] == [41]
    assert summed(sheet(("n",), *rows, stated_base=41)).slips == ()


def test_ministry_complaints_of_2012_check() -> None:
    rows = (
        SheetRow(name="电信", counts=(2033, 752, 1296), stated_total=4081, stated_share="25.4"),
        SheetRow(name="移动", counts=(2393, 936, 2611), stated_total=5940, stated_share="37.0"),
        SheetRow(name="联通", counts=(2526, 1430, 2078), stated_total=6034, stated_share="37.6"),
    )
    found = summed(sheet(("服务", "网络", "收费"), *rows, stated_total=16055, stated_base=16055))
    assert (found.total, found.slips) == (16055, ())


def test_cells_without_a_count_are_passed_over() -> None:
    found = summed(sheet(("a", "b"), SheetRow(name="x", counts=(3, None)), SheetRow(name="y", counts=(None, None))))
    assert [row.total for row in found.rows] == [3, None]
    assert (found.column_totals, found.rows[1].share) == ((3, None), None)


def test_nothing_counted_has_no_sums() -> None:
    found = summed(sheet(("a",), SheetRow(name="x", counts=(None,))))
    assert (found.total, found.column_totals, found.slips) == (None, (None,), ())


def test_columns_that_count_the_same_twice_have_no_sum_across() -> None:
    found = summed(
        sheet(("before", "after"), SheetRow(name="x", counts=(52, 24)), SheetRow(name="y", counts=(108, 48)), columns_add_up=False)
    )
    assert found.column_totals == (160, 72)
    assert (found.total, [row.total for row in found.rows], [row.share for row in found.rows]) == (None, [None, None], [None, None])


def test_a_ranking_leaves_out_what_was_not_counted() -> None:
    ranked = most_first(sheet(("n",), *(SheetRow(name=name, counts=(count,)) for name, count in (("a", 2), ("b", None), ("c", 38)))))
    assert [(row.name, row.share, row.running) for row in summed(ranked).rows] == [("c", 0.95, 0.95), ("a", 0.05, 1.0)]
