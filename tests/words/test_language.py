"""Messages are translated when shown; numbers are rounded for display only, as a reader expects them."""

from __future__ import annotations

import numpy as np
import pytest
from babel.core import Locale
from babel.numbers import format_decimal

from words.errors import ManyiError
from words.language import LANGUAGES, Language, language_from, message, number_text


@pytest.mark.parametrize(
    ("value", "decimals", "signed", "text"),
    [
        (1234.567, 1, False, "1,234.6"),
        (-1.25, 2, True, "−1.25"),
        (3.0, 1, True, "+3.0"),
        (-0.04, 1, True, "0.0"),
        (705192, 0, False, "705,192"),
        (5.2e35, 2, False, "5.2e+35"),
    ],
)
def test_numbers_for_display(value: float, decimals: int, signed: bool, text: str) -> None:
    assert number_text(value, decimals, "zh_CN", signed=signed) == text
    assert number_text(value, decimals, "en", signed=signed) == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_written_as_the_locale_wants_them(language: Language) -> None:
    locale, chance = Locale.parse(language), np.random.default_rng(18)
    for decimals in range(5):
        pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
        for value in [*map(float, chance.normal(0, 10.0 ** chance.integers(-3, 12, 400))), 0.5, 2.5, 999.995, -1e-9, 12345678901.67]:
            rounded = round(value, decimals) + 0.0
            assert number_text(value, decimals, language) == format_decimal(rounded, format=pattern, locale=locale).replace("-", "−")


@pytest.mark.parametrize(("tag", "language"), [(None, "zh_CN"), ("", "zh_CN"), ("zh-TW", "zh_CN"), ("en-GB", "en"), ("de", "en")])
def test_browser_languages(tag: str | None, language: str) -> None:
    assert language_from(tag) == language


def test_braces_in_a_parameter_are_left_alone() -> None:
    # a workbook's text goes into parameters and may hold anything
    assert ManyiError(message("{what}", what="{0.__class__}")).text("en") == "{0.__class__}"
