"""A choice tells its callback one of its values, never words of a run before."""

from __future__ import annotations

import pytest
import streamlit as st

from pages._shared.session.choosing import chosen

OPTIONS = ("", "day-first", "month-first")


@pytest.mark.parametrize("value", ["", "day-first", None, [], ["day-first", ""]])
def test_one_of_the_choices_is_told(monkeypatch: pytest.MonkeyPatch, value: object) -> None:
    assert _told(monkeypatch, value) == [value]


@pytest.mark.parametrize("value", ["按该列识别的结果", "Day-first", ["day-first", "日在前"]])
def test_words_of_another_language_are_not_told(monkeypatch: pytest.MonkeyPatch, value: object) -> None:
    assert _told(monkeypatch, value) == []


def _told(monkeypatch: pytest.MonkeyPatch, value: object) -> list[object]:
    monkeypatch.setattr(st, "session_state", {"order": value})
    told: list[object] = []
    chosen("order", OPTIONS, told.append)()
    return told
