"""Comments by the one door: words counted, comments listed page by page, the same from a workbook and a store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from answers.comments import COMMENTS, ON_A_PAGE, CommentOptions
from answers.kept import Kept
from answers.question import Question
from answers.source import StoreSource
from answers.topic import Answered, answer
from settings import load_settings
from storage.records import Scope
from storage.store import Store
from survey_schema.loading import load_schema
from tests.stores.commented_store import SECRET, TINY, fill
from words.errors import ManyiError

SCHEMA = load_schema("telecom_csi")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("said") / "data"
    fill(folder)
    opened = Store(folder)
    yield opened
    opened.close()


def ask(store: Store, options: CommentOptions | None = None, scope: Scope | None = None, **asked: object) -> Answered:  # type: ignore[type-arg]
    (wave,) = store.waves()
    source = StoreSource(store, SCHEMA.name, wave.schema_hash, load_settings().rules, Kept(), scope or Scope())
    return answer(COMMENTS, Question("comments", SCHEMA.name, options or CommentOptions(), **asked), source)  # type: ignore[arg-type]


def test_words_are_records_and_the_sentence_names_the_commonest(store: Store) -> None:
    found = ask(store)
    counts = {each.keys["word"]: each.value for each in found.figures.estimates}
    assert counts[None] == len(found.result.comments)
    assert counts["signal"] == sum("信号" in each.text or "signal" in each.text for each in found.result.comments)
    assert "Signal" in "".join(part.text for part in found.sentence("en")).title()


def test_pages_of_the_list_are_the_list(store: Store) -> None:
    whole = ask(store, CommentOptions(listed=True, page=0), by=("branch",)).figures.estimates
    first, second = (ask(store, CommentOptions(listed=True, page=page), by=("branch",)).figures.estimates for page in (1, 2))
    assert len(first) == ON_A_PAGE < len(whole)
    assert (*first, *second) == whole[: len(first) + len(second)]
    assert {"figure", "branch", "comment"} == set(whole[0].keys)
    assert SECRET not in str(whole)


def test_only_what_is_mentioned_is_listed(store: Store) -> None:
    listed = ask(store, CommentOptions(listed=True, page=0, mentions="资费")).figures.estimates
    assert listed
    assert all("资费" in str(each.keys["comment"]) for each in listed)


def test_another_question_gives_the_score(store: Store) -> None:
    assert {each.code for each in ask(store, CommentOptions(listed=True), codes=("P1",)).figures.estimates} == {"P1"}


def test_the_rows_of_a_user_are_respected(store: Store) -> None:
    seen = ask(store, CommentOptions(listed=True, page=0), Scope({"branch": frozenset({"lanzhou"})}), by=("branch",))
    assert {each.keys["branch"] for each in seen.figures.estimates} == {"lanzhou"}
    hidden = ask(store, CommentOptions(listed=True), Scope({"branch": frozenset({TINY})}))
    assert SECRET not in str(hidden.figures.estimates)


def test_what_is_not_there_is_said(store: Store) -> None:
    with pytest.raises(ManyiError, match="nothing"):
        ask(store, CommentOptions(column="nothing"))
    assert ask(store, where=(("branch", TINY),)).figures.estimates[0].reason is not None


def test_the_command_line_prints_an_attack_as_text(tmp_path: Path, manyi, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    fill(tmp_path / "data")
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    listed = manyi("estimate", "comments", "--list", "--page", "0", "--json", "--where", "operator=all").json["estimates"]
    assert any(record["comment"].startswith("=HYPERLINK") for record in listed)
