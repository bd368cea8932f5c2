"""Where private data stands in a text: numbers and addresses by which a person can be reached or told, and names in sentences.

Every pattern walks through a text once: quantities are bounded, or begin only where the run of their signs begins, and a text is cut to
``LONGEST_TEXT`` before. Sources: GB 11643 (identity numbers), ISO/IEC 7812 (check digit of cards and IMEI), GA 36 (plates).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: More than a cell of a spreadsheet can hold.
LONGEST_TEXT = 40_000
Span = tuple[int, int]

#: One character for one, so that only what is private changes in a text.
_HALF_WIDTH = str.maketrans("０１２３４５６７８９＠．－（）＋　：", "0123456789@.-()+ :")
#: What reaches or tells a person begins no sooner and ends no later: decimals, amounts of money, per cent and bytes are quantities.
_BEGINS = r"(?<!\d)(?<!\d\.)(?<!^\.)(?<!^0,)(?<![¥￥$€])"
_ENDS = r"(?!\d|\.\d|[eE][+-]\d| ?[%％‰]| ?(?:[KMGTkmgt]?[Bb]ytes?|[KMGTkmgt][Bb]|[KMGkmg]bps|字节|毫秒)(?![A-Za-z]))"
_GAP = r"[ -]{0,2}"
_DOT = r"\. ?"
_MOBILE = re.compile(
    rf"{_BEGINS}(?:(?:\+|00)?86(?:{_GAP}|{_DOT}))?(1[3-9]\d)"
    rf"(?:{_GAP}\d{{4}}{_GAP}\d{{4}}|{_DOT}\d{{4}}{_DOT}\d{{4}}|[ .-]\d{{3}}[ .-]\d{{5}}|\d[ .-]\d{{3}}[ .-]\d{{4}}){_ENDS}"
)
_LANDLINE = re.compile(
    rf"{_BEGINS}(?<!-)(?:\(0\d{{2,3}}\) ?|0\d{{2,3}}[- ])(\d{{7,8}}|\d{{3,4}}[- ]\d{{4}})(?!-){_ENDS}"
    rf"|{_BEGINS}(0(?:10|2\d|[3-9]\d\d)[2-9]\d{{6,7}}){_ENDS}"
)
_PROVINCE = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[123]|91)"
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_IDENTITY = re.compile(
    rf"{_BEGINS}{_PROVINCE}\d{{4}} ?(?:18|19|20)\d\d{_DAY} ?\d{{3}}[\dXx](?![A-Za-z]){_ENDS}"
    rf"|{_BEGINS}{_PROVINCE}\d{{6}}{_DAY}\d{{3}}{_ENDS}"
)
#: Cards in groups of four, cards of UnionPay, and whatever a word in front calls one; else 15 or 16 digits by their check digit.
_CARD = re.compile(
    rf"{_BEGINS}(?:[3-6]\d{{3}}(?:[ -]\d{{4}}){{3}}(?:[ -]?\d{{1,3}})?|62\d{{14,17}}){_ENDS}"
    r"|(?:卡号|银行卡|card|imei)[^\da-z]{0,6}(\d{14,19})(?!\d)",
    re.I,
)
_CHECKED = re.compile(rf"{_BEGINS}(?:[3-6]\d{{15}}|\d{{15}}){_ENDS}")
_EMAIL = re.compile(r"(?<![\w.%+-])[\w.%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}", re.A)
_ACCOUNT = re.compile(r"(?<![\w.%+-])[A-Za-z]{0,8}\d{6,20}@[A-Za-z0-9-]{2,20}(?![\w.])", re.A)
_PASSPORT = re.compile(
    r"(?<![A-Za-z0-9])(?:[EG]\d{8}|E[A-HJ-NP-Z]\d{7}|(?:护照|passport)[^\dA-Za-z]{0,6}[A-Z]{1,2}\d{6,9})(?![A-Za-z0-9])", re.I
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·. -]?"
    r"(?=[A-Z]{0,3}\d)[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳](?![A-Za-z0-9])"
)
_IS = r"(?: |:|是|为|号码|号|加|id){0,4}"
_CUED = re.compile(
    rf"(?:(?:(?<![A-Za-z])qq|扣扣){_IS}(?P<qq>[1-9]\d{{4,11}})(?!\d)"
    r"|(?:微信|(?<![A-Za-z])(?:wechat|weixin|vx|wx))(?: |:|是|为|加){0,3}(?:(?:号码?|id)(?: |:|是|为){0,3})?"
    r"(?P<wechat>[a-z][a-z_-]{0,18}(?:\d|_)[a-z0-9_-]{2,18}|(?<=[:号d是为] )[a-z][a-z0-9_-]{5,19}|(?<=[:号d是为])[a-z][a-z0-9_-]{5,19})"
    rf"|(?:宽带|账号|帐号|账户|帐户|account){_IS}(?P<account>[a-z]{{0,8}}\d{{5,20}}[a-z0-9]{{0,4}})(?![a-z0-9])"
    r"|(?:电话|座机|固话|(?<![A-Za-z])tel|phone)[ :.是为号码]{0,6}(?P<phone>[2-9]\d{6,7}|[2-9]\d{2,3}[ -]\d{4})(?!\d))",
    re.I,
)
_WECHAT_ID = re.compile(r"(?<![A-Za-z0-9_])wxid_[a-z0-9]{6,20}", re.I)

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严金魏姜谢邹苏潘葛范彭鲁马方俞任袁柳史唐薛雷贺汤罗郝毕安常于傅齐康伍余顾孟黄穆萧尹姚邵汪祁毛"
    "戴宋庞熊纪舒屈项祝董梁杜阮季贾江郭梅林钟徐邱骆高夏蔡田胡霍万柯卢莫房丁邓洪崔龚程邢裴陆翁侯段武刘叶黎龙白庄曾关游文"
)
_NAME = re.compile(
    rf"(?:我叫|本人叫?|名叫|(?:姓名|联系人|机主|户主|名字|受访者|署名)[:是为叫] ?)([{_SURNAMES}][\u4e00-\u9fff]{{1,2}})"
    rf"|([{_SURNAMES}])(?=先生|女士|小姐|太太|师傅|经理)"
    r"|(?:[Mm]y name is|I am called|(?<![A-Za-z])(?:Mr|Mrs|Ms|Miss|Dr)\.?) ([A-Z][a-z]{1,20}(?: [A-Z][a-z]{1,20})?)"
)
_HOME = re.compile(
    r"(?:路|街|大道|巷|弄|胡同|村|小区|花园|苑|组|队)\d{1,5}(?:号|弄|栋|幢)(?!厅|店|线|营业)(?:\d{1,4}(?:栋|幢|号楼|座|单元|楼|层|室|房|号)){0,4}"
    r"|\d{1,4}(?:栋|幢|号楼|座|单元)(?:\d{1,4}(?:单元|楼|层|室|房|号)){1,3}"
    r"|(?<!\d)\d{1,5} (?:[A-Z][a-z]{1,20} ){1,2}(?:Street|Road|Avenue|Lane|Drive|Square|Court)(?![a-z])"
)


def half_width(text: str) -> str:
    """A text with full-width digits and signs as plain ones, sign for sign."""
    return text.translate(_HALF_WIDTH)


def numbers_in(plain: str) -> Iterator[Span]:
    """Where phone, identity, card and account numbers and addresses of mail stand; of a mobile number the first three digits stay."""
    yield from ((found.end(1), found.end()) for found in _MOBILE.finditer(plain))
    yield from (found.span(found.lastindex or 0) for found in _LANDLINE.finditer(plain))
    yield from (
        found.span() for pattern in (_IDENTITY, _EMAIL, _ACCOUNT, _PASSPORT, _PLATE, _WECHAT_ID) for found in pattern.finditer(plain)
    )
    yield from (found.span(found.lastindex or 0) for found in _CARD.finditer(plain))
    yield from (found.span() for found in _CHECKED.finditer(plain) if has_check_digit(found[0]))
    yield from (found.span(found.lastgroup or 0) for found in _CUED.finditer(plain))


def persons_in(plain: str) -> Iterator[Span]:
    """Where a sentence names a person or where somebody lives."""
    yield from (found.span(found.lastindex or 0) for found in _NAME.finditer(plain))
    yield from homes_in(plain)


def homes_in(plain: str) -> Iterator[Span]:
    """Where somebody's house or flat is named."""
    yield from (found.span() for found in _HOME.finditer(plain))


def has_check_digit(digits: str) -> bool:
    """Whether a row of digits ends in its check digit by ISO/IEC 7812 (Luhn), as card numbers and IMEI do.

    >>> has_check_digit("4111111111111111")
    True
    """
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return len(set(digits)) > 1 and sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
