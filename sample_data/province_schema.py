"""The survey of the sample province: the ready-made one with what ``province_extras.yaml`` adds, and what its module asks on top."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from sample_data import module_plan as module
from sample_data.service_choices import SCHEMA as CHOICES
from survey_schema.loading import load_schema
from survey_schema.models import SurveySchema

EXTRAS = Path(__file__).resolve().parent / "province_extras.yaml"
#: The ready-made survey the province follows.
SURVEY = "telecom_csi"


@lru_cache(maxsize=1)
def province_schema() -> SurveySchema:
    """The schema under which the province is stored; its questions and columns are those of :data:`SURVEY` and more."""
    extras: dict[str, Any] = yaml.safe_load(EXTRAS.read_text("utf-8"))
    raw = load_schema(SURVEY).model_dump(mode="json", exclude_defaults=True)
    raw["scales"] |= extras["scales"]
    for name in ("columns", "kpis", "promises", "checklist", "tiers", "kano_pairs"):
        raw[name] = [*raw.get(name, []), *extras[name]]
    raw["complaints"], raw["recovery"] = extras["complaints"], extras["recovery"]
    titles = {item["code"]: item["title"] for item in raw["items"]}
    for code in module.SERVICES:
        for letter, (zh, en) in module.ASKED_AS.items():
            title = {"zh_CN": f"{titles[code]['zh_CN']}（{zh}）", "en": f"{titles[code]['en']} ({en})"}
            raw["items"].append({"code": f"{letter}_{code}", "title": title, "scale": "ten"})
    for pair in extras["kano_pairs"]:
        for letters, (zh, en) in module.KANO_ASKED_AS.items():
            title = {"zh_CN": f"{pair['title']['zh_CN']}（{zh}）", "en": f"{pair['title']['en']} ({en})"}
            raw["items"].append({"code": f"{letters}_{pair['code']}", "title": title, "scale": "kano"})
    asked_too = load_schema(CHOICES)
    for name in ("multi", "rankings"):
        raw[name] = [question.model_dump(mode="json", exclude_defaults=True) for question in getattr(asked_too, name)]
    raw["items"].append(asked_too.item("recommend").model_dump(mode="json", exclude_defaults=True))
    raw["scales"]["recommend"] = asked_too.scales["recommend"].model_dump(mode="json", exclude_defaults=True)
    raw["recommend"] = "recommend"
    raw["gap_items"] = [_gap_item(code, raw["tree"], titles) for code in module.SERVICES]
    return SurveySchema.model_validate(raw)


def _gap_item(code: str, tree: dict[str, Any], titles: dict[str, Any]) -> dict[str, Any]:
    """One service asked three times, under the dimension its perception stands in."""
    dimension = next(node["title"] for node in tree["children"] if code.startswith(node["code"]))
    asked = {"perception": code, "expectation": f"E_{code}", "importance": f"I_{code}"}
    delivered = {"checklist": [module.DELIVERED_AS[code]]} if code in module.DELIVERED_AS else {}
    return {"code": f"G_{code}", "title": titles[code], "dimension": dimension, **asked, **delivered}
