"""Private data: phone numbers, identity numbers, e-mail addresses and names, found by header and by content, and masked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from survey_schema.header_text import normalised
from survey_schema.language import Message, message

#: A text column is private when this share of its different values is.
PRIVATE_SHARE = 0.2
VALUES_LOOKED_AT = 2000

#: One character for one, so that only what is private changes in a text.
_HALF_WIDTH = str.maketrans("０１２３４５６７８９＠．－（）＋　", "0123456789@.-()+ ")
_SUSPECT = re.compile(r"(?:\d[-() ]{0,2}){7}|[@＠]")
_MOBILE = re.compile(r"(?<![\d.])(?:\+?86[- ]?)?(1[3-9]\d)([- ]?)(\d{4})([- ]?)(\d{4})(?!\d|\.\d)")
_LANDLINE = re.compile(r"(?<![\d-])(\(0\d{2,3}\)\s?|0\d{2,3}[- ])(\d{7,8})(?![\d-])")
_WHOLE_LANDLINE = re.compile(r"^0(?:10|2\d|[3-9]\d{2})\d{7,8}$")
_IDENTITY = re.compile(r"(?<!\d)(\d{6})((?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(\d{3}[\dXx])(?![\dA-Za-z])")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"

_NAME_HEADERS = ("姓名", "联系人", "客户名称", "用户名称", "fullname", "firstname", "lastname", "customername", "contactperson", "이름")
_OTHER_HEADERS = (
    "手机号", "手机号码", "联系电话", "联系方式", "电话号码", "用户号码", "客户号码", "身份证", "证件号", "邮箱", "电子邮件",
    "微信号", "家庭住址", "详细地址",
    "phonenumber", "mobilenumber", "emailaddress", "idcard", "idnumber", "전화번호",
)  # fmt: skip
_WHOLE_HEADERS = frozenset(
    {"name", "phone", "mobile", "email", "telephone", "电话", "手机", "地址", "微信", "qq", "msisdn", "ipaddress", "来自ip", "ip"}
)
_LONGEST_HEADER = 16


def identity_number_is_valid(text: str) -> bool:
    """Whether an 18-digit resident identity number carries its check digit (GB 11643)."""
    if len(text) != 18 or not text[:17].isdigit():
        return False
    return _CHECK_DIGITS[sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False)) % 11] == text[17].upper()


def masked(text: str) -> str:
    """A text with phone numbers, identity numbers and e-mail addresses made unreadable: 13812345678 → 138********."""
    if not _SUSPECT.search(text):
        return text
    plain = text.translate(_HALF_WIDTH)
    if _WHOLE_LANDLINE.match(plain.strip()):
        return "*" * len(text)
    spans = [found.span() for found in _IDENTITY.finditer(plain) if identity_number_is_valid(found[0])]
    spans += [(found.end(1), found.end()) for found in _MOBILE.finditer(plain)]
    spans += [found.span(2) for found in _LANDLINE.finditer(plain)]
    spans += [found.span() for found in _EMAIL.finditer(plain)]
    hidden = list(text)
    for start, end in spans:
        hidden[start:end] = ["*" if character.isalnum() else character for character in hidden[start:end]]
    return "".join(hidden)


def is_private(value: object) -> bool:
    """Whether a raw value contains a phone number, an identity number or an e-mail address."""
    text = private_text(value)
    return masked(text) != text


def private_text(value: object) -> str:
    """A raw value as the text that is searched: numbers without ``.0``, everything that is no text or number blank."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e18 else ""
    return str(value).strip()


def private_header(header: str) -> Message | None:
    """What a header says it holds, when it announces private data; questions that merely mention a phone do not."""
    text = normalised(header)
    if len(text) > _LONGEST_HEADER:
        return None
    if any(word in text for word in _NAME_HEADERS) or text == "name":
        return message("names")
    if any(word in text for word in _OTHER_HEADERS) or text in _WHOLE_HEADERS:
        return message("contact data")
    return None


def private_content(values: Sequence[object]) -> Message | None:
    """What a column's unique values hold, when at least a fifth of them are private data."""
    looked_at = [text for text in map(private_text, values[:VALUES_LOOKED_AT]) if text]
    if not looked_at:
        return None
    private = sum(map(is_private, looked_at))
    return message("phone numbers, identity numbers or e-mail addresses") if private >= PRIVATE_SHARE * len(looked_at) else None
