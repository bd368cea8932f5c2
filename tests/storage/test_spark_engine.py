"""Apache Spark reads the same files as DuckDB and hands on the same rows; what is missing for it is said in a sentence."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pandas as pd
import pytest

from storage.records import Scope, Selection
from storage.spark_engine import session_at
from storage.store import Store
from tests.places import SPARK
from tests.stores import raked_store, uneven_store
from words.errors import ManyiError


def _rows(store: Store, selection: Selection, scope: Scope) -> pd.DataFrame:
    rows = store.scan(selection, scope).collect("pyarrow").to_pandas()
    return rows.sort_values(["wave", "source_row"]).reset_index(drop=True)


@pytest.mark.slow
@pytest.mark.parametrize("filled", [uneven_store, raked_store], ids=["waves with other questions", "raked weights"])
def test_both_engines_hand_on_the_same_rows(filled: object, tmp_path: Path) -> None:
    filled.fill(tmp_path)  # type: ignore[attr-defined]
    here, there = Store(tmp_path), Store(tmp_path, spark=SPARK)
    selection = Selection(here.surveys()[0])
    branch = here.dimension_values(selection)["branch"][0]
    for scope in (Scope(), Scope({"branch": frozenset([branch])})):
        expected = _rows(here, selection, scope)
        assert len(expected)
        pd.testing.assert_frame_equal(_rows(there, selection, scope), expected)
    assert there.dimension_values(selection) == here.dimension_values(selection)


def test_without_pyspark_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(ManyiError, match="pyspark"):
        session_at("local[3]")


def test_without_java_java_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(ManyiError, match="Java"):
        session_at("local[3]")
