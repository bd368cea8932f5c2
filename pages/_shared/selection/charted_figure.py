"""What a figure over time can be of on a page: its questions or KPIs, and its periods."""

from __future__ import annotations

from typing import Any

from answers.charted_figures import FIGURES
from answers.control_chart_question import kpis_there
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import source_of
from pages._shared.session.words import language
from survey_schema.answer_shares import SHARES, shares_of
from survey_schema.models import SurveySchema
from words.periods import Period


def items_with(share: str, schema: SurveySchema) -> list[str]:
    """The questions that have such a share, the one about satisfaction as a whole first."""
    asked = list(dict.fromkeys([*([schema.outcome] if schema.outcome else []), *(item.code for item in schema.items)]))
    return [code for code in asked if share in shares_of(schema, code)]


def codes_of(here: Chosen, of: Any) -> list[str]:
    """The indicators, questions or KPIs a figure can be of; none where there is nothing to choose."""
    if of == "index":
        return list(here.schema.indicator_codes())
    if of in SHARES:
        return items_with(of, here.schema)
    return kpis_there(source_of(here), here.schema) if of == "kpi" else []


def code_title(schema: SurveySchema, of: Any, code: str) -> str:
    """The name of one of them."""
    if of != "kpi":
        return schema.title_of(code, language())
    return next((each.title.text(language()) for each in schema.kpis if each.code == code), code)


def periods_of_figure(here: Chosen, of: Any) -> list[str]:
    """The periods its points can be of, oldest first."""
    kinds = FIGURES[of].kinds
    labels = (
        [each.label for kind in kinds[:2] for each in source_of(here).deliveries(kind)]
        if kinds
        else [wave.label for wave in here.waves_so_far]
    )
    return sorted({label for label in labels if Period.parse(label)}, key=lambda label: Period.parse(label) or label)
