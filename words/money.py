"""Amounts of money as a reader writes them: 50 万元, ¥500,000."""

from __future__ import annotations

from dataclasses import dataclass

from words.language import Language, number_text

_WAN, _YI = 1e4, 1e8


@dataclass(frozen=True)
class Money:
    """An amount in yuan, as a parameter of a message."""

    yuan: float

    def text(self, language: Language) -> str:
        """The amount, to the fen at most; in Chinese in units of ten thousand or a hundred million where it is that large."""
        if language == "en":
            return "¥" + _trimmed(self.yuan, 2, language)
        for unit, name in ((_YI, "亿元"), (_WAN, "万元")):
            if abs(self.yuan) >= unit:
                return f"{_trimmed(self.yuan / unit, 4, language)} {name}"
        return f"{_trimmed(self.yuan, 2, language)} 元"


def money(yuan: float) -> Money:
    """An amount in yuan."""
    return Money(yuan)


def _trimmed(value: float, decimals: int, language: Language) -> str:
    """The number without zeros at its end."""
    text = number_text(value, decimals, language)
    return text.rstrip("0").rstrip(".") if "." in text else text
