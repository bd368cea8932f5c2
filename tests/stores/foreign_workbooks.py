"""Workbooks nobody shaped for us, made here by a seed: as a billing system, two survey services, a district office and a university
write them, with everything around the answers that such files have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import xlsxwriter

VOICE_CUSTOMERS, EXPORTED, DISTRICT_ANSWERS, STAFF, VISITORS = 1200, 400, 306, 198, 200
PLACES = ("居民小区", "办公室", "高校", "商业街", "地铁", "农村", "高铁")
TROUBLES = ("手机没有信号", "有信号无法拨通", "通话过程中突然中断", "通话中有杂音、听不清、断断续续", "串线", "通话过程中一方听不见")
OTHER, REMARK = "其他，请注明", "用户描述"
VOICE_SCORES = ("语音通话整体满意度", "网络覆盖与信号强度", "语音通话清晰度", "语音通话稳定性")
#: How much of the overall answer follows coverage, clarity and stability.
VOICE_EFFECTS = (0.55, 0.1, 0.3)
STARS = ("三星", "银卡", "二星", "一星", "金卡", "白金卡", "准星", "未评级", "钻石卡")
DISTRICTS = ("城东区", "城西区", "河畔区", "新港区", "北山区")
AGREEMENT = ("完全不同意", "不同意", "一般", "同意", "完全同意")
Row = Sequence[object]


def voice(path: Path) -> None:
    """A mobile operator's customers on its voice service, with what billing knows of them.

    Two headers stand twice; in multiple choices −1 is *not chosen* and a chosen option holds its number; divisions by zero are text;
    five rows hold thousands of styled empty cells to the right of the table.
    """
    chance = np.random.default_rng(5)
    grades = np.clip(np.rint(8.2 + chance.normal(0, 1.6, (VOICE_CUSTOMERS, 1)) + chance.normal(0, 1.6, (VOICE_CUSTOMERS, 3))), 1, 10)
    overall = np.clip(np.rint(grades @ VOICE_EFFECTS + 0.4 + chance.normal(0, 0.8, VOICE_CUSTOMERS)), 1, 10)
    header = ["用户id", *VOICE_SCORES, "是否遇到过网络问题", *PLACES, OTHER, REMARK, *TROUBLES, OTHER, REMARK, "脱网次数", "重定向次数",
              "家宽投诉", "4\\5G用户", "语音方式", "是否关怀用户", "ARPU（家庭宽带）", "外省语音占比", "终端品牌", "当月ARPU", "当月MOU",
              "前3月ARPU", "前3月MOU", "客户星级标识", "当月欠费金额"]  # fmt: skip
    rows: list[Row] = []
    for number in range(VOICE_CUSTOMERS):
        other = chance.random() < 0.05
        spent, talked = round(float(chance.gamma(3, 30)), 2), int(chance.gamma(2, 200))
        before = round(spent * float(chance.choice([0.7, 1.0, 2.0])), 2) if chance.random() < 0.1 else 0
        rows.append([
            number + 1, int(overall[number]), *(int(grade) for grade in grades[number]), int(chance.integers(1, 3)),
            *_chosen(chance, PLACES, 0.25), 98 if other else -1, "电梯里" if other else None,
            *_chosen(chance, TROUBLES, 0.2), -1, None, int(chance.poisson(1)),
            "#DIV/0!" if chance.random() < 0.1 else int(chance.poisson(9)),
            int(chance.random() < 0.03), str(chance.choice(["4G", "5G", "2G"], p=[0.6, 0.38, 0.02])),
            str(chance.choice(["VOLTE", "EPSFB", "CSFB", "VoLTE"])), "是" if chance.random() < 0.04 else None,
            49 if chance.random() < 0.2 else 0, round(float(chance.random()), 15), str(chance.choice(["苹果", "华为", "小米科技"])),
            spent, talked, before, int(talked * chance.choice([0.8, 1.0, 1.6])),
            str(chance.choice(STARS[:5])), 0 if chance.random() < 0.95 else 12.5,
        ])  # fmt: skip
    book = xlsxwriter.Workbook(str(path))
    sheet, styled = book.add_worksheet("Sheet1"), book.add_format({"bg_color": "#FFFF00"})
    _write(sheet, [header, *rows])
    for row in (3, 40, 41, 700, VOICE_CUSTOMERS):
        for column in range(len(header), 16_384):
            sheet.write_blank(row, column, None, styled)
    book.close()


def text_export(path: Path) -> None:
    """Answers in words, two exports of a survey service put together: ids begin again, statements share a number, choices are joined."""
    chance = np.random.default_rng(6)
    header = ["序号", "1、您的性别：", "2、您常用的办理渠道：", "3、请对以下陈述评分：—营业厅的等候时间让我满意",
              "3、办理业务时，工作人员耐心", "3、我愿意尝试用手机办理业务", "4、您在哪些场合遇到过困难？", "5、其他建议"]  # fmt: skip
    places = ("查询账单", "更换套餐", "报修")
    rows = [
        [number % 300 + 1, str(chance.choice(["男", "女"])), str(chance.choice(["营业厅", "手机", "热线"])),
         *(str(chance.choice(AGREEMENT)) for _ in range(3)),
         "┋".join(place for place in places if chance.random() < 0.5) or "(跳过)", "(空)" if chance.random() < 0.7 else "暂无"]
        for number in range(EXPORTED)
    ]  # fmt: skip
    _book(path, {"Sheet1": [header, *rows]})


def districts(path: Path) -> None:
    """Grades stored as text, a question for the district, and long headers with numbers."""
    chance = np.random.default_rng(7)
    header = ["序号", "1.您的年龄段:", "2. 您目前居住在本市的哪个区域?（如不确定，可直接选择“大致区域”）",
              "3.小区附近有足够的营业网点（15分钟内可到）。", "4.营业厅环境整洁、安全，我愿意前往。", "5.热线能很快接通。"]  # fmt: skip
    rows = [
        [str(number + 1), str(chance.choice(["18–24岁", "25–34岁"])), str(chance.choice(DISTRICTS)), *map(str, chance.integers(1, 6, 3))]
        for number in range(DISTRICT_ANSWERS)
    ]
    _book(path, {"Sheet1": [header, *rows]})


def two_header_rows(path: Path) -> None:
    """A service's export: the question stands over the first column of its block only; a second sheet is a list of wishes."""
    chance = np.random.default_rng(8)
    top = ["Respondent ID", "Start Date", "Email Address", "First Name", "Last Name", "Which office do you work in?", None, "Question 1",
           "Question 2", None, None, "Question 3", None]  # fmt: skip
    below = [None, None, None, None, None, "Response", "Other (please specify)", "Response", "Response 1", "Response 2", "Response 3",
             "Response 1", "Response 2"]  # fmt: skip
    rows = [
        [5_379_000_000 + 17 * number, f"2026-01-{1 + number % 28:02d} 12:01:17", f"staff{number}@example.com",
         f"Given{number}", f"Family{number}",
         str(chance.choice(["Finance", "Network", "Sales"])), None,
         *(f"Answer {chance.integers(1, 9)}" if chance.random() < 0.8 else None for _ in range(6))]
        for number in range(STAFF)
    ]  # fmt: skip
    _book(path, {"Sheet": [top, below, *rows], "Wishes": [["Please count by office"], ["and by month"]]})


