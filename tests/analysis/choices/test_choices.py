"""Shares of people and of mentions, rankings and net promoter scores: against R survey, their bases, tests of groups, small bases."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from analysis.choices.estimate_choices import Choices, estimate_choices
from analysis.choices.estimate_nps import Promoters, estimate_nps
from analysis.choices.estimate_ranking import RankedOptions, estimate_ranking
from analysis.choices.option_sums import option_tallies
from analysis.index.estimate_rates import estimate_rates
from analysis.results.estimates import Estimate, Thresholds
from analysis.sums.tallies import sums
from storage.stored_columns import stored_types
from survey_schema.loading import parse_schema
from survey_schema.models import SurveySchema
from tests.places import REFERENCE
from words.errors import ManyiError

FOLDER = REFERENCE / "choices"
BY = ("wave", "branch")
DESIGNS = {"plain": (), "strata": ("respondent_weight", "stratum"), "both": ("respondent_weight", "stratum", "cluster")}


def _options(codes: str) -> str:
    return ", ".join(f"{{code: {code}, title: {{zh_CN: 选项{code}, en: Option {code}}}}}" for code in codes)


SURVEY = f"""
name: kinds
title: {{zh_CN: 题型, en: Kinds}}
scales:
  ten: {{minimum: 0, maximum: 10, satisfied_from: 9}}
columns:
  - {{code: branch, role: branch, title: {{zh_CN: 分公司, en: Branch}}}}
items:
  - {{code: q, scale: ten, title: {{zh_CN: 推荐, en: Recommend}}}}
tree: {{code: index, title: {{zh_CN: 指数, en: Index}}, children: [q]}}
multi:
  - {{code: m, kind: one_hot, title: {{zh_CN: 多选, en: Several}}, options: [{_options("pqrs")}]}}
rankings:
  - {{code: r, kind: ranks, most: 3, title: {{zh_CN: 排序, en: Ranking}}, options: [{_options("wxyz")}]}}
