"""Charts of indicator weights and of ranks under two sets: what is drawn, what the table holds, and what stays hidden."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.indicator_weights.compare_weight_sets import RankMove, WeightComparison
from analysis.results.estimates import Estimate, Result
from analysis.results.gaps import League
from analysis.results.provenance import Provenance
from charts.indicator_weights.weight_sets import WeightRow, rank_rows, weight_rows
from charts.kit.layout import Canvas
from survey_schema.loading import load_schema
from words.language import message

SCHEMA = load_schema("telecom_csi")
BRANCHES = ("lanzhou", "tianshui")
WHY = message("Nobody in this group answered.")


def weight(code: str, value: float, half: float | None = None) -> Estimate:
    return Estimate({"node": "csi"}, code, value, half, value - half if half else None, value + half if half else None, 100, 90.0)


ROWS = [
    WeightRow("Image <b>", "Index", weight("C1", 0.25), weight("C1", 0.4, 0.05), strong=True),
    WeightRow("Quality", "Index", weight("C2", 0.75), weight("C2", 0.6, 0.05), strong=True),
]


@pytest.mark.parametrize("narrow", [False, True])
def test_two_sets_are_drawn_in_per_cent_with_their_intervals(narrow: bool) -> None:
    chart = weight_rows(ROWS, Canvas(SCHEMA, "en", narrow=narrow), title="T", first="Given", second="Entropy", note="N.")
    drawn = [list(trace.x) for trace in chart.figure.data if trace.type == "scatter"]
    assert drawn == [[25.0, 75.0], [40.0, 60.0]]
    assert "Image <b>: 25.0 against 40.0" in chart.alt_text
    assert chart.caption.endswith("Grey: Given; coloured: Entropy. N.")
    assert any("Image &lt;b&gt;" in text.text for text in chart.figure.layout.annotations)
    assert list(chart.table["Entropy: lower end"]) == pytest.approx([0.35, 0.55])
    assert "Given: lower end" not in chart.table


def test_one_set_stands_alone() -> None:
    chart = weight_rows(ROWS, Canvas(SCHEMA, "zh_CN"), title="T", first="给定")
    assert len([trace for trace in chart.figure.data if trace.type == "scatter"]) == 1
    assert weight_rows([], Canvas(SCHEMA, "en"), title="T", first="Given").table.empty


def test_ranks_show_moves_and_leave_hidden_groups_out() -> None:
    def league(values: list[float]) -> League:
        shown = [Estimate({"branch": b}, "csi", v, 1.0, v - 2, v + 2, 50, 50.0, rank=1) for b, v in zip(BRANCHES, values, strict=True)]
        hidden = Estimate({"branch": "gannan"}, "csi", None, n=3, n_eff=3.0, reason=WHY)
        return League((*shown, hidden), Provenance(WHY))

    gaps = Result(
        tuple(Estimate({"branch": b}, "csi", -1.0, 0.1, -1.2, -0.8, p_adjusted=0.01) for b in ("lanzhou", "tianshui")),
        Provenance(message("x")),
    )
    moves = (RankMove("tianshui", 1, 2, (1, 1), (2, 2)), RankMove("lanzhou", 2, 1, (1, 2), (1, 2)))
    index = (weight("csi", 70.0), weight("csi", 71.0), weight("csi", 1.0))
    found = WeightComparison(index, league([70.0, 72.0]), league([71.0, 69.0]), gaps, moves)
    chart = rank_rows(found, Canvas(SCHEMA, "en"), title="T", first="Given", second="Entropy")
    texts = [a.text for a in chart.figure.layout.annotations]
    assert "<b>1 → 2</b>" in texts
    assert "1–2 → 1–2" in texts
    assert "1 not shown" in chart.caption
    assert list(chart.table["Given"]) == [72.0, 70.0]
    assert not any("Gannan" in text for text in texts)
    assert np.allclose(chart.table["Difference"], -1.0)
    assert moves[0].certain
    assert not moves[1].certain
