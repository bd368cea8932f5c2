"""Staff questionnaire 员工问卷: what managers and the front line believe customers find important, and how well the standard is met."""

from __future__ import annotations

from survey_schema.data_kinds.common_columns import branch, item, wave
from survey_schema.data_kinds.description import DataKind, KindColumn, Number, OneNeeded, OneOf, Text, choice, text

STAFF = DataKind(
    code="staff",
    title=text("员工问卷", "Staff questionnaire"),
    explained=text("每位员工对每个指标一行。", "One row for each member of staff and item."),
    columns=(
        wave(),
        KindColumn(
            "staff",
            text("员工编号", "Staff number"),
            Text(person="staff"),
            text("员工的编号；姓名只存为密码串。", "Number of the member of staff; a name is stored as an opaque code only."),
            ("工号", "员工", "问卷编号", "staff id"),
            required=True,
            example="S01",
        ),
        KindColumn(
            "role",
            text("岗位类别", "Role"),
            OneOf(
                (
                    choice("manager", "管理人员", "Manager", "管理者", "管理层", "经理", "主管", "管理", "managers", "management"),
                    choice(
                        "front_line",
                        "一线员工",
                        "Front line",
                        "一线",
                        "一线人员",
                        "员工",
                        "营业员",
                        "客服代表",
                        "话务员",
                        "frontline",
                        "staff",
                    ),
                )
            ),
            text("管理人员或一线员工。", "Manager or front line."),
            ("岗位", "身份", "人员类别", "position"),
            required=True,
        ),
        branch(),
        item(),
        KindColumn(
            "importance",
            text("认为客户的重视程度", "Believed importance"),
            Number(on_scale_of="item"),
            text("您认为客户有多看重它，与客户问卷同一量表。", "How important you believe customers find it, on the customers' scale."),
            ("重要性", "重视程度", "重要程度", "importance"),
            example=9,
        ),
        KindColumn(
            "met",
            text("标准达成程度", "Standard met"),
            Number(on_scale_of="item"),
            text("您认为服务标准做到了多少，与客户问卷同一量表。", "How well you believe the standard is met, on the customers' scale."),
            ("达成程度", "达标程度", "执行情况", "standard met", "met"),
            example=8,
        ),
    ),
    key=("wave", "branch", "role", "staff", "item"),
    split="period",
    period="wave",
    sheets=("员工调查", "内部员工", "员工", "staff"),
    relations=(OneNeeded(("importance", "met")),),
)
