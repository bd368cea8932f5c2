"""Catalogues of older versions become ones of this version, all or nothing, and what came before revisions says which it has."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage import migrating
from storage.catalogue_engine import make_engine
from storage.place import sqlite_url
from storage.records import Selection
from storage.store import Store
from storage.tables import metadata
from tests.places import ROOT
from tests.stores.older_store import make_older
from tests.stores.small_survey import make_schema, make_workbook
from words.errors import ManyiError

HEAD = migrating.HEAD
NEXT = f"{int(HEAD) + 1:04}"
#: What a later version may well do: it makes a table anew that others refer to, and fills what is new.
LATER = """
import sqlalchemy as sa
from alembic import op

revision = "{next}"
down_revision = "{head}"


def upgrade() -> None:
    with op.batch_alter_table("waves") as waves:
        waves.add_column(sa.Column("remark", sa.Text, nullable=False, server_default="none yet"))
    {then}
"""


def asked(folder: Path, question: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(folder / "catalogue.sqlite")
    try:
        return connection.execute(question).fetchall()
    finally:
        connection.close()


def revisions(folder: Path) -> list[tuple[object, ...]]:
    return asked(folder, "SELECT version_num FROM alembic_version")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with a wave under a weighting, closed."""
    store = Store(tmp_path / "store")
    (wave,) = store.commit(make_workbook("2026Q1"), make_schema(), "li")
    store.weightings.save(wave.wave_id, "even", np.ones(wave.n), recipe={}, report={}, by="li")
    store.close()
    return tmp_path / "store"


def later_scripts(monkeypatch: pytest.MonkeyPatch, place: Path, then: str = "") -> None:
    """As a version with one more revision would be."""
    shutil.copytree(migrating.SCRIPTS, place, ignore=shutil.ignore_patterns("__pycache__"))
    (place / "versions" / f"r{NEXT}_later.py").write_text(LATER.format(then=then, next=NEXT, head=HEAD), encoding="utf-8")
    monkeypatch.setattr(migrating, "SCRIPTS", place)
    monkeypatch.setattr(migrating, "HEAD", NEXT)


def test_the_newest_revision_is_the_one_the_software_names() -> None:
    assert ScriptDirectory(str(migrating.SCRIPTS)).get_heads() == [migrating.HEAD]


@pytest.mark.parametrize("version", [None, 1, 2, 3, 4])
def test_revisions_make_the_tables_the_software_has(folder: Path, version: int | None) -> None:
    """None: made by this version, never migrated."""
    if version is not None:
        make_older(folder, version)
    store = Store(folder)
    assert [wave.n for wave in store.waves()] == [len(store.scan(Selection("small")).collect())]
    store.close()
    assert revisions(folder) == [(migrating.HEAD,)]
    engine = make_engine(sqlite_url(folder / "catalogue.sqlite"))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": lambda name, *_: name != "alembic_version"})
        differing = [each for each in compare_metadata(context, metadata) if getattr(each[1], "name", "") != "alembic_version"]
        assert differing == []
    engine.dispose()


def test_tables_made_from_nothing_by_revisions_alone_are_the_same(tmp_path: Path) -> None:
    engine = make_engine(sqlite_url(tmp_path / "catalogue.sqlite"))
    with engine.connect().execution_options(manyi_writes=True) as connection, connection.begin():
        migrating.migrate(connection)
    with engine.connect() as connection:
        found = {name: {column["name"] for column in sa.inspect(connection).get_columns(name)} for name in metadata.tables}
    engine.dispose()
    assert found == {name: {column.name for column in table.columns} for name, table in metadata.tables.items()}


def test_an_open_store_needs_nothing_of_alembic(folder: Path) -> None:
    code = f"import sys, pathlib, storage.store as s; s.Store(pathlib.Path({str(folder)!r})).close(); print('alembic' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"


def test_a_catalogue_of_an_unknown_revision_is_left_alone(folder: Path) -> None:
    with sqlite3.connect(folder / "catalogue.sqlite") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(ManyiError, match="newer version"):
        Store(folder)
    assert revisions(folder) == [("9999",)]


def test_nothing_is_changed_in_a_catalogue_that_does_not_belong_here(folder: Path, tmp_path: Path) -> None:
    with sqlite3.connect(folder / "catalogue.sqlite") as connection:
        connection.execute("DROP TABLE alembic_version")
    connection.close()
    other = Store(tmp_path / "other")
    other.commit(make_workbook("2026Q1"), make_schema(), "li")
    other.close()
    shutil.copyfile(folder / "catalogue.sqlite", tmp_path / "other" / "catalogue.sqlite")
    with pytest.raises(ManyiError, match="that of another store"):
        Store(tmp_path / "other")
    assert asked(tmp_path / "other", "SELECT name FROM sqlite_master WHERE name = 'alembic_version'") == []


def test_a_later_revision_changes_a_table_others_refer_to_and_loses_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = asked(folder, "SELECT * FROM waves"), asked(folder, "SELECT * FROM weightings")
    later_scripts(monkeypatch, tmp_path / "later 100%")
    store = Store(folder)
    assert [wave.weighting for wave in store.waves()] == ["even"]
    store.versions.withdraw(store.waves()[0].wave_id, "li")
    with store.parts[0].writing() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1, "other transactions hold to references as before"
    store.close()
    assert revisions(folder) == [(NEXT,)]
    assert asked(folder, "SELECT remark FROM waves") == [("none yet",)]
    assert asked(folder, "SELECT wave_id FROM waves") == [(before[0][0][0],)]
    assert asked(folder, "SELECT * FROM weightings") == before[1]


@pytest.mark.parametrize("then", ["raise OSError(28, 'No space left on device')", "op.execute('DELETE FROM waves')"])
def test_a_revision_that_fails_changes_nothing(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, then: str) -> None:
    """The second one leaves a weighting without its wave."""
    before = asked(folder, "SELECT * FROM waves")
    with monkeypatch.context() as patched:
        later_scripts(patched, tmp_path / "later", then)
        with pytest.raises(ManyiError):
            Store(folder)
    assert (revisions(folder), asked(folder, "SELECT * FROM waves")) == ([(HEAD,)], before)
    assert [wave.weighting for wave in Store(folder).waves()] == ["even"]
