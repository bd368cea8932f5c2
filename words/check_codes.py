"""Short codes that people copy by hand: eleven signs of a fingerprint and one that tells a slip of the pen.

The alphabet has no sign that looks like another (no 0, 1, I, L, O), and 31 signs, a prime: with different weights modulo 31 the last sign
notices every single wrong sign and every two that changed places (the rule of ISBN-10, ISO 2108, with 31 in the place of 11).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from words.errors import ManyiError, shown_value
from words.language import message

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 12
_GROUP = 4
#: What people write between groups: blanks, and every kind of dash.
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212_]")


def code_of(content: bytes) -> str:
    """The code of a content: the same for the same bytes; 31¹¹ are possible."""
    number = int.from_bytes(hashlib.sha256(content).digest(), "big")
    signs = ""
    for _place in range(LENGTH - 1):
        number, sign = divmod(number, len(ALPHABET))
        signs += ALPHABET[sign]
    return signs + _check_sign(signs)


def shown_code(code: str) -> str:
    """A code in groups of four."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def read_code(text: str) -> str:
    """A code as it was typed: small or wide letters, blanks and dashes do not matter. Raises ManyiError for what is no code."""
    plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", text[:200])).upper()
    if len(plain) != LENGTH or set(plain) - set(ALPHABET):
        raise ManyiError(
            message(
                "{found} is no seal code; expected 12 letters and digits such as {example} (there is no 0, 1, I, L or O).",
                found=shown_value(text), example=EXAMPLE,
            )
        )  # fmt: skip
    if _check_sign(plain[:-1]) != plain[-1]:
        raise ManyiError(
            message("{found} is mistyped: its last sign does not fit. Compare it with the source line.", found=shown_code(plain))
        )
    return plain


def _check_sign(signs: str) -> str:
    total = sum(weight * ALPHABET.index(sign) for weight, sign in enumerate(signs, start=1))
    return ALPHABET[total % len(ALPHABET)]


#: A sound code, for showing what one looks like.
EXAMPLE = shown_code(code_of(b"example"))
