"""Recovery contacts 客户修复回访: one row for each customer to recover and each contact with him, by opaque id only."""

from __future__ import annotations

from survey_schema.data_kinds.common_columns import branch, wave
from survey_schema.data_kinds.description import (
    OVERALL,
    DataKind,
    Day,
    Flag,
    KindColumn,
    NotTooOften,
    Number,
    OneOf,
    Text,
    choice,
    text,
)

_CHANNEL = OneOf(
    (
        choice("phone", "电话", "Phone", "电话回访", "外呼", "call", "telephone"),
        choice("visit", "上门", "Visit", "上门走访", "走访", "home visit"),
        choice("hall", "营业厅", "Service hall", "到厅", "厅内"),
        choice("message", "短信或微信", "Message", "短信", "微信", "sms", "wechat", "app"),
        choice("other", "其他", "Other"),
    )
)
_RESULT = OneOf(
    (
        choice("solved", "已解决", "Solved", "解决", "问题已解决", "resolved"),
        choice("in_hand", "处理中", "In hand", "跟进中", "待处理", "in progress", "pending"),
        choice("explained", "已解释", "Explained", "解释说明", "客户理解"),
        choice("declined", "客户拒绝", "Declined", "拒绝", "拒访", "不接受", "refused"),
        choice("not_reached", "未联系上", "Not reached", "无人接听", "关机", "空号", "unreachable", "no answer"),
        choice("other", "其他", "Other"),
    )
)
#: What the list of ours says of a customer beside: for who fills in the sheet, not to be stored.
REASON = text("列入原因", "Why on the list")
PRIORITY = text("优先级", "Priority")
OWNER = text("建议责任单位", "Suggested owner")
DEADLINE = text("最迟联系日期", "To be contacted by")

CONTACTS = DataKind(
    code="contacts",
    title=text("客户修复", "Recovery contacts"),
    explained=text(
        "修复名单上的客户每次联系一行；尚未联系的客户只填期次和客户编号。编号只存为密码串，不填姓名和电话。",
        "One row for each contact with a customer of the recovery list; wave and id only where there was none yet. The id is stored as an "
        "opaque code; no names, no phone numbers.",
    ),
    columns=(
        wave(),
        KindColumn(
            "respondent_id",
            text("客户编号", "Customer id"),
            Text(person="respondent"),
            text(
                "修复名单上的编号，或调查样本中的编号；只存为密码串。",
                "The id of the recovery list or of the survey's sample; stored as an opaque code.",
            ),
            ("受访者编号", "样本编号", "客户编码", "respondent", "respondent id", "id"),
            required=True,
            example="KH00123",
        ),
        branch(),
        KindColumn(
            "contacted_on",
            text("联系日期", "Contacted on"),
            Day(past=True),
            text("尚未联系的留空。", "Empty where there was no contact yet."),
            ("回访日期", "修复日期", "contact date"),
            example="2026-05-15",
        ),
        KindColumn(
            "contacted_by",
            text("联系人工号", "Contacted by"),
            Text(person="staff"),
            text("工号；姓名只存为密码串。", "Number of the member of staff; a name is stored as an opaque code only."),
            ("修复人", "责任人", "回访人", "by"),
            example="S01",
        ),
        KindColumn("channel", text("联系方式", "Channel"), _CHANNEL, text("怎样联系的。", "How."), ("渠道", "回访方式")),
        KindColumn(
            "reached",
            text("是否联系上", "Reached"),
            Flag(),
            text("本人接受了沟通。", "Whether the customer was spoken to."),
            ("联系上", "是否接通"),
            example="是",
        ),
        KindColumn("result", text("联系结果", "Outcome"), _RESULT, text("结果类别。", "The class of the outcome."), ("回访结果", "结果")),
        KindColumn(
            "repaired",
            text("是否已修复", "Repaired"),
            Flag(),
            text("客户的问题是否已经解决。", "Whether what made the customer unhappy is mended."),
            ("是否修复", "修复", "已修复"),
            example="是",
        ),
        KindColumn(
            "satisfaction_after",
            text("之后的满意度", "Satisfaction afterwards"),
            Number(low=0, high=100, unit="score", unit_of="scale", on_scale_of=OVERALL),
            text(
                "之后再问的总体满意度；未联系的客户也问，才有对照。",
                "Overall satisfaction asked again later; ask some who were not contacted too, to compare with.",
            ),
            ("修复后满意度", "回访满意度", "satisfaction after"),
            example=80,
        ),
        KindColumn(
            "scale",
            text("满意度的量表", "Scale of the satisfaction"),
            OneOf(
                (
                    choice("score", "百分制", "0-100", "0–100", "100", "score", "百分", "得分"),
                    choice("grade", "总体满意度题的量表", "Scale of the overall question", "原量表", "题目量表", "量表", "grade", "scale"),
                )
            ),
            text("百分制或总体满意度题的量表；空白表示百分制。", "0-100 or the scale of the overall question; an empty cell means 0-100."),
            ("量表",),
        ),
    ),
    key=("wave", "respondent_id", "contacted_on", "channel", "result"),
    split="period",
    period="wave",
    sheets=("修复名单", "客户修复名单", "客户修复表", "修复回访", "recovery", "recovery list"),
    relations=(NotTooOften("respondent_id", "contacted_on"),),
    reminders=(REASON, PRIORITY, OWNER, DEADLINE),
)
