"""Codes that cannot be private data, told from a whole column at once: numbers of tickets are as many as rows.

A code is up to six letters and then digits. Nothing but these few rules of :mod:`survey_schema.workbook.check.private_patterns` can be met
by one; all other texts, and codes that may meet a rule, are looked at one by one there.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

_CODE = "^[A-Za-z]{0,6}[0-9]{1,40}$"
_IDENTITY = "[0-9]{18}|(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)[0-9]{6}(?:0[1-9]|1[0-2])[0-3][0-9]{4}"
#: Mobile and other telephones, identity numbers, cards, passports; and codes in front of which stands what announces a number.
_MAY_BE_PRIVATE = (
    f"(?i)^(?:[a-z]*(?:(?:(?:00)?86)?1[3-9][0-9]{{9}}|0[1-9][0-9]{{8,11}}|{_IDENTITY}|62[0-9]{{14,17}})|[eg][0-9]{{8}}|e[a-z][0-9]{{7}})$"
    "|qq|vx|wx|tel|phone|card|imei|weixin|wechat"
)
_CHECKED = "[^0-9][0-9]{15}$|^[0-9]{15}$|[^0-9][3-6][0-9]{15}$|^[3-6][0-9]{15}$"
_DIGITS = 16


def harmless_codes(texts: pa.Array) -> npt.NDArray[np.bool_]:
    """Which of the texts (null where there is none) are codes without private data."""
    code = _holds(pc.match_substring_regex(texts, _CODE))
    code[code] = ~_holds(pc.match_substring_regex(texts.filter(pa.array(code)), _MAY_BE_PRIVATE))
    long = np.flatnonzero(code & _holds(pc.match_substring_regex(texts, _CHECKED)))
    if long.size:
        code[long] = ~_with_check_digit(texts.take(pa.array(long)))
    return code


def _with_check_digit(texts: pa.Array) -> npt.NDArray[np.bool_]:
    """Whether the 15 or 16 digits at the end of each text end in their check digit (Luhn); a leading zero changes nothing."""
    runs = pc.utf8_lpad(pc.replace_substring_regex(texts, "^[A-Za-z]*", ""), _DIGITS, "0").cast(pa.binary(_DIGITS))
    digits = np.frombuffer(runs.buffers()[1], dtype=np.uint8, count=_DIGITS * len(runs)).reshape(-1, _DIGITS).astype(np.int16) - ord("0")
    doubled = 2 * digits[:, 0::2]  # every second digit, counted from the last
    total = digits[:, 1::2].sum(axis=1) + (doubled - 9 * (doubled > 9)).sum(axis=1)
    found: npt.NDArray[np.bool_] = total % 10 == 0
    return found


def _holds(mask: pa.Array) -> npt.NDArray[np.bool_]:
    return np.array(pc.fill_null(mask, False), dtype=bool)
