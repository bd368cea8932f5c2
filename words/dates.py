"""Days and months as a reader of either language writes them."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from words.language import Language


def day_text(day: date, language: Language, *, year: bool = True) -> str:
    """A day, with its year or without.

    >>> day_text(date(2010, 7, 5), "zh_CN"), day_text(date(2010, 7, 5), "en", year=False)
    ('2010-07-05', '5 Jul')
    """
    if year:
        return day.isoformat()
    return format_date(day, "M/d" if language == "zh_CN" else "d MMM", locale=language)


def month_text(day: date, language: Language, *, year: bool) -> str:
    """The month of a day, its year before or after it where that is to be told.

    >>> month_text(date(2010, 7, 5), "zh_CN", year=False), month_text(date(2010, 7, 5), "en", year=True)
    ('7月', 'Jul 10')
    """
    if language == "zh_CN":
        return format_date(day, "yy年M月" if year else "M月", locale=language)
    return format_date(day, "MMM yy" if year else "MMM", locale=language)
