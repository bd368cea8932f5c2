"""What a heading says its column is for, whatever stands below; the values must bear it out (:mod:`survey_schema.maker.column_roles`)."""

from __future__ import annotations

import re

from survey_schema.workbook.match.header_text import normalised, without_numbering

#: Headings programs write themselves; only the whole heading counts, for a question may speak of progress or status too.
_PLATFORM = frozenset({
    normalised(word)
    for word in (
        "Progress", "Finished", "Status", "Recorded Date", "RecordedDate", "Start Date", "StartDate", "Recipient Last Name",
        "RecipientLastName", "RecipientFirstName", "Recipient First Name", "Recipient Email", "RecipientEmail", "External Data Reference",
        "ExternalReference", "LocationLatitude", "LocationLongitude", "Location Latitude", "Location Longitude", "DistributionChannel",
        "Distribution Channel", "UserLanguage", "User Language", "Collector ID", "Custom Data 1", "Last page", "lastpage", "Start language",
        "startlanguage", "Seed", "Date started", "startdate", "refurl", "Referrer URL", "Start time", "Last modified time", "Username",
        "Response Type", "来源", "来源详情", "答题来源", "来自", "开始答题时间", "开始时间", "答卷状态",
        "总分", "提交方式", "设备类型", "浏览器", "操作系统",
        "微信OpenID", "微信昵称", "自定义字段", "最后修改时间", "开始语言", "最后页面", "Quality", "Points", "Score", "Quiz feedback",
    )
})  # fmt: skip
_ID = frozenset({
    normalised(word)
    for word in (
        "序号", "编号", "样本编号", "问卷编号", "答卷编号", "答题编号", "用户id", "受访者编号", "客户编号",
        "ID", "No.", "Number", "Nr", "Response ID",
        "ResponseId", "Respondent ID", "RespondentID", "Record", "Case", "Case ID", "caseid", "respid", "uuid", "Record number",
        "Interview ID", "id. Response ID", "Entry ID", "serial", "Antwort ID", "ID de la réponse",
    )
})  # fmt: skip
_DATE_BEST = re.compile(
    r"提交|完成时间|结束|submi|complet|end ?(?:date|time)|timestamp|时间戳|타임스탬프|horodat|marca temporal|zeitstempel", re.I
)
_DATE = re.compile(r"日期|时间|date|\btime\b|datum|fecha|heure|타임|stamp", re.I)
_WAVE = frozenset({normalised(word) for word in ("期次", "轮次", "季度", "调查期次", "调查季度", "Wave", "Round", "Quarter", "Period")})
_DURATION = re.compile(
    r"用时|所用时间|(?:答题|答卷|访问|访谈|填写|问卷)时长|耗时|答题时间|\bduration\b|interview ?time|total time|interviewzeit|temps total",
    re.I,
)
_WEIGHT = re.compile(
    r"^(?:权重|样本权重|加权系数|样本权数|抽样权重|weight|weights|wt|wgt|respondent weight|sample ?weight|gewicht|poids)$", re.I
)
_BRANCH = re.compile(
    r"分公司|地市|市州|区县|县区|营业厅|门店|网点|哪个区域|哪个区|哪个城市|所在城市|所在地区|\bbranch|\bregion\b|\bdistrict\b|\bstore\b|\bcity\b|\boutlet\b"
    r"|filiale|agence|sucursal|所属公司|所属单位",
    re.I,
)
_BRANCH_WHOLE = frozenset({normalised(word) for word in (
    "分公司", "地市", "市州", "区县", "城市", "地区", "区域", "支局", "营业厅", "门店",
    "Branch", "Region", "District", "City", "Store", "Province", "Site"
)})  # fmt: skip
_OPERATOR = re.compile(r"运营商|\boperator\b|\bcarrier\b|network provider|mobile provider|opérateur|operador|anbieter", re.I)
_COMMENT = re.compile(
    r"建议|意见|原因|为什么|请注明|请说明|请填写|其他.*(?:说明|注明)|留言|备注|描述|open-ended|comment"
    r"|please (?:specify|explain|describe)|\bwhy\b|suggest"
    r"|feedback|anything else|commentaire|comentario|anmerkung|warum|pourquoi|- text$|_text$|\[other\]|\[其他\]",
    re.I,
)
_OVERALL = re.compile(r"总体|整体|总的来说|总的来看|综合满意|\boverall\b|in general|all in all|insgesamt|dans l'ensemble|en general", re.I)
_OF_SATISFACTION = re.compile(r"满意|评价|评分|打分|satisf|zufrieden|experience|service|quality|rating|impression", re.I)
_COUNT = re.compile(
    r"年龄|几口|几个|几人|几部|多少(?!分)|\bage\b|how many|how much|number of|household size|anzahl|nombre d|cuántos|combien", re.I
)
#: These speak of a quantity only in a short heading; in a long one they may be what a statement is about.
_COUNT_SHORT = re.compile(
    r"人数|次数|天数|时长|流量|费用|金额|收入|消费额|投诉(?:次数|量)?$|占比|排名$|household|\bcount\b|\byears?\b|minutes|amount|income|arpu|\bmou\b|\bgprs\b|alter\b"
    r"|children",
    re.I,
)
_SHORT, _SHORT_LATIN = 12, 28
_RECOMMEND = re.compile(r"推荐|recommend|empfehl|recomend", re.I)
_RANK = re.compile(r"排序|排名|排列|\brank|priorit", re.I)


