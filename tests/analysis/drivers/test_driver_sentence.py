"""The answer of the drivers page says no more than its intervals do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.drivers.driver_sentence import drivers_sentence
from analysis.drivers.drivers import Drivers, estimate_drivers
from analysis.results.sentences import plain_text
from survey_schema.models import SurveySchema
from tests.stores.driver_cases import frame_of, mobile_data, mobile_schema


def _analysed(table: pd.DataFrame) -> tuple[Drivers, SurveySchema]:
    survey = mobile_schema(list(table.columns)).model_copy(update={"outcome": "CUSA1", "drivers": [f"PERQ{n}" for n in range(1, 8)]})
    return estimate_drivers(frame_of(table), survey), survey


def _tone(found: Drivers, survey: SurveySchema) -> str:
    return drivers_sentence(found, survey, "en")[0].tone


def test_enough_answers_name_the_strongest_driver_with_its_interval() -> None:
    table = mobile_data()
    table["CUSA1"] = table["PERQ1"].where(np.arange(len(table)) % 4 > 0, table["CUSA1"])
    found, survey = _analysed(table)
    told = plain_text(drivers_sentence(found, survey, "en"))
    assert "PERQ1 moves CUSA1 most: " in told
    assert "its lead over the others is not chance" in told
    assert _tone(found, survey) == "neutral", "what matters most is neither good nor bad"
    assert told.endswith(f"; {found.importance.n} respondents.")


def test_a_first_place_that_any_driver_might_hold_is_no_news() -> None:
    found, survey = _analysed(mobile_data().iloc[np.random.default_rng(1).permutation(250)[:14]])
    assert "it cannot be told apart from" in plain_text(drivers_sentence(found, survey, "en"))
    assert _tone(found, survey) == "unclear"


def test_shares_without_intervals_name_no_winner() -> None:
    found, survey = _analysed(mobile_data())
    bare = replace(found.importance, lmg=tuple(e._replace(se=None, low=None, high=None) for e in found.importance.lmg), indistinct=())
    told = drivers_sentence(replace(found, importance=bare), survey, "en")
    assert plain_text(told) == "Too few answers tell which driver moves CUSA1 most; the shares have no intervals."
    assert told[0].tone == "unclear"
