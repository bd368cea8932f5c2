"""Keeps ``schema.json`` in step with the models, for editors that check YAML while it is typed.

``python -m survey_schema.json_schema`` writes the file anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from survey_schema.models import SurveySchema

SCHEMA_FILE = Path(__file__).resolve().parent / "schema.json"


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a survey schema, generated from the models."""
    generated = SurveySchema.model_json_schema()
    children = generated["$defs"]["Indicator"]["properties"]["children"]
    shorthand = {"type": "string", "description": "an item's code, short for {item: CODE}"}
    children["items"] = {"anyOf": [shorthand, *children["items"]["oneOf"]]}
    _allow_shorthand(generated)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **generated}


def _allow_shorthand(generated: dict[str, Any]) -> None:
    """What :mod:`survey_schema.shorthand` spells out before the models see it."""
    definitions, text, texts = generated["$defs"], {"type": "string"}, {"type": "array", "items": {"type": "string"}}
    scale = definitions["Scale"]
    scale["properties"]["best"] = {"enum": ["low", "high"], "description": "low: items on the scale are reversed unless they say otherwise"}
    scale["properties"]["grades"] = {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2, "description": "its ends"}
    scale["anyOf"] = [{"required": scale.pop("required")}, {"required": ["grades"]}]
    other = {"type": "object", "minProperties": 1, "propertyNames": {"pattern": "^[a-z]{2,3}$"}, "additionalProperties": text}
    definitions["LocalText"] = {"anyOf": [definitions["LocalText"], text, other]}
    definitions["GradeLabel"] |= {"required": ["grade"], "additionalProperties": {**texts, "minItems": 1}}
    matrix = {
        "type": "object",
        "required": ["stem", "rows"],
        "properties": {"stem": {"$ref": "#/$defs/LocalText"}, "notation": text, "rows": {"type": "array", "items": {"type": "object"}}},
    }
    generated["properties"] |= {
        "languages": {**texts, "description": "languages of the texts beside Chinese and English; one of all is enough"},
        "questions": {"type": "array", "items": matrix, "description": "matrix questions, whose rows are items"},
        "pairs": {"type": "array", "items": {**texts, "minItems": 2, "maxItems": 2}, "description": "expectation and perception"},
    }
    generated["required"] = [name for name in generated["required"] if name != "items"]


def json_schema_text() -> str:
    """The text of ``schema.json``."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    SCHEMA_FILE.write_text(json_schema_text(), "utf-8")
