"""A small survey with a hostile name in it, and results made by hand."""

from __future__ import annotations

import pytest

from analysis.results.estimates import Thresholds
from analysis.results.gaps import League
from analysis.results.provenance import Provenance
from charts.kit.layout import Canvas
from survey_schema.models import SurveySchema
from tests.charts.made_results import HOSTILE, METHOD, estimate, result


def _title(zh: str, en: str) -> dict[str, str]:
    return {"zh_CN": zh, "en": en}


@pytest.fixture(scope="session")
def schema() -> SurveySchema:
    return SurveySchema.model_validate({
        "name": "demo",
        "title": _title("示例", "Demo"),
        "scales": {"ten": {"minimum": 1, "maximum": 10, "satisfied_from": 7}},
        "columns": [
            {"code": "branch", "role": "branch", "title": _title("分公司", "Branch"), "choices": [
                {"code": "lanzhou", "title": _title("兰州", "Lanzhou")},
                {"code": "dingxi", "title": _title("定西", "Dingxi")},
                {"code": "gannan", "title": _title("甘南", HOSTILE)},
                {"code": "jinchang", "title": _title("金昌", "Jinchang")},
            ]},
            {"code": "operator", "role": "operator", "title": _title("运营商", "Operator"), "choices": [
                {"code": "ours", "title": _title("移动", "Mobile"), "ours": True},
                {"code": "other", "title": _title("竞争对手", "Competitor")},
            ]},
        ],
        "items": [
            {"code": "C11", "title": _title("网络覆盖", "Coverage"), "scale": "ten"},
            {"code": "C12", "title": _title("诚信", "Integrity"), "scale": "ten"},
            {"code": "C21", "title": _title("资费", "Tariff"), "scale": "ten"},
        ],
        "tree": {"code": "CSI", "title": _title("满意度指数", "Satisfaction index"), "children": [
            {"code": "D1", "title": _title("服务质量", "Service quality"), "children": ["C11", "C12"]},
            {"code": "D2", "title": _title("客户价值", "Customer value"), "children": ["C21"]},
        ]},
    })  # fmt: skip


@pytest.fixture
def on(schema: SurveySchema) -> Canvas:
    return Canvas(schema, "en")


@pytest.fixture
def league() -> League:
    shown = result(
        estimate(70.0, branch="dingxi", rank=3, letters="b", verdict="lower", p_adjusted=0.01),
        estimate(82.0, branch="lanzhou", rank=1, letters="a", verdict="higher", p_adjusted=0.001),
        estimate(76.0, branch="gannan", rank=2, letters="ab", verdict="unclear", p_adjusted=0.7, marked=True, n_eff=22.0),
        estimate(None, branch="jinchang"),
    )
    return League(shown.estimates, Provenance(METHOD, Thresholds(confidence=0.9)), {"lanzhou": (1, 2)})
