"""A survey whose rules layer customers by what they spend and by the fall of it."""

from __future__ import annotations

from survey_schema.models import SurveySchema
from tests.stores.driver_cases import texts


def layered_schema() -> SurveySchema:
    """Value and leaving, two classes each; the branch is a column of the survey."""

    def cut(code: str, condition: dict[str, object], high: str = "high") -> dict[str, object]:
        classes = [{"code": high, "title": texts(high), "conditions": [condition]}, {"code": "low", "title": texts("low")}]
        return {"code": code, "title": texts(code), "classes": classes}

    rules = {
        "code": "mobile", "title": texts("mobile"),
        "axes": [
            cut("value", {"column": "arpu", "at_least": 100}),
            cut("leaving", {"column": "arpu", "change_from": "arpu_before", "at_most": -0.3}),
        ],
        "win_back": {"value": ["high"], "leaving": ["high"]},
    }  # fmt: skip
    numbers = [{"code": code, "role": "attribute", "kind": "number", "title": texts(code)} for code in ("arpu", "arpu_before")]
    return SurveySchema.model_validate({
        "name": "layers", "title": texts("layers"), "scales": {"s": {"minimum": 1, "maximum": 5, "satisfied_from": 4}},
        "columns": [*numbers, {"code": "branch", "role": "branch", "title": texts("branch")}],
        "items": [{"code": "overall", "title": texts("overall"), "scale": "s"}],
        "tree": {"code": "CSI", "title": texts("CSI"), "children": ["overall"]}, "outcome": "overall", "tiers": [rules],
    })  # fmt: skip
