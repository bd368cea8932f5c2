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
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **generated}


def json_schema_text() -> str:
    """The text of ``schema.json``."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    SCHEMA_FILE.write_text(json_schema_text(), "utf-8")
