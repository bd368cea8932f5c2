"""Codes people copy: the same for the same content, read however they are written, and every slip of the pen noticed."""

from __future__ import annotations

import tomllib

import pytest

from tests.places import ROOT
from words.check_codes import ALPHABET, EXAMPLE, LENGTH, code_of, read_code, shown_code
from words.errors import ManyiError
from words.program import VERSION

CODES = [code_of(str(number).encode()) for number in range(20)]


def test_a_code_has_no_sign_that_looks_like_another() -> None:
    assert len(ALPHABET) == 31
    assert not set(ALPHABET) & set("01ILO")
    assert {len(code) for code in CODES} == {LENGTH}
    assert len(set(CODES)) == len(CODES)


@pytest.mark.parametrize("code", CODES[:3])
def test_every_wrong_sign_and_every_two_changed_over_are_noticed(code: str) -> None:
    wrong = {code[:place] + sign + code[place + 1 :] for place in range(LENGTH) for sign in ALPHABET} - {code}
    for one in range(LENGTH):
        for other in range(one):
            signs = list(code)
            signs[one], signs[other] = signs[other], signs[one]
            wrong.add("".join(signs))
    for each in wrong - {code}:
        with pytest.raises(ManyiError, match="mistyped"):
            read_code(each)


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_read_however_it_is_written(code: str) -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    for written in (code, shown_code(code), f"  {code[:6].lower()} {code[6:]} ", wide, "–".join((code[:4], code[4:]))):
        assert read_code(written) == code


@pytest.mark.parametrize("text", ["", "7KQF", EXAMPLE + "2", "0" * LENGTH, "\x1b[2J" * 99, "校验码"])
def test_what_is_no_code_is_a_sentence(text: str) -> None:
    with pytest.raises(ManyiError, match="expected 12 letters"):
        read_code(text)


def test_the_program_says_the_version_it_is_published_as() -> None:
    assert tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"] == VERSION
