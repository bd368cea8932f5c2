"""Private data: found by header and by content, dropped by column and masked in texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from survey_schema.workbook.check.private_patterns import LONGEST_TEXT, Span, half_width, homes_in, numbers_in, persons_in
from survey_schema.workbook.match.header_text import normalised
from words.language import Message, message

#: A text column is private when this share of its different values is.
PRIVATE_SHARE = 0.2
VALUES_LOOKED_AT = 2000

_MAY_BE_NUMBER = re.compile(r"\d[-(). ]{0,2}\d[-(). ]{0,2}\d[-(). ]{0,2}\d|@|wxid_|微信|wechat|weixin|vx|wx", re.I)
_MAY_BE_PERSON = re.compile(r"叫|人|名|主|者|先生|女士|小姐|太太|师傅|经理|name|M[rsi]|Dr|called|\d[号弄栋幢座单楼]|\d [A-Z]")

_NAME_HEADERS = (
    "姓名", "联系人", "客户名称", "用户名称", "机主", "户主", "监护人", "昵称", "fullname", "firstname", "lastname", "surname",
    "customername", "contactperson", "respondentname", "contactname", "이름",
)  # fmt: skip
_OTHER_HEADERS = (
    "手机号", "手机号码", "联系电话", "联系方式", "电话号码", "用户号码", "客户号码", "业务号码", "服务号码", "身份证", "证件号", "护照",
    "邮箱", "电子邮件", "微信号", "微信id", "qq号", "家庭住址", "家庭地址", "详细地址", "住址", "通讯地址", "装机地址", "安装地址",
    "宽带账号", "宽带帐号", "宽带账户", "上网账号", "银行卡", "银行账号", "车牌", "出生日期", "出生年月日", "imei", "imsi", "iccid",
    "mac地址", "phonenumber", "mobilenumber", "mobileno", "phoneno", "emailaddress", "idcard", "idnumber", "passport",
    "homeaddress", "postaladdress",
    "streetaddress", "dateofbirth", "birthdate", "bankcard", "bankaccount", "cardnumber", "iban", "licenseplate", "numberplate", "wechatid",
    "broadbandaccount", "전화번호",
)  # fmt: skip
_WHOLE_HEADERS = frozenset({
    "phone", "mobile", "email", "mail", "telephone", "tel", "cellphone", "电话", "手机", "固话", "座机", "地址", "微信", "qq", "msisdn",
    "ipaddress", "来自ip", "ip", "生日", "birthday", "dob", "address", "账号", "帐号", "wechat", "weixin", "contact",
    "座机号码", "来电号码", "主叫号码", "被叫号码", "回访电话", "您的电话", "您的手机", "用户手机", "用户电话", "客户电话", "客户手机",
    "被访者电话",
    "受访者电话", "社保号", "社保号码", "whatsapp", "contactnumber", "subscribernumber", "customerphone", "customermobile",
})  # fmt: skip
_WHOLE_NAMES = frozenset({"name", "称呼", "尊称", "受访者", "受访人", "被访者", "被访人", "答题人", "填写人", "respondent", "客户", "签名"})
#: A header that speaks of an amount, a use or an opinion announces no contact data, whatever it is about.
_AMOUNTS = re.compile(
    r"流量|时长|次数|费用|金额|费$|占比|比例|数量|满意|评价|评分|质量|速度|套餐|使用|是否|应用|类型|偏好|知晓|推荐|性别|年龄"
    r"|\b(?:mb|gb|traffic|usage|minutes|count|share|satisf\w*|quality|speed|apps?|type|used?|prefer\w*|coverage|signal)\b",
    re.I,
)
#: Codes of areas and sites have eleven digits too.
_AREA_CODES = re.compile(r"普查|区划|行政|网格|基站|站址|小区编码|\b(?:block|tract|census|fips|geoid|area|district|site|cell)\b", re.I)
#: Large numbers of these have as many digits as phone numbers.
_QUANTITIES = re.compile(
    r"流量|时长|金额|费用|收入|字节|占比|经度|纬度|时间戳|\b(?:bytes?|traffic|revenue|amount|timestamp|duration)\b", re.I
)
_LONGEST_HEADER = 16
_TICKS = frozenset({
    "是", "否", "有", "无", "√", "✓", "✔", "x", "×", "y", "n", "yes", "no", "true", "false", "选中", "未选中", "选", "未选", "已选",
    "开通", "未开通", "关注", "未关注", "会", "不会", "on", "off", "checked", "unchecked", "oui", "non", "ja", "nein",
})  # fmt: skip
_SHORT_NUMBER = re.compile(r"^-?\d{1,4}(?:\.\d+)?$")
_FEW_WORDS = 5


def masked(text: str, *, sentence: bool = False) -> str:
    """A text with private data made unreadable: 13812345678 → 138********. Letters and digits go, other signs stay.

    In a ``sentence`` names of persons and addresses of homes go too; in names of branches and classes they would be taken for what they
    are not. What lies beyond ``LONGEST_TEXT`` characters was not looked at and is cut off.
    """
    spans = list(_spans(half_width(text[:LONGEST_TEXT]), sentence))
    kept = text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
    if not spans:
        return kept
    hidden = list(kept)
    for start, end in spans:
        hidden[start:end] = ["*" if character.isalnum() else character for character in hidden[start:end]]
    return "".join(hidden)


def _spans(plain: str, sentence: bool) -> Iterator[Span]:
    if _MAY_BE_NUMBER.search(plain):
        yield from numbers_in(plain)
    if sentence and _MAY_BE_PERSON.search(plain):
        yield from persons_in(plain)


def is_private(value: object) -> bool:
    """Whether a raw value contains a number or address by which a person can be reached or told."""
    text = private_text(value)[:LONGEST_TEXT]
    return masked(text) != text


def private_text(value: object) -> str:
    """A raw value as the text that is searched: numbers without ``.0``, everything that is no text or number blank, and what is below 0."""
    if isinstance(value, bool) or not isinstance(value, str | int | float) or (not isinstance(value, str) and value < 0):
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e18 else ""
    return str(value).strip()


def private_header(header: str) -> Message | None:
    """What a header says it holds, when it announces private data; questions that merely mention a phone do not."""
    text = normalised(header)
    if len(text) > _LONGEST_HEADER or _AMOUNTS.search(header):
        return None
    if any(word in text for word in _NAME_HEADERS) or text in _WHOLE_NAMES:
        return message("names")
    if any(word in text for word in _OTHER_HEADERS) or text in _WHOLE_HEADERS:
        return message("contact data")
    return None


def private_column(header: str, values: Sequence[object]) -> Message | None:
    """What a column that is used for nothing holds, by its header, unless its unique values show a tick box or a grade."""
    announced = private_header(header)
    texts = [text.casefold() for text in map(_shown, values[:VALUES_LOOKED_AT]) if text and text != header.strip()]
    if announced is None or not texts:
        return announced
    if all(text in _TICKS or _SHORT_NUMBER.match(text) for text in texts):
        return None
    words = normalised(header) in _WHOLE_HEADERS and len(texts) <= _FEW_WORDS
    return None if words and not any(sign.isdigit() for text in texts for sign in text) else announced


def _shown(value: object) -> str:
    return private_text(value) or ("" if isinstance(value, str) else str(value))


def private_content(values: Sequence[object], header: str = "") -> Message | None:
    """What a column's unique values hold, when at least a fifth of them are private data; codes of areas and large quantities are none."""
    looked_at = [text for text in map(private_text, values[:VALUES_LOOKED_AT]) if text]
    counts = _AREA_CODES.search(header) or (_QUANTITIES.search(header) and "号" not in header)
    if not looked_at or (counts and all(text.isdigit() for text in looked_at if text != header.strip())):
        return None
    private = sum(is_private(text) for text in looked_at)
    if private >= PRIVATE_SHARE * len(looked_at):
        return message("phone numbers, identity numbers or e-mail addresses")
    homes = sum(any(True for _ in homes_in(half_width(text[:LONGEST_TEXT]))) for text in looked_at)
    return message("addresses of homes") if homes >= PRIVATE_SHARE * len(looked_at) else None