def _bare(heading: str) -> str:
    return normalised(without_numbering(heading))


def is_platform(heading: str) -> bool:
    """Whether a survey tool writes this heading for itself.

    >>> is_platform("来源详情"), is_platform("Progress"), is_platform("How satisfied are you with the progress?")
    (True, True, False)
    """
    return normalised(heading) in _PLATFORM


def is_id(heading: str) -> bool:
    """Whether the whole heading names a number of respondents."""
    return normalised(heading) in _ID


def date_rank(heading: str) -> int:
    """2 for the moment of handing in, 1 for any other date, 0 for none."""
    return 2 if _DATE_BEST.search(heading) else 1 if _DATE.search(heading) else 0


def is_wave(heading: str) -> bool:
    """Whether the whole heading names a period."""
    return _bare(heading) in _WAVE


def is_duration(heading: str) -> bool:
    """Whether a heading speaks of how long answering took."""
    return bool(_DURATION.search(heading))


def is_weight(heading: str) -> bool:
    """Whether the whole heading names a respondent weight."""
    return bool(_WEIGHT.match(without_numbering(heading).strip()))


def branch_rank(heading: str) -> int:
    """2 where the whole heading names branches or places, 1 where it asks for one, 0 for neither."""
    return 2 if _bare(heading) in _BRANCH_WHOLE else 1 if _BRANCH.search(heading) else 0


def is_operator(heading: str) -> bool:
    """Whether a heading names operators."""
    return bool(_OPERATOR.search(heading))


def is_comment(heading: str) -> bool:
    """Whether a heading asks for an answer in one's own words."""
    return bool(_COMMENT.search(heading))


def is_overall(heading: str) -> bool:
    """Whether a heading asks for the overall impression."""
    return bool(_OVERALL.search(heading) and _OF_SATISFACTION.search(heading))


def is_count(heading: str, *, row: bool = False) -> bool:
    """Whether a heading asks for a quantity that is no score: ages, persons, minutes, money. A ``row`` of a matrix must say so plainly."""
    short = len(heading) <= (_SHORT_LATIN if heading.isascii() else _SHORT)
    return bool(_COUNT.search(heading) or (short and not row and _COUNT_SHORT.search(heading)))


def is_recommendation(heading: str) -> bool:
    """Whether a heading asks how likely one is to recommend."""
    return bool(_RECOMMEND.search(heading))


def is_ranking(heading: str) -> bool:
    """Whether a heading asks to put things in an order."""
    return bool(_RANK.search(heading))
