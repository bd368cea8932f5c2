"""Made the store in this folder, with the software as it was at commit 62845c5 (catalogue format 3).

Run there as ``PYTHONPATH=. python tests/storage/old_store/make.py FOLDER``; ``expected.json`` keeps what that version said of it. The
tests open a copy with the present version and expect the same: what users have stored must never be lost by an update.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from analysis.index.estimate_index import estimate_index
from analysis.sums.tallies import sums
from storage.records import Selection
from storage.scenarios import Scenario
from storage.store import Store
from survey_schema.models import SurveySchema
from survey_schema.workbook.check.check_workbook import check_workbook
from survey_schema.workbook.match.match_columns import match_columns
from survey_schema.workbook.match.profiles import Profile
from survey_schema.workbook.read.sheets import Sheet, Workbook

TEXT = {"zh_CN": "旧版", "en": "Old"}
SCHEMA = SurveySchema.model_validate(
    {
        "name": "old",
        "title": TEXT,
        "scales": {"five": {"minimum": 1, "maximum": 5, "satisfied_from": 4}},
        "columns": [
            {"code": "wave", "role": "wave", "title": {"zh_CN": "期次", "en": "Wave"}},
            {"code": "branch", "role": "branch", "title": {"zh_CN": "分公司", "en": "Branch"}},
            {"code": "customer", "role": "respondent_id", "title": {"zh_CN": "编号", "en": "Customer"}},
        ],
        "items": [
            {"code": "Q1", "title": {"zh_CN": "网络", "en": "Network"}, "scale": "five"},
            {"code": "Q2", "title": {"zh_CN": "服务", "en": "Service"}, "scale": "five"},
        ],
        "tree": {"code": "T", "title": TEXT, "children": [{"item": "Q1"}, {"item": "Q2"}]},
    }
)


def commit(store: Store, label: str, rows: int, seed: int, *, replaces: bool = False, population: bool = False) -> str:
    """Store one wave of made-up answers; gives its id."""
    random = np.random.default_rng(seed)
    header = ("Wave", "Branch", "Customer", "Q1", "Q2")
    body = [(label, ("east", "west")[n % 2], f"C{n:03d}", *random.integers(1, 6, 2).tolist()) for n in range(rows)]
    book = Workbook(f"{label}.xlsx", f"{label}/{seed}", "xlsx", (Sheet.of("Sheet1", [header, *body]),))
    checked = check_workbook(book, SCHEMA, match_columns(book, SCHEMA), store.known_context(SCHEMA))
    if population:
        cells = {"branch": ["east", "west"], "operator": [None] * 2, "brand": [None] * 2, "business_line": [None] * 2}
        checked = replace(checked, population=pa.table({**cells, "customers": [700.0, 300.0]}))
    (wave,) = store.commit(checked, SCHEMA, "li", replaces)
    return wave.wave_id


def weigh(store: Store, wave_id: str, name: str, *, use: bool) -> None:
    """Give a wave a weighting."""
    weights = np.where(np.array(store.responses(wave_id)["branch"].to_pylist()) == "east", 1.4, 0.6)
    store.save_weighting(wave_id, name, weights, recipe={"margins": [["branch"]]}, report={"deff": 1.16}, by="wang", use=use)


def figures(store: Store) -> dict[str, float | None]:
    """The index of every wave ever stored, as stored and under each weighting."""
    found = {}
    for wave in store.waves(status=None):
        for name in (wave.wave_id, *(f"{wave.wave_id}.{kept.weighting_id}" for kept in store.weightings(wave.wave_id))):
            schema = store.schema(wave.schema_hash)
            index = estimate_index(sums(store.scan(Selection("old", (name,))), schema, by=()), schema, by=())
            found[name] = next(each.value for each in index.estimates if each.code == "T")
    return found


def said(store: Store) -> dict[str, object]:
    """Everything the store says of itself."""
    return {
        "waves": [[w.wave_id, w.label, w.version, w.status.value, w.n, w.weighting, w.schema_hash] for w in store.waves(status=None)],
        "figures": figures(store),
        "audit": [[entry.action, entry.by, entry.wave_id, entry.detail] for entry in store.audit()],
        "schemas": [[each.version, each.note] for each in store.saved_schemas("old")],
        "scenarios": [each.name for each in store.scenarios("old")],
        "profile": store.profile_for("old", "abc").to_json(),
        "draft": store.schema_draft("old", "li"),
        "ids": sorted(store.responses(store.waves("old")[-1].wave_id, ["respondent_id"])["respondent_id"].to_pylist()),
    }


def main(folder: Path) -> None:
    """Make the store and write down what it says."""
    store = Store(folder)
    commit(store, "2026Q1", 40, 1)
    first = commit(store, "2026Q1", 50, 2, replaces=True)
    weigh(store, first, "by branch", use=True)
    weigh(store, first, "kept only", use=False)
    store.withdraw(commit(store, "2025Q4", 30, 3), "wang")
    second = commit(store, "2026Q2", 60, 4, population=True)
    children = [{"item": "Q1", "weight": 0.7}, {"item": "Q2", "weight": 0.3}]
    heavier = SurveySchema.model_validate(
        SCHEMA.model_dump(mode="json") | {"tree": {"code": "T", "title": TEXT, "children": children, "weighting": "given"}}
    )
    store.save_schema(heavier, "zhao", "network counts more", [wave for wave in store.waves("old") if wave.wave_id == second])
    store.save_scenario(Scenario("old", "2026Q2", "better network", "Q1", ("Q2",), {"Q2": 5.0}), "li")
    store.save_profile(Profile("old", "Sheet1", "abc", {"满意度": "Q1"}))
    store.save_schema_draft("old", "li", "name: old  # unfinished")
    Path(__file__).with_name("expected.json").write_text(json.dumps(said(store), ensure_ascii=False, indent=1), encoding="utf-8")
    store.close()
    with sqlite3.connect(folder / "catalogue.sqlite") as connection:
        connection.execute("PRAGMA journal_mode=DELETE")  # one file, so that it can be committed


if __name__ == "__main__":
    main(Path(sys.argv[1]))
