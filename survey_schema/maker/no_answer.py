"""Words and numbers that mean that nothing was answered."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from survey_schema.workbook.clean.clean_values import MISSING_WORDS, folded, is_error_value

_WORDS = frozenset(MISSING_WORDS) | {
    folded(word)
    for word in (
        "不适用", "拒答", "拒绝回答", "不愿透露", "不愿回答", "未使用", "没用过", "未接触",
        "不清楚", "不知道", "说不清", "不了解", "无法评价", "未回答",
        "don't know", "do not know", "dont know", "dk", "not applicable", "prefer not to say", "prefer not to answer", "rather not say",
        "refused", "no answer", "no opinion", "not sure", "did not use", "skipped", "no response", "cannot say", "unable to rate",
        "weiß nicht", "keine angabe", "k.a.", "trifft nicht zu (n/a)", "ne sait pas", "nsp", "ns/nc", "sans opinion", "non concerné",
        "no sabe", "no contesta", "no aplica", "ns", "nc", "لا أعرف", "-oth-",
    )
}  # fmt: skip
#: Numbers by which programs and agencies write that there is no answer.
CODES = (-9, -8, -7, -3, -2, -1, 77, 88, 96, 97, 98, 99, 997, 998, 999)
_LONGEST = 40
_RARE = 0.1
_MARK = re.compile(r"^[\s._/\\-]*$")


def is_no_answer_word(text: str) -> bool:
    """Whether a text says that there is no answer.

    >>> is_no_answer_word("(跳过)"), is_no_answer_word("Prefer not to say"), is_no_answer_word("#DIV/0!"), is_no_answer_word("一般")
    (True, True, True, False)
    """
    if len(text) > _LONGEST:
        return False
    return bool(_MARK.match(text)) or folded(text) in _WORDS or is_error_value(text)


def no_answer_codes(counts: Mapping[int, int]) -> frozenset[int]:
    """Which whole numbers of a column may mean no answer: those programs use, a lone 8 or 9 above a gap, a rare 0 below 1…k.

    They are asked about, never decided: a 0 may be a real extreme, a 9 a grade.

    >>> sorted(no_answer_codes({1: 40, 2: 50, 3: 30, 99: 4})), sorted(no_answer_codes({1: 9, 2: 9, 3: 9, 4: 9, 5: 9, 9: 2}))
    ([99], [9])
    >>> sorted(no_answer_codes({0: 1, 1: 40, 2: 50, 5: 30})), sorted(no_answer_codes({0: 30, 1: 40, 10: 30}))
    ([0], [])
    """
    usual = [number for number in counts if 0 <= number <= 10]
    beyond = {number for number in counts if number in CODES}
    rest = sorted(set(counts) - beyond)
    if not usual or (rest and rest[-1] > 10):
        return frozenset(beyond) if rest and len(usual) > 2 and not [n for n in rest if n > 10] else frozenset()
    found = set(beyond)
    if len(rest) > 2 and rest[-1] in (8, 9) and rest[-1] - rest[-2] > 1 and rest[-2] <= 7:
        found.add(rest[-1])
    graded = sorted(set(rest) - found)
    total = sum(counts.values())
    if len(graded) > 3 and graded[0] == 0 and graded[-1] < 10 and graded[1] == 1 and counts[0] < _RARE * total:
        found.add(0)
    return frozenset(found)


def listed_codes(numbers: Collection[int]) -> str:
    """Codes as one text, rising: ``98, 99``."""
    return ", ".join(str(number) for number in sorted(numbers))
