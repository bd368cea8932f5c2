"""Seals: unchanged is equal; one answer, weight, word, indicator weight or setting changed is named, with when and by whom."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from analysis.data_quality.quality_rules import DEFAULT_QUALITY
from analysis.results.estimates import Thresholds
from answers.kept import Kept
from answers.question import Question
from answers.rules import Rules
from answers.seal_check import Changed, SealCheck, check_seal
from answers.seal_words import changed_sentence, verdict
from answers.sealing import keep_seal, seal_of
from answers.source import StoreSource
from answers.topic import Answered, answer
from answers.topics import topic_named
from storage.records import Scope
from storage.store import Store
from survey_schema.models import SurveySchema
from tests.stores.small_survey import make_schema, make_workbook
from words.check_codes import shown_code
from words.errors import ManyiError
from words.program import VERSION

RULES = Rules(Thresholds(), DEFAULT_QUALITY, 10)
WAVE = "2026Q1"


class Sealed:
    """A small store with one sealed answer that can be changed in one thing at a time."""

    def __init__(self, folder: Path) -> None:
        self.store, self.rules, self.schema, self.kept = Store(folder), RULES, make_schema(), Kept()
        self.table = make_workbook(WAVE).responses
        self.count = 0
        assert self.table is not None
        self.store.commit(make_workbook(WAVE), self.schema, "li")

    def ask(self, scope: Scope | None = None, topic: str = "index", **asked: Any) -> Answered[Any, Any]:
        found = topic_named(topic)
        source = StoreSource(self.store, "small", self.store.waves("small")[-1].schema_hash, self.rules, self.kept, scope or Scope())
        return answer(found, Question(topic, "small", found.options(), **asked), source)

    def seal(self, **asked: Any) -> str:
        kept = keep_seal([self.ask(**asked)], "wang")
        assert kept is not None
        return kept.code

    def check(self, code: str, kept: Kept | None = None) -> SealCheck:
        return check_seal(self.store, code, self.rules, kept or self.kept)

    def change_answer(self, chance: np.random.Generator) -> None:
        assert self.table is not None
        item, row = chance.choice(["Q1", "Q2"]), int(chance.integers(self.table.num_rows))
        values = self.table[item].to_pylist()
        values[row] = 1.0 + (values[row] or 0.0) % 5
        self.table = self.table.set_column(self.table.column_names.index(item), item, pa.array(values))
        self._commit()

    def _commit(self) -> None:
        self.count += 1
        changed = replace(make_workbook(WAVE), responses=self.table, content_hash=f"content {self.count}")
        self.store.commit(changed, self.schema, "zhao", replace=True)

    def change_weight(self, chance: np.random.Generator) -> None:
        self.count += 1
        (wave,) = self.store.waves("small")
        weights = np.ones(wave.n)
        weights[chance.integers(wave.n)] = 1 + chance.random()
        self.store.weightings.save(wave.wave_id, f"w{self.count}", weights, recipe={}, report={}, by="qian", use=True)

    def change_word(self, chance: np.random.Generator) -> None:
        changed = self.schema.model_dump()
        one = chance.choice([*changed["items"], *changed["columns"], changed["tree"], changed])
        one["title"][chance.choice(["zh_CN", "en"])] += "'"
        self._save(changed)

    def change_indicator_weight(self, chance: np.random.Generator) -> None:
        changed = self.schema.model_dump()
        share = float(chance.uniform(0.1, 0.9))
        changed["tree"]["weighting"] = "given"
        for child, weight in zip(changed["tree"]["children"], (share, 1 - share), strict=True):
            child["weight"] = weight
        self._save(changed)

    def _save(self, changed: dict[str, Any]) -> None:
        schema = SurveySchema.model_validate(changed)
        saved = self.store.schemas.save(schema, "sun", waves=self.store.waves("small"))
        self.schema = self.store.schema(saved.schema_hash)

    def change_setting(self, chance: np.random.Generator) -> None:
        thresholds = replace(self.rules.thresholds, hidden_below=float(chance.uniform(2, 10)))
        quality = replace(self.rules.quality, speeder_share=float(chance.uniform(0.3, 0.7)))
        one = ({"thresholds": thresholds}, {"quality": quality}, {"straight_line_items": self.rules.straight_line_items + 1})
        self.rules = replace(self.rules, **one[chance.integers(3)])


MUTATIONS: dict[str, tuple[Callable[[Sealed, np.random.Generator], None], str]] = {
    "data": (Sealed.change_answer, "zhao"),
    "weighting": (Sealed.change_weight, "qian"),
    "schema": (Sealed.change_word, "sun"),
    "indicator_weights": (Sealed.change_indicator_weight, "sun"),
    "setting": (Sealed.change_setting, ""),
}


@pytest.fixture
def sealed(tmp_path: Path) -> Sealed:
    return Sealed(tmp_path / "store")


@pytest.mark.parametrize("seed", range(5))
def test_one_thing_changed_is_the_one_named(sealed: Sealed, seed: int) -> None:
    """Twenty changes of a store after the other, a hundred in all; before each the figures are sealed anew and equal."""
    chance = np.random.default_rng(seed)
    wanted = chance.permutation(list(MUTATIONS) * 4)
    found = []
    for what in wanted:
        code = sealed.seal(by=("branch",))
        assert sealed.check(code).equal
        change, by = MUTATIONS[what]
        change(sealed, chance)
        named = {each.what: each.by for each in sealed.check(code).changed}
        if what == "data":  # a new version has the weights it came with
            named.pop("weighting", None)
        found.append((what, named == {what: by}, named))
    assert [each for each in found if not each[1]] == []


def test_the_code_is_the_same_for_whoever_asks_the_same_and_is_kept_once(sealed: Sealed) -> None:
    code, before = sealed.seal(), sealed.store.parts[0].identity()
    assert keep_seal([sealed.ask(waves=(WAVE,))], "somebody else").code == code  # type: ignore[union-attr]
    assert sealed.store.parts[0].identity() == before
    assert sealed.check(code, Kept()).equal, "also where nothing is kept of what was computed"
    assert sealed.check(shown_code(code).lower()).seal.sealed_by == "wang"
    assert len({code, sealed.seal(by=("branch",)), sealed.seal(where=(("branch", "lanzhou"),))}) == 3


def test_a_code_is_made_without_writing(sealed: Sealed) -> None:
    before = sealed.store.parts[0].identity()
    made = seal_of([sealed.ask()])
    assert made is not None
    assert sealed.store.parts[0].identity() == before
    with pytest.raises(ManyiError, match="no seal"):
        sealed.check(made.code)
    assert sealed.seal() == made.code


def test_what_comes_later_changes_no_seal_of_what_was(sealed: Sealed) -> None:
    code = sealed.seal()
    sealed.store.commit(make_workbook("2026Q2", content="later", seed=2), sealed.schema, "li")
    assert sealed.check(code).equal


def test_withdrawn_and_put_back(sealed: Sealed) -> None:
    code, (wave,) = sealed.seal(), sealed.store.waves("small")
    sealed.store.versions.withdraw(wave.wave_id, "wu")
    (changed,) = sealed.check(code).changed
    assert (changed.what, changed.label, changed.before, changed.after, changed.by) == ("data", WAVE, "1", "", "wu")
    sealed.store.versions.restore(wave.wave_id, "wu")
    assert sealed.check(code).equal


def test_several_answers_have_one_seal(sealed: Sealed) -> None:
    both = [sealed.ask(), sealed.ask(topic="distribution")]
    kept, turned = keep_seal(both, "wang"), seal_of(both[::-1])
    assert kept is not None
    assert turned is not None
    assert kept.code == turned.code
    assert sealed.check(kept.code).equal


def test_the_rows_of_a_user_are_those_that_were_sealed(sealed: Sealed) -> None:
    """Whoever checks learns whether all is equal: no figure, no selection, no branch."""
    lanzhou = Scope({"branch": frozenset({"lanzhou"})})
    code = sealed.seal(scope=lanzhou)
    assert code != sealed.seal()
    check = sealed.check(code)
    assert check.equal
    sealed.change_answer(np.random.default_rng(0))
    for found in (check, sealed.check(code)):
        told = [verdict(found), *map(changed_sentence, found.changed)]
        assert "lanzhou" not in " ".join(each.text("en") + each.text("zh_CN") for each in told)


def test_another_program_is_named(sealed: Sealed, monkeypatch: pytest.MonkeyPatch) -> None:
    code = sealed.seal()
    monkeypatch.setattr("answers.seal_check.VERSION", "9.9")
    assert sealed.check(code).changed == (Changed("program", before=VERSION, after="9.9"),)


def test_figures_that_changed_though_no_input_did_are_said(sealed: Sealed) -> None:
    code = sealed.seal()
    sealed.store.close()
    with sqlite3.connect(sealed.store.data_folder / "catalogue.sqlite") as connection:
        connection.execute("""UPDATE seals SET figures = '[["0", "0"]]'""")
    connection.close()
    sealed.store = Store(sealed.store.data_folder)
    assert [each.what for each in sealed.check(code).changed] == ["figures"]


def test_a_record_that_was_altered_is_refused(sealed: Sealed) -> None:
    code = sealed.seal()
    sealed.store.close()
    with sqlite3.connect(sealed.store.data_folder / "catalogue.sqlite") as connection:
        connection.execute("UPDATE seals SET inputs = replace(inputs, '2026Q1', '2026Q2')")
    connection.close()
    sealed.store = Store(sealed.store.data_folder)
    with pytest.raises(ManyiError, match="altered"):
        sealed.check(code)
