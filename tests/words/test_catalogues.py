"""Both languages are complete: every sentence in the code has its translation, with the same placeholders."""

from __future__ import annotations

import importlib.util
import string
from types import ModuleType

import pytest

from tests.places import ROOT


def _update_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("update_catalogues", ROOT / "locale" / "update.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


update = _update_script()


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_sentence_has_a_translation_and_nothing_is_stale(language: str) -> None:
    in_code, known = set(update.sentences()), update.translations(language)
    assert in_code
    assert sorted(text for text in in_code if not known.get(text)) == []
    assert sorted(set(known) - in_code) == []


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_placeholders_survive_translation(language: str) -> None:
    wrong = [text for text, translated in update.translations(language).items() if _placeholders(text) != _placeholders(translated)]
    assert wrong == []


def test_chinese_is_chinese() -> None:
    same = [text for text, translated in update.translations("zh_CN").items() if text == translated and len(text.split()) > 3]
    assert same == []


def test_sentences_are_found_however_they_are_marked() -> None:
    code = 'message("One")\n_("Two")\ntranslator(language)("Three")\nother(language)("Four")\nprint("Five")\n'
    assert [text for _line, text in update._marked(code)] == ["One", "Two", "Three"]
