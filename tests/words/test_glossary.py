"""The glossary: short, in both languages, found by the words in which a term stands."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from cli import app
from words.glossary import GLOSSARY, terms_in
from words.language import LANGUAGES, Language


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_meaning_is_read_at_a_glance(language: Language) -> None:
    meanings = {term.code: term.text.text(language) for term in GLOSSARY}
    assert {code for code, text in meanings.items() if len(text.split()) > 40 or (language == "zh_CN" and len(text) > 80)} == set()
    assert len({term.title.text(language) for term in GLOSSARY}) == len(meanings) == len(GLOSSARY)


def test_terms_are_found_where_they_stand() -> None:
    assert {"holm", "p_value"} <= {term.code for term in terms_in("All pairs tested, Holm-adjusted p values.", "en")}
    assert {"holm", "design_effect"} <= {term.code for term in terms_in("两两检验、Holm 校正；设计效应见下表。", "zh_CN")}
    assert terms_in("Nothing of the kind.", "en") == ()


def test_the_command_line_says_one_term_or_all() -> None:
    one = CliRunner().invoke(app, ["glossary", "NPS", "--lang", "zh_CN"])
    assert (one.exit_code, one.stdout.count("\n")) == (0, 1)
    assert one.stdout.startswith("净推荐值")
    every = CliRunner().invoke(app, ["glossary", "--lang", "en"])
    assert every.stdout.count("\n") == len(GLOSSARY)
    assert CliRunner().invoke(app, ["glossary", "nonsense", "--lang", "en"]).exit_code == 2
