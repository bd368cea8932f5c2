"""The province survey as workbooks: one per wave, each with the customers of every branch × operator × brand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from sample_data import province_plan as plan
from sample_data.province_module import module_responses
from sample_data.province_responses import branch_titles, province_responses, stratum_name, written_answers
from sample_data.province_schema import SURVEY, province_schema
from sample_data.published_tables import titled
from sample_data.service_choices import choice_answers
from sample_data.sheets import Sheet
from survey_schema.loading import load_schema
from survey_schema.models import SurveySchema
from words.periods import wave_text


def province_sheets(wave: str) -> list[Sheet]:
    """Responses under a title row, and the population sheet. Only the design waves carry stratum and sampling point."""
    return _sheets(wave, province_responses(wave), load_schema(SURVEY))


def module_sheets(wave: str) -> list[Sheet]:
    """The same with the questions and columns of the module behind, and several answers, a ranking and recommendation after them."""
    responses = module_responses(wave)
    answers, *others = _sheets(wave, responses, province_schema())
    rng = np.random.default_rng([20260717, plan.WAVES.index(wave)])
    satisfied = responses["Q1"].to_numpy(dtype=np.float64)
    temper = np.nan_to_num((satisfied - np.nanmean(satisfied)) / np.nanstd(satisfied))
    later = np.full(len(responses), wave == plan.WAVES[-1])
    names = responses["branch"].map(branch_titles()).to_numpy(dtype=object)
    asked = choice_answers(names, later, temper, rng).set_axis(answers.table.index, axis=0)
    return [replace(answers, table=pd.concat([answers.table, asked], axis=1)), *others]


def _sheets(wave: str, responses: pd.DataFrame, schema: SurveySchema) -> list[Sheet]:
    table = responses.assign(wave=wave_text(wave, "zh_CN"))
    asked = {item.code for item in schema.items}
    for number, items in enumerate((list(plan.ITEM_LEVELS), [code for code in responses if code in asked - {*plan.ITEM_LEVELS}]), 1):
        if items:
            table[items] = written_answers(responses[items], np.random.default_rng([plan.WAVES.index(wave), number]))
    if wave in plan.DESIGN_WAVES:
        titles = branch_titles()
        table["stratum"] = [stratum_name(titles[branch], urban) for branch, urban in zip(table["branch"], table["stratum"], strict=True)]
        table["cluster"] = [f"D{number:04d}" for number in table["cluster"]]
    else:
        table = table.drop(columns=["stratum", "cluster"])
    title = f"{wave_text(wave, 'zh_CN')}全省电信客户满意度调查"
    return [Sheet("调查数据", titled(table, schema), title=title), Sheet("客户数", titled(population(), schema))]


def population() -> pd.DataFrame:
    """Customers of every branch × operator × brand."""
    rows = [{"branch": cell.branch, "operator": cell.operator, "brand": cell.brand, "客户数": cell.customers} for cell in plan.cells()]
    return pd.DataFrame(rows)
