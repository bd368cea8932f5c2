"""A small store in which every name is an attack: titles of the survey, branches of the workbook, file and wave names, who did it."""

from __future__ import annotations

import dataclasses
import json
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from storage.annotating import add_annotation
from storage.store import Store
from survey_schema.columns import Role
from survey_schema.loading import dump_schema, load_schema, parse_schema
from survey_schema.models import SurveySchema
from tests.stores.kind_sheets import Rows, check_sheets
from tests.stores.small_store import workbook

#: Names as they may stand in a cell. Every one shows its fault when it is shown as anything but itself.
ATTACKS = (
    "![x](http://evil.example/a)", "[a](javascript:alert)", "<img src=x onerror=y>", "$x^2$ $y$", ":red[danger]", "**bold** _slanted_",
    "=1+1", "<b>thick</b>", "www.evil.example http://evil.example/b", "`code` ~~gone~~", ":material/close: :smile:", "# head\n- point",
    "%{x} %{customdata[0]}", "me@evil.example", "a | b & c \\ d",
)  # fmt: skip
#: What stands in a page's Markdown outside of escapes only where such a name was taken for something else.
TRACES = (
    "![x](", "](http", "](javascript",
    "<img", "$x^2$", ":red[dan", "**bold**", "_slanted_", "<b>thick", "`code`", "~~gone", ":smile:", "\n- p",
)  # fmt: skip
#: What a screen takes for an address or an icon even where its signs are escaped.
TRACES_WITHIN_ESCAPES = ("http://evil", "www.evil", "me@evil", ":material/close")


def hostile_schema() -> SurveySchema:
    """The telecom survey with an attack in every title and no listed branches, so that those of the workbook are open."""
    attacks = cycle(ATTACKS)

    def renamed(value: Any) -> Any:
        if isinstance(value, dict):
            if isinstance(value.get("zh_CN"), str):
                attack = next(attacks)
                return {language: f"{attack} {text}" for language, text in value.items()}
            return {key: renamed(part) for key, part in value.items()}
        return [renamed(part) for part in value] if isinstance(value, list) else value

    plain: dict[str, Any] = renamed(json.loads(dump_schema(load_schema("telecom_csi"))))
    plain["name"] = "hostile"
    for column in plain["columns"]:
        if column["role"] == "branch":
            column["choices"], column["closed"] = [], False
    return parse_schema(json.dumps(plain, ensure_ascii=False), "hostile.json")


def _kpis(branches: list[str]) -> Rows:
    """Two KPIs with hostile names, one of which moves, for hostile branches."""
    rows: Rows = [["月份", "分公司", "指标名称", "数值"]]
    months = [f"{year}-{month:02d}" for year in (2025, 2026) for month in range(1, 7)]
    for place, month in enumerate(months):
        for number, branch in enumerate(branches):
            rows += [[month, branch, ATTACKS[1], 90 + (place * (number + 1)) % 7], [month, branch, ATTACKS[7], 5]]
    return rows


def _benchmarks() -> Rows:
    header: list[object] = ["标杆名称", "来源", "日期", "数值", "对应指标"]
    return [header, *([name, ATTACKS[-1 - place], "2026-01-31", 70 + place, "csi"] for place, name in enumerate(ATTACKS[:3]))]


def fill(folder: Path) -> None:
    """Stores the waves of the small store under hostile names, a weighting and a scenario too."""
    schema = hostile_schema()
    checked = workbook(load_schema("telecom_csi"))
    assert checked.responses is not None
    responses = checked.responses
    known = sorted(set(responses["branch"].to_pylist()))
    names = {code: ATTACKS[place % len(ATTACKS)] for place, code in enumerate(known)}
    place = responses.column_names.index("branch")
    responses = responses.set_column(place, "branch", pa.array([names[code] for code in responses["branch"].to_pylist()], pa.string()))
    for column in schema.columns:
        if column.role is Role.ATTRIBUTE and column.kind == "text":
            at = responses.column_names.index(column.code)
            values = np.array(ATTACKS, dtype=object)[np.arange(responses.num_rows) % 3]
            responses = responses.set_column(at, column.code, pa.array(values.tolist(), pa.string()))
    store = Store(folder)
    try:
        source = "![x](http://evil.example/file) <b>thick</b>.xlsx"
        beside = check_sheets({"a": _kpis(list(names.values())), "b": _benchmarks()}, schema).kinds
        store.commit(
            dataclasses.replace(checked, responses=responses, source_name=source, schema_name=schema.name, kinds=beside), schema,
            "[a](javascript:alert)",
        )  # fmt: skip
        for place, attack in enumerate(ATTACKS):
            noted = {
                "date": f"2026-05-{place + 1:02d}",
                "text": attack,
                "branch": ATTACKS[0] if place % 2 else None,
                "phase_start": "是" if place == 3 else "",
            }
            add_annotation(store, schema, noted, "[a](javascript:alert)")
        wave = store.waves(schema.name)[-1]
        store.weightings.save(
            wave.wave_id,
            "![x](http://evil.example/w)",
            np.ones(wave.n),
            recipe={"targets": [{"columns": ["branch"]}], "trim": None, "method": "raking", "start": "given"},
            report={"n": wave.n, "n_eff": wave.n, "deff": 1.0, "trimmed": 0},
            by="<b>thick</b>",
            use=True,
        )
    finally:
        store.close()