"""


@lru_cache(maxsize=1)
def survey() -> SurveySchema:
    return parse_schema(SURVEY, "kinds.yaml")


def frame(data: pd.DataFrame, used: tuple[str, ...] = ()) -> nw.LazyFrame[Any]:
    """A frame as the store gives it; columns that are not given are null, weights 1."""
    arrays = {}
    for name, kind in stored_types(survey()).items():
        if name in data and (name in used or name in (*BY, "q") or name[:2] in ("m_", "r_")):
            values = [None if pd.isna(value) else value for value in data[name]]
            arrays[name] = pa.array([bool(value) if kind == pa.bool_() and value is not None else value for value in values], kind)
        else:
            filled = {"respondent_weight": 1.0, "replicate_group": 1, "wave": "2026Q2"}.get(name)
            arrays[name] = pa.array([filled] * len(data), kind)
    return nw.from_native(duckdb.connect().from_arrow(pa.table(arrays)))


@lru_cache(maxsize=8)
def _estimated(case: str, domain: str) -> tuple[Choices, RankedOptions, Promoters]:
    data = pd.read_csv(FOLDER / "input.csv").rename(columns={"weight": "respondent_weight"})
    rows, where = frame(data, DESIGNS[case]), {} if domain == "all" else {"branch": domain}
    return (
        estimate_choices(option_tallies(rows, survey(), survey().multi[0], BY), where=where),
        estimate_ranking(option_tallies(rows, survey(), survey().rankings[0], BY), where=where),
        estimate_nps(sums(rows, survey(), BY), survey(), codes=["q"], where=where),
    )


def _figure(case: str, domain: str, figure: str, option: str) -> Estimate:
    choices, ranking, promoters = _estimated(case, domain)
    if figure in ("people", "mentions"):
        return next(getattr(row, figure) for row in choices.rows if row.option == option)
    if figure == "average":
        return choices.average[0]
    if figure in ("score", "first", "mean"):
        return next(getattr(row, figure) for row in ranking.rows if row.option == option)
    return promoters.rows[0].nps if figure == "nps" else promoters.rows[0].shares[figure]  # type: ignore[index]


@pytest.mark.parametrize("domain", ["all", "jia", "bing"])
@pytest.mark.parametrize("case", list(DESIGNS))
def test_agrees_with_r_survey(case: str, domain: str) -> None:
    output = pd.read_csv(FOLDER / "output.csv", keep_default_na=False)
    rows = output[(output["case"] == case) & (output["domain"] == domain)]
    assert len(rows) == 25
    for row in rows.itertuples():
        entry = _figure(case, domain, str(row.figure), str(row.option))
        points = 100 if row.figure in ("people", "mentions", "first", "promoters", "passives", "detractors") else 1
        assert (entry.value, entry.se) == pytest.approx((points * row.value, points * row.se), abs=1e-8), row
        assert entry.df == row.df
        assert entry.low is not None
        assert entry.high is not None
        assert entry.low < (entry.value or 0) < entry.high


def test_the_net_promoter_score_has_one_definition() -> None:
    tallies = sums(frame(pd.read_csv(FOLDER / "input.csv")), survey(), BY)
    for by in ((), ("branch",)):
        scores = [row.nps for row in estimate_nps(tallies, survey(), codes=["q"], by=by).rows]
        rates = estimate_rates(tallies, survey(), by=by, codes=["q"], shares=["nps"]).estimates
        assert [(e.value, e.se, e.low, e.high, e.n) for e in scores] == [(e.value, e.se, e.low, e.high, e.n) for e in rates]


def test_mentions_add_up_and_promoters_do() -> None:
    choices, _, promoters = _estimated("both", "all")
    assert sum(row.mentions.value or 0 for row in choices.rows) == pytest.approx(100)
    assert sum(row.people.value or 0 for row in choices.rows) == pytest.approx(100 * (choices.average[0].value or 0))
    assert sum(entry.value or 0 for entry in promoters.rows[0].shares.values()) == pytest.approx(100)


def test_the_base_is_who_was_asked() -> None:
    data = pd.DataFrame({"m_p": [1] * 12 + [0] * 8 + [None] * 5, "m_q": [0] * 20 + [None] * 5, "m_r": [0] * 20 + [None] * 5})
    data["m_s"] = data["m_q"]
    found = estimate_choices(option_tallies(frame(data), survey(), survey().multi[0], ["wave"]))
    shares = {row.option: row for row in found.rows}
    assert (shares["p"].people.value, shares["p"].people.n) == (60, 20)
    assert (shares["p"].mentions.value, shares["q"].mentions.value) == (100, 0)
    assert found.average[0].value == 0.6


def test_nobody_chose_anything() -> None:
    nothing = pd.DataFrame(dict.fromkeys(["m_p", "m_q", "m_r", "m_s"], [0] * 20))
    found = estimate_choices(option_tallies(frame(nothing), survey(), survey().multi[0], ["wave"]))
    assert [row.people.value for row in found.rows] == [0] * 4
    assert all(row.mentions.value is None and row.mentions.reason for row in found.rows)


def test_unranked_counts_nothing_in_the_score_and_is_left_out_of_the_mean_rank() -> None:
    data = pd.DataFrame({"r_w": [1.0] * 20 + [2.0] * 10, "r_x": [0.0] * 20 + [1.0] * 10, "r_y": [0.0] * 30, "r_z": [2.0] * 20 + [0.0] * 10})
    rows = {row.option: row for row in estimate_ranking(option_tallies(frame(data), survey(), survey().rankings[0], ["wave"])).rows}
    assert rows["w"].score.value == pytest.approx((20 * 3 + 10 * 2) / 30)
    assert rows["x"].score.value == pytest.approx(1.0)
    assert (rows["x"].mean.value, rows["x"].mean.n) == (1, 10)
    assert rows["w"].first.value == pytest.approx(100 * 20 / 30)
    assert rows["y"].mean.value is None
    assert rows["y"].score.value == 0


def _two_groups(n: int = 200, small: int = 0) -> pd.DataFrame:
    branch = ["jia"] * n + ["yi"] * n + ["bing"] * n + ["ding"] * small
    share = np.concatenate([np.arange(n) % 10 < 8, np.arange(n) % 10 < 3, np.arange(n) % 10 < 3, np.ones(small)]).astype(float)
    data = pd.DataFrame({"branch": branch, "m_p": share, "q": np.where(share > 0, 10.0, 3.0)})
    for name in ("m_q", "m_r", "m_s"):
        data[name] = np.arange(len(data)) % 2.0
    data["r_w"], data["r_x"] = 2 - share, 1 + share
    data["r_y"] = data["r_z"] = 0.0
    return data


def test_groups_are_told_apart_with_letters_and_against_the_rest() -> None:
    data = _two_groups()
    rows = estimate_choices(option_tallies(frame(data), survey(), survey().multi[0], BY), by=["branch"]).rows
    letters = {row.keys["branch"]: row.people.letters for row in rows if row.option == "p"}
    assert (letters["jia"], letters["yi"], letters["bing"]) == ("a", "b", "b")
    verdicts = {row.keys["branch"]: row.people.verdict for row in rows if row.option == "p"}
    assert (verdicts["jia"], verdicts["yi"]) == ("higher", "lower")
    assert {row.people.letters for row in rows if row.option == "q"} == {"a"}
    ranked = estimate_ranking(option_tallies(frame(data), survey(), survey().rankings[0], BY), by=["branch"]).rows
    assert {row.keys["branch"]: row.score.letters for row in ranked if row.option == "w"} == letters
    scores = estimate_nps(sums(frame(data), survey(), BY), survey(), codes=["q"], by=["branch"]).rows
    assert {row.keys["branch"]: row.nps.letters for row in scores} == letters


def test_a_small_group_is_hidden_with_every_option() -> None:
    data = _two_groups(small=4)
    limits = Thresholds(hidden_below=10)
    choices = estimate_choices(option_tallies(frame(data), survey(), survey().multi[0], BY), by=["branch"], thresholds=limits)
    hidden = [row for row in choices.rows if row.keys["branch"] == "ding"]
    assert hidden
    assert all(row.people.value is None and row.mentions.value is None and row.people.reason for row in hidden)
    assert next(entry for entry in choices.average if entry.keys["branch"] == "ding").value is None
    # one sibling is hidden too, or the total would give the small one away
    assert len({row.keys["branch"] for row in choices.rows if row.people.value is None}) == 2
    ranked = estimate_ranking(option_tallies(frame(data), survey(), survey().rankings[0], BY), by=["branch"], thresholds=limits)
    assert all(figure.value is None for row in ranked.rows if row.keys["branch"] == "ding" for figure in (row.score, row.first, row.mean))
    scores = estimate_nps(sums(frame(data), survey(), BY), survey(), codes=["q"], by=["branch"], thresholds=limits)
    assert all(figure.value is None for row in scores.rows if row.keys["branch"] == "ding" for figure in (row.nps, *row.shares.values()))


def test_a_question_no_wave_asked_is_said() -> None:
    older = frame(pd.DataFrame({"q": [8.0] * 20})).drop("m_p", "m_q", "m_r", "m_s")
    with pytest.raises(ManyiError, match="not asked in these waves"):
        option_tallies(older, survey(), survey().multi[0], ["wave"])
