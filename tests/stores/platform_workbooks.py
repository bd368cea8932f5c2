"""Small workbooks of our own making that look like the exports of common survey tools, in Chinese and English, with what each column is.

Seeded: the same workbooks at every run. ``SET_ASIDE`` names the half that nobody looks at while rules are written; a rule is judged on it.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from survey_schema.workbook.read.sheets import Sheet, Workbook

PEOPLE = 160
SATISFIED = {
    "zh": ("非常不满意", "不满意", "一般", "满意", "非常满意"),
    "en": ("Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"),
}
AGREE = {
    "zh": ("完全不同意", "不同意", "一般", "同意", "完全同意"),
    "en": ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"),
}
THINGS = {
    "zh": ("网络覆盖", "上网速度", "资费透明", "营业厅服务", "热线接通", "投诉处理"),
    "en": ("Network coverage", "Data speed", "Clear prices", "Shop service", "Hotline", "Handling of complaints"),
}
CITIES = {"zh": ("城东", "城西", "城南", "高新区"), "en": ("Eastgate", "Westhill", "Southbank", "Harbour")}
OPERATORS = {"zh": ("移动", "联通", "电信"), "en": ("Alpha Mobile", "Beta Tel", "Gamma")}
AGES = {"zh": ("18岁以下", "18-25岁", "26-35岁", "36-50岁", "50岁以上"), "en": ("Under 18", "18-25", "26-35", "36-50", "Over 50")}
SEX = {"zh": ("男", "女"), "en": ("Male", "Female")}
OPTIONS = {"zh": ("短信", "微信", "营业厅", "电话"), "en": ("Text message", "App", "Shop", "Phone call")}
TALK = {
    "zh": ("希望信号更好", "套餐太贵了", "客服态度不错", "排队时间太长", "宽带经常掉线", "没有别的想法了", "办理业务方便一些"),
    "en": (
        "please improve the signal",
        "plans are too expensive",
        "staff were kind",
        "queues are long",
        "broadband drops",
        "all fine so far",
    ),
}


@dataclass
class Made:
    """One workbook: sheets of rows, the true role of each column (with the number of grades of scored ones), heading rows, respondents."""

    name: str
    sheets: dict[str, list[list[object]]]
    truth: list[str]
    header_rows: int
    respondents: int = PEOPLE

    def workbook(self) -> Workbook:
        """As the reader gives it."""
        return Workbook(f"{self.name}.xlsx", "0" * 64, "xlsx", tuple(Sheet.of(name, rows) for name, rows in self.sheets.items()))


@dataclass
class _Columns:
    """Columns that are put together one after the other."""

    lang: str
    chance: random.Random
    heads: list[tuple[str, ...]] = field(default_factory=list)
    cells: list[list[object]] = field(default_factory=list)
    truth: list[str] = field(default_factory=list)

    def add(self, truth: str, cells: Callable[[int], object], *heads: str) -> None:
        self.heads.append(heads)
        self.cells.append([cells(person) for person in range(PEOPLE)])
        self.truth.append(truth)

    def rows(self, height: int) -> list[list[object]]:
        head: list[list[object]] = [[heads[row] if row < len(heads) else "" for heads in self.heads] for row in range(height)]
        return [*head, *([column[person] for column in self.cells] for person in range(PEOPLE))]

    def pick(self, values: Sequence[object], blank: float = 0.0) -> Callable[[int], object]:
        weights = [self.chance.uniform(1, 4) for _ in values]
        return lambda _person: "" if self.chance.random() < blank else self.chance.choices(values, weights)[0]

    def talk(self, blank: float = 0.4) -> Callable[[int], object]:
        texts = TALK[self.lang]

        def said(person: int) -> object:
            return "" if self.chance.random() < blank else f"{self.chance.choice(texts)}，{self.chance.choice(texts)} {person}"

        return said

    def joined(self, sign: str) -> Callable[[int], object]:
        options = OPTIONS[self.lang]
        return lambda _person: sign.join(sorted(self.chance.sample(options, self.chance.randint(1, 3)), key=options.index))


def _day(person: int) -> str:
    return f"2026/{3 + person % 3}/{1 + person % 28} {9 + person % 9}:{10 + person % 50}:00"


def _wjx(lang: str, chance: random.Random, *, numbers: bool) -> Made:
    c = _Columns(lang, chance)
    zh = lang == "zh"
    c.add("id", lambda p: p + 1, "序号" if zh else "No.")
    c.add("date", _day, "提交答卷时间" if zh else "Submission time")
    c.add("duration", lambda p: f"{60 + p}秒" if zh else f"{60 + p}s", "所用时间" if zh else "Total time")
    c.add("platform", c.pick(("链接", "微信")), "来源")
    c.add("platform", c.pick(("直接访问", "朋友圈")), "来源详情")
    c.add("private", lambda p: f"113.12.{p % 250}.{p % 200}({CITIES['zh'][p % 4]})", "来自IP")
    c.add("attribute", c.pick((1, 2) if numbers else SEX[lang]), "1、您的性别：" if zh else "1. Your gender:")
    c.truth[-1] = "quantity" if numbers else "attribute"
    c.add("branch", c.pick(CITIES[lang]), "2、您所在的地市" if zh else "2. Which branch do you use?")
    stem = "3、您对以下各项的满意程度—" if zh else "3. How satisfied are you with the following?—"
    grades: Sequence[object] = (1, 2, 3, 4, 5) if numbers else SATISFIED[lang]
    for place, thing in enumerate(THINGS[lang]):
        c.add(
            "number_scale:5" if numbers else "word_scale:5",
            c.pick(grades),
            f"{stem}{thing}" if not place else f"3、{thing}" if zh else f"3. {thing}",
        )
    question = "4、您希望通过哪些渠道联系我们？" if zh else "4. How should we reach you?"
    if numbers:
        for option in OPTIONS[lang]:
            c.add("option", c.pick((0, 1)), f"{question}—{option}")
    else:
        c.add("joined", c.joined("┋"), question)
    c.add("comment", c.talk(), "5、您还有什么建议？\n" if zh else "5. Any suggestions?\n")
    return Made(f"wjx_{'numbers' if numbers else 'text'}_{lang}", {"Sheet1": c.rows(1)}, c.truth, 1)


def _qualtrics(lang: str, chance: random.Random) -> Made:
    c = _Columns(lang, chance)

    def add(truth: str, cells: Callable[[int], object], code: str, text: str, identity: str) -> None:
        c.add(truth, cells, code, text, f'{{"ImportId":"{identity}"}}')

    add("platform", _day, "StartDate", "Start Date", "startDate")
    add("date", _day, "EndDate", "End Date", "endDate")
    add("platform", lambda _p: 0, "Status", "Response Type", "status")
    add("private", lambda p: f"113.12.{p % 250}.{p % 200}", "IPAddress", "IP Address", "ipAddress")
    add("platform", lambda _p: 100, "Progress", "Progress", "progress")
    add("duration", lambda p: 200 + 3 * p, "Duration (in seconds)", "Duration (in seconds)", "duration")
    add("platform", lambda _p: 1, "Finished", "Finished", "finished")
    add("id", lambda p: f"R_{p:04d}aQ{p * 7 % 97}", "ResponseId", "Response ID", "_recordId")
    add("platform", lambda p: 36.0 + p / 100, "LocationLatitude", "Location Latitude", "locationLatitude")
    add("platform", lambda _p: "anonymous", "DistributionChannel", "Distribution Channel", "distributionChannel")
    stem = "请评价：" if lang == "zh" else "Please rate:"
    for place, thing in enumerate(THINGS[lang], 1):
        add("number_scale:7", c.pick((1, 2, 3, 4, 5, 6, 7), 0.05), f"Q2_{place}", f"{stem} - {thing}", f"QID2_{place}")
    add(
        "number_scale:10",
        c.pick(tuple(range(11))),
        "Q3_NPS",
        "向朋友推荐的可能性" if lang == "zh" else "How likely are you to recommend us?",
        "QID3",
    )
    for place, option in enumerate(OPTIONS[lang], 1):
        add(
            "option",
            c.pick((1, "")),
            f"Q4_{place}",
            ("联系方式（可多选） - " if lang == "zh" else "Ways of contact - ") + option,
            f"QID4_{place}",
        )
    add("operator", c.pick(OPERATORS[lang]), "Q5", "您使用哪家运营商？" if lang == "zh" else "Which operator do you use?", "QID5")
    add("comment", c.talk(), "Q6_TEXT", "其他意见" if lang == "zh" else "Other comments - Text", "QID6_TEXT")
    return Made(f"qualtrics_{lang}", {"Sheet0": c.rows(3)}, c.truth, 3)


def _surveymonkey(lang: str, chance: random.Random) -> Made:
    c = _Columns(lang, chance)
    zh = lang == "zh"
    answer = "回答" if zh else "Response"
    c.add("id", lambda p: 11400000000 + 17 * p, "Respondent ID", "")
    c.add("platform", lambda p: 430000000, "Collector ID", "")
    c.add("platform", _day, "Start Date", "")
    c.add("date", _day, "End Date", "")
    c.add("private", lambda p: f"10.0.{p % 200}.{p % 99}", "IP Address", "")
    c.add("empty", lambda _p: "", "Email Address", "")
    c.truth[-1] = "private"
    c.add("branch", c.pick(CITIES[lang]), "您所在的分公司" if zh else "Which branch do you visit?", answer)
    question = "您对下列各项是否满意？" if zh else "How satisfied are you with each of these?"
    for place, thing in enumerate(THINGS[lang]):
        c.add("word_scale:5", c.pick(SATISFIED[lang], 0.05), "" if place else question, thing)
    for place, option in enumerate(OPTIONS[lang]):
        told = "您用过哪些渠道？" if zh else "Which channels have you used?"
        c.add("option", (lambda text: lambda _p: text if chance.random() < 0.5 else "")(option), "" if place else told, option)
    c.add("word_scale:5", c.pick(SATISFIED[lang]), "总体满意度" if zh else "Overall, how satisfied are you with our service?", answer)
    c.add(
        "comment",
        c.talk(),
        "还有什么要说的吗？" if zh else "Anything else you would like to say?",
        "开放式回答" if zh else "Open-Ended Response",
    )
    return Made(f"surveymonkey_{lang}", {"Sheet": c.rows(2)}, c.truth, 2)


def _limesurvey(lang: str, chance: random.Random) -> Made:
    c = _Columns(lang, chance)
    zh = lang == "zh"
    c.add("id", lambda p: p + 3, "id. Response ID")
    c.add("date", _day, "submitdate. Date submitted")
    c.add("platform", lambda _p: 4, "lastpage")
    c.add("platform", lambda _p: "zh-Hans" if zh else "en", "startlanguage")
    for thing in THINGS[lang]:
        c.add("word_scale:5", c.pick(AGREE[lang]), f"{'我对以下方面感到放心' if zh else 'I can rely on these'} [{thing}]")
    for option in OPTIONS[lang]:
        c.add("option", c.pick(("是", "否") if zh else ("Yes", "No")), f"{'您用过什么' if zh else 'What have you used'} [{option}]")
    for place in (1, 2, 3):
        truth = "rank"
        c.add(truth, lambda _p: "", f"{'请按重要性排序' if zh else 'Please rank by importance'} [{place}]")
    orders = [chance.sample((1, 2, 3), 3) for _ in range(PEOPLE)]
    for place in range(3):
        c.cells[-3 + place] = [order[place] for order in orders]
    c.add("attribute", c.pick(AGES[lang]), "您的年龄段" if zh else "Your age group")
    c.add("quantity", c.pick((1, 2, 3, 4, 5, 6)), "您家里有几口人？" if zh else "How many people live in your household?")
    return Made(f"limesurvey_{lang}", {"results": c.rows(1)}, c.truth, 1)


def _google(lang: str, chance: random.Random) -> Made:
    c = _Columns(lang, chance)
    zh = lang == "zh"
    c.add("date", _day, "时间戳记" if zh else "Timestamp")
    c.add("private", lambda p: f"person{p}@example.org", "电子邮件地址" if zh else "Email Address")
    c.add("attribute", c.pick(SEX[lang]), "性别" if zh else "Gender")
    for thing in THINGS[lang]:
        c.add("number_scale:5", c.pick((1, 2, 3, 4, 5)), f"{'请为以下服务评分' if zh else 'Rate our services'} [{thing}]")
    c.add("number_scale:10", c.pick(tuple(range(1, 11))), "您对我们的总体满意度是多少分" if zh else "Overall satisfaction with our service")
    c.add("joined", c.joined(", "), "您常用的渠道" if zh else "Channels you use")
    c.add("comment", c.talk(), "您的建议" if zh else "Your suggestions")
    return Made(f"google_forms_{lang}", {"表单回复 1" if zh else "Form Responses 1": c.rows(1)}, c.truth, 1)


def _microsoft(lang: str, chance: random.Random) -> Made:
    c = _Columns(lang, chance)
    zh = lang == "zh"
    c.add("id", lambda p: p + 1, "ID")
    c.add("platform", _day, "开始时间" if zh else "Start time")
    c.add("date", _day, "完成时间" if zh else "Completion time")
    c.add("private", lambda p: f"user{p}@example.com", "电子邮件" if zh else "Email")
    c.add("private", lambda p: f"{'张' if zh else 'Ann '}{p}", "姓名" if zh else "Name")
    c.truth[-1] = "private"
    for thing in THINGS[lang]:
        c.add("word_scale:5", c.pick(SATISFIED[lang]), f"{thing}\xa0")
    c.add("joined", c.joined(";"), "您用过哪些渠道\xa0" if zh else "Which channels have you used?\xa0")
    c.add(
        "number_scale:10", c.pick(tuple(range(11))), "您有多大可能推荐我们？" if zh else "How likely are you to recommend us to a friend?"
    )
    c.add("comment", c.talk(), "请说明原因" if zh else "Please explain why")
    return Made(f"ms_forms_{lang}", {"Sheet1": c.rows(1)}, c.truth, 1)


def _spss(lang: str, chance: random.Random) -> Made:
    c = _Columns(lang, chance)
    zh = lang == "zh"
    c.add("id", lambda p: 1000 + p, "caseid", "样本编号" if zh else "Case number")
    c.add("weight", lambda p: round(0.5 + chance.random(), 4), "weight", "加权系数" if zh else "Sampling weight")
    c.add("branch", c.pick(CITIES[lang]), "city", "城市" if zh else "City of residence")
    for place, thing in enumerate(THINGS[lang], 1):
        told = f"对{thing}的评价" if zh else f"Rating of {thing.lower()}"
        c.add("number_scale:10", c.pick((*range(1, 11), 99)), f"sat{place}", told)
    for place, thing in enumerate(THINGS[lang][:4], 1):
        told = f"期望中的{thing}" if zh else f"Expected: {thing.lower()}"
        c.add("number_scale:7", c.pick(tuple(range(1, 8))), f"exp{place}", told)
    c.add("quantity", lambda _p: chance.randint(16, 80), "age", "受访者的年龄" if zh else "Age of respondent")
    c.add(
        "quantity",
        lambda _p: chance.choice((0, 0, 0, 1, 1, 2, 3)),
        "n_compl",
        "过去一年投诉过多少次" if zh else "Complaints in the last year",
    )
    return Made(f"spss_{lang}", {"data": c.rows(2)}, c.truth, 2)


def _sheet_a_branch(lang: str, chance: random.Random) -> Made:
    zh = lang == "zh"
    sheets = {}  # the numbers begin again on each sheet, so they tell nobody apart
    made = _Columns(lang, chance)
    for city in CITIES[lang]:
        made = _Columns(lang, chance)
        made.add("platform", lambda p: p + 1, "编号" if zh else "Number")
        made.add("operator", made.pick(OPERATORS[lang]), "运营商" if zh else "Operator")
        for thing in THINGS[lang]:
            made.add("number_scale:10", made.pick(tuple(range(1, 11))), thing)
        made.add("private", lambda p: f"138{p:08d}", "联系电话" if zh else "Phone")
        sheets[city] = made.rows(1)
    return Made(f"sheet_a_branch_{lang}", sheets, made.truth, 1, PEOPLE * len(sheets))


def _agency(lang: str, chance: random.Random) -> Made:
    """A telephone studio's workbook: a title above, option letters before words, totals below."""
    c = _Columns(lang, chance)
    zh = lang == "zh"
    c.add("id", lambda p: f"S{p:05d}", "样本编号" if zh else "Case ID")
    c.add("wave", lambda _p: "2026Q1", "期次" if zh else "Wave")
    c.add("branch", c.pick(CITIES[lang]), "分公司" if zh else "Branch")
    marked = [f"{letter}.{word}" for letter, word in zip("EDCBA", SATISFIED[lang], strict=True)]
    for place, thing in enumerate(THINGS[lang], 1):
        c.add("word_scale:5", c.pick(marked), f"Q{place} {thing}")
    c.add("attribute", c.pick(AGES[lang]), "年龄段" if zh else "Age group")
    for option in OPTIONS[lang]:
        k = OPTIONS[lang].index(option) + 1
        c.add("option", c.pick((-1, k)), option)
    rows = c.rows(1)
    title: list[object] = ["满意度调查数据" if zh else "Satisfaction survey data"]
    return Made(f"agency_{lang}", {"Data": [title, [], *rows, [], ["合计" if zh else "Total", PEOPLE]]}, c.truth, 1)


_MAKERS: tuple[Callable[[str, random.Random], Made], ...] = (
    lambda lang, chance: _wjx(lang, chance, numbers=False), lambda lang, chance: _wjx(lang, chance, numbers=True),
    _qualtrics, _surveymonkey,
    _limesurvey, _google, _microsoft, _spss, _sheet_a_branch, _agency,
)  # fmt: skip


def platform_workbooks() -> list[Made]:
    """All of them, by name."""
    made = [maker(lang, random.Random(f"{place}{lang}")) for place, maker in enumerate(_MAKERS) for lang in ("zh", "en")]
    return sorted(made, key=lambda each: each.name)


def set_aside(name: str) -> bool:
    """Whether a workbook belongs to the half that is only looked at to judge: of each platform, one language."""
    platform, _, lang = name.rpartition("_")
    return (hashlib.sha256(platform.encode()).digest()[0] % 2 == 0) == (lang == "zh")