def paired_questions(path: Path) -> None:
    """Two answers a question (wanted, found) under short headers that come again in the next block, in another script, on many sheets."""
    chance = np.random.default_rng(9)
    pairs = [f"{question}-{side}" for question in range(1, 23) for side in (1, 2)]
    header = ["타임스탬프", "성별을 선택해주세요.", "나이대를 선택해주세요.", *pairs, *pairs, *pairs]
    rows = [
        [f"2026-08-{1 + number % 28:02d} 18:29:47.138000", str(chance.choice(["여", "남"])), "20대",
         *map(int, chance.integers(1, 8, len(pairs) * 3))]
        for number in range(VISITORS)
    ]  # fmt: skip
    sheets: dict[str, Sequence[Row]] = {"설문지 응답": [header, *rows]}
    sheets |= {f"분석 {number}": [["평균", 4.2], ["표준편차", 1.1]] for number in range(1, 10)}
    _book(path, sheets)


def data_dictionary(path: Path) -> None:
    """What the columns of another workbook mean, with merged cells: no responses at all."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Sheet1")
    sheet.write_row(0, 0, ["字段", "说明"])
    sheet.write_column(1, 0, PLACES)
    sheet.merge_range(1, 1, len(PLACES), 1, "用户所在场景：\n-1表示用户不在这个场景下，另外一个值表示用户在这个场景")
    sheet.write_column(len(PLACES) + 1, 0, TROUBLES)
    sheet.merge_range(len(PLACES) + 1, 1, len(PLACES) + len(TROUBLES), 1, "遇到的问题；-1表示没有遇到")
    book.close()


WORKBOOKS: dict[str, Callable[[Path], None]] = {
    "voice": voice, "text_export": text_export, "districts": districts, "two_header_rows": two_header_rows,
    "paired_questions": paired_questions, "data_dictionary": data_dictionary,
}  # fmt: skip


def _chosen(chance: np.random.Generator, options: Sequence[str], share: float) -> list[int]:
    return [number if chance.random() < share else -1 for number in range(1, len(options) + 1)]


def _book(path: Path, sheets: dict[str, Sequence[Row]]) -> None:
    book = xlsxwriter.Workbook(str(path))
    for name, rows in sheets.items():
        _write(book.add_worksheet(name), rows)
    book.close()


def _write(sheet: xlsxwriter.worksheet.Worksheet, rows: Sequence[Row]) -> None:
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, column, cell)
            elif cell is not None:
                sheet.write_number(number, column, cell)
