"""Improvement measures 改进措施: what is done about it, by whom, where, when; how much is planned and done; issues found and closed."""

from __future__ import annotations

from survey_schema.data_kinds.common_columns import branch
from survey_schema.data_kinds.description import AtMost, DataKind, Day, KindColumn, Number, OneOf, ShareOf, Text, text

#: Characters of a measure's name: it stands on a board, beside a chart and on the command line alike.
LONGEST_MEASURE = 200
#: What stands between the owners of a measure.
BETWEEN_OWNERS = "、;；,，/\n"

MEASURES = DataKind(
    code="measures",
    title=text("改进措施", "Measures"),
    explained=text(
        "每项措施在每个分公司一行：计划与完成的数量、发现与闭环的问题；整张表作为一份清单存储。",
        "One row for each measure and branch with what is planned and done, issues found and closed; the sheet is stored as one list.",
    ),
    columns=(
        KindColumn(
            "project",
            text("项目", "Project"),
            Text(longest=LONGEST_MEASURE),
            text("所属项目或课题，可空。", "The project it belongs to, if any."),
            ("项目名称", "课题", "课题名称", "QC课题", "project name"),
            example="提升热线接通率",
        ),
        KindColumn(
            "measure",
            text("措施", "Measure"),
            Text(sentence=True, longest=LONGEST_MEASURE),
            text("做什么；最多 200 字。", "What is done; 200 characters at most."),
            ("措施名称", "改进措施", "对策", "举措", "具体措施", "action", "countermeasure"),
            required=True,
            example="按话务量预测排班",
        ),
        KindColumn(
            "target",
            text("目标指标", "Target indicator"),
            OneOf(source="targeted"),
            text("要改善的题目、指标、KPI 或投诉类别。", "The item, indicator, KPI or class of complaints it is to improve."),
            ("对应指标", "改进指标", "目标", "indicator", "improves"),
            example="接通率",
        ),
        KindColumn(
            "owners",
            text("责任人", "Owners"),
            Text(longest=LONGEST_MEASURE),
            text("可多人，用顿号分开。", "Several are set apart by commas."),
            ("负责人", "责任部门", "牵头人", "owner", "responsible"),
            example="运营班、客服部",
        ),
        branch(blank_means_all=True),
        KindColumn(
            "start",
            text("开始日期", "Start"),
            Day(),
            text("何日开始。", "The day it begins."),
            ("开始时间", "启动日期", "计划开始", "begin", "start date"),
            example="2026-04-01",
        ),
        KindColumn(
            "due",
            text("完成期限", "Due"),
            Day(),
            text("应在何日完成。", "The day it is to be done by."),
            ("截止日期", "计划完成", "计划完成日期", "期限", "deadline", "due date"),
            example="2026-06-30",
        ),
        KindColumn(
            "done_on",
            text("完成日期", "Done on"),
            Day(past=True),
            text("实际完成之日；未完成的留空。", "The day it was done; empty while it is not."),
            ("实际完成", "实际完成日期", "完成时间", "finished"),
        ),
        KindColumn(
            "unit",
            text("数量单位", "Unit"),
            Text(longest=20),
            text("数量按什么计，如个、台、人。", "What quantities count, such as cells, customers, plans."),
            ("单位", "计量单位"),
            example="班次",
        ),
        KindColumn(
            "planned",
            text("计划数量", "Planned"),
            Number(low=0),
            text("计划做多少。", "How much is planned."),
            ("计划量", "计划数", "目标数量", "planned quantity"),
            example=120,
        ),
        KindColumn(
            "done",
            text("完成数量", "Done"),
            Number(low=0),
            text("已做多少。", "How much is done."),
            ("完成量", "完成数", "实际数量", "done quantity"),
            example=90,
        ),
        KindColumn(
            "total",
            text("应做总数", "All there is to do"),
            Number(low=0),
            text("全部需要做的数量，如待修复客户总数。", "All there is to do, such as all customers to recover."),
            ("总量", "总数", "待修复总数", "应修复总数", "total to do"),
        ),
        KindColumn(
            "share",
            text("完成占比（%）", "Done of all (%)"),
            Number(low=0, high=100, per_cent=True),
            text("所写的完成数占应做总数的比例，用于核对。", "The share of all that is done, as it is stated, which is checked."),
            ("占比", "完成率", "完成比例", "share"),
        ),
        KindColumn(
            "found",
            text("发现问题", "Issues found"),
            Number(low=0, whole=True),
            text("发现的问题数。", "How many issues were found."),
            ("问题数", "发现问题数", "issues"),
        ),
        KindColumn(
            "closed",
            text("闭环问题", "Issues closed"),
            Number(low=0, whole=True),
            text("其中已解决的。", "How many of them were solved."),
            ("已解决问题", "整改完成", "闭环问题数", "整改问题数", "solved"),
        ),
        KindColumn(
            "note",
            text("备注", "Note"),
            Text(sentence=True),
            text("其他说明。", "Anything else."),
            ("说明", "remark", "remarks"),
        ),
    ),
    key=("project", "measure", "branch"),
    split="whole",
    sheets=("措施", "对策表", "措施台账", "整改台账", "measure", "actions"),
    relations=(
        AtMost("start", "due"),
        AtMost("start", "done_on"),
        AtMost("closed", "found"),
        AtMost("done", "total"),
        ShareOf("share", "done", "total"),
    ),
    edited=True,
)
