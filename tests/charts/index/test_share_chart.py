"""The chart of shares: per cent and points side by side, nothing hidden in it, and the same figures in its table."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.index.estimate_rates import estimate_rates
from analysis.results.estimates import Result
from analysis.sums.tallies import sums
from charts.index.answer_shares import answer_shares
from charts.kit.layout import Canvas
from tests.analysis.index.share_cases import survey
from tests.stores.made_survey import frame_of


def shares() -> Result:
    """Three questions on 0–10 with a dissatisfied grade, and one that too few answered."""
    rng, schema = np.random.default_rng(2), survey()
    columns = {code: rng.integers(0, 11, 200).astype(float) for code in ("q1", "q2", "q3")}
    columns["q4"] = np.where(np.arange(200) < 4, 9.0, np.nan)
    return estimate_rates(sums(frame_of(columns, schema), schema), schema)


@pytest.mark.parametrize("narrow", [False, True])
def test_it_draws_what_its_table_says(narrow: bool) -> None:
    rates = shares()
    chart = answer_shares(rates, Canvas(survey(), "en", narrow=narrow))
    for code, name in (("q1", "One"), ("q2", "Two")):
        for share, word, times in (
            ("satisfied", "satisfied", 100),
            ("dissatisfied", "dissatisfied", 100),
            ("nps", "net promoter score", 1),
        ):
            row = chart.table[(chart.table["Question"] == name) & (chart.table["Share"] == word)].iloc[0]
            assert row["Value"] == pytest.approx(times * rates.find(code, share=share).value)
            assert row["Lower end"] == pytest.approx(times * rates.find(code, share=share).low)
    texts = " ".join(str(note.text) for note in chart.figure.layout.annotations)
    assert f"{rates.find('q1', share='nps').value:.1f}".replace("-", "−") in texts.replace("-", "−")
    assert "NPS" in texts
    points = [value for trace in chart.figure.data if trace.type == "scatter" for value in trace.x]
    assert sorted(points) == pytest.approx(
        sorted(100 * rates.find(code, share=share).value for code in ("q1", "q2", "q3") for share in ("satisfied", "dissatisfied")
               if rates.find(code, share=share).value is not None)
    )  # fmt: skip


def test_a_hidden_question_is_in_none_of_it() -> None:
    chart = answer_shares(shares(), Canvas(survey(), "zh_CN"))
    assert "四" not in set(chart.table["题目" if "题目" in chart.table else chart.table.columns[0]])
    assert "四" not in chart.alt_text
    assert "蓝色：满意占比" in chart.caption
