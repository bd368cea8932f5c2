"""Codes told from a whole column to be harmless never hold what is masked one by one."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_schema.workbook.check.harmless_codes import harmless_codes
from survey_schema.workbook.check.private_data import masked

CODES = st.from_regex(r"\A[A-Za-z]{0,6}[0-9]{1,20}\Z")
NEAR_NUMBERS = st.tuples(
    st.sampled_from(["", "T", "E", "EG", "QQ", "tel", "Card", "ticket"]),
    st.sampled_from(["138", "86138", "0086138", "010", "0931", "62", "6222", "1101011990", "110101900101", "4111111", "35"]),
    st.text("0123456789", max_size=16),
).map("".join)


@settings(deadline=None, max_examples=300)
@given(st.lists(CODES | NEAR_NUMBERS | st.text(max_size=12), max_size=40))
def test_what_is_harmless_is_left_as_it_is_by_every_rule(texts: list[str]) -> None:
    found = harmless_codes(pa.array(texts, pa.string()))
    assert all(masked(text, sentence=True) == text for text, harmless in zip(texts, found, strict=True) if harmless)


@pytest.mark.parametrize(
    "text",
    [
        "13812345678", "T13812345678", "008613812345678", "01012345678", "110101199003074530", "6222020200112233445", "E12345678",
        "411111111111111" "1", "490154203237518", "qq12345678", "张三", "T-1", "",
    ],
)  # fmt: skip
def test_what_may_be_private_or_is_no_code_is_looked_at_one_by_one(text: str) -> None:
    assert not harmless_codes(pa.array([text], pa.string())).any()


def test_numbers_of_tickets_are_harmless() -> None:
    texts = ["T20260515001", "GD2026051500012", "20260515123", "A1", None]
    assert harmless_codes(pa.array(texts, pa.string())).tolist() == [True, True, True, True, False]
