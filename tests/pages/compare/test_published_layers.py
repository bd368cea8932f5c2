"""The published layerings of customers, 3 × 4 × 3 = 36, 27 and 12 layers, come back on the page and on the command line."""

from __future__ import annotations

from itertools import product
from pathlib import Path

from survey_schema.loading import dump_yaml
from survey_schema.models import SurveySchema
from tests.command_line.conftest import manyi
from tests.command_line.running import Manyi
from tests.pages.page_reader import frame, tables, turned_to
from tests.stores import recovery_store
from tests.stores.driver_cases import texts
from tests.stores.kind_sheets import write_sheets

__all__ = ["manyi"]
#: Published layerings: axes with their classes by the least value of a number, the highest first.
RULES: dict[str, tuple[tuple[str, tuple[float, ...]], ...]] = {
    "mobile": (("expiry", (12, 3, 0)), ("value", (200, 120, 60, 0)), ("fall", (30, 10, 0))),
    "broadband": (("homevalue", (120, 60, 0)), ("speed", (4, 2, 0)), ("tv", (2, 1, 0))),
    "fixed": (("linevalue", (60, 30, 0)), ("linespeed", (4, 0)), ("linetv", (1, 0))),
}


def layered() -> SurveySchema:
    def axis(code: str, cuts: tuple[float, ...]) -> dict[str, object]:
        classes = [{"code": f"from_{cut:g}", "title": texts(f"{cut:g}"), "conditions": [{"column": code, "at_least": cut}]} for cut in cuts]
        return {"code": code, "title": texts(code), "classes": classes}

    plain = recovery_store.recovery_schema().model_dump(mode="json", exclude_defaults=True)
    plain["columns"] = [each for each in plain["columns"] if each["role"] != "attribute"]
    codes = sorted({code for axes in RULES.values() for code, _cuts in axes})
    plain["columns"] += [{"code": code, "role": "attribute", "kind": "number", "title": texts(code)} for code in codes]
    plain["tiers"] = [{"code": name, "title": texts(name), "axes": [axis(*each) for each in axes]} for name, axes in RULES.items()]
    return SurveySchema.model_validate(plain)


def test_the_published_layers_come_back(manyi: Manyi, tmp_path: Path) -> None:
    """Twelve customers in each layer of each rule, of which the other rules know nothing: every layer is there and holds its share."""
    codes = sorted({code for axes in RULES.values() for code, _cuts in axes})
    sheet: list[list[object]] = [["期次", "id", *codes, "overall", "hall", "network"]]
    for axes in RULES.values():
        for cuts in [*product(*(cuts for _code, cuts in axes))] * 12:
            known = dict(zip([code for code, _cuts in axes], cuts, strict=True))
            sheet.append(["2026Q1", f"K{len(sheet)}", *(known.get(code, "") for code in codes), 9, 8, 9])
    path, survey = tmp_path / "layers.xlsx", tmp_path / "layers.yaml"
    survey.write_text(dump_yaml(layered()), "utf-8")
    write_sheets(path, {"数据": sheet})
    assert manyi("commit", path, "--schema", survey, "--accept-losses").code == 0
    for model, cells in (("mobile", 36), ("broadband", 27), ("fixed", 12)):
        found = manyi("estimate", "tiers", "--model", model, "--json")
        shares = found.records(figure="customers_percent")
        assert len(shares) == cells
        assert {round(each["value"], 9) for each in shares} == {round(100 / cells, 9)}
        app = turned_to(frame(lang="en"), "compare/tiers/page.py")
        app.selectbox(key="tier_rules").set_value(model).run()
        names = {code for code, _cuts in RULES[model]}
        (table,) = [each for each in tables(app) if names <= set(each.columns)]
        assert len(table) == cells
