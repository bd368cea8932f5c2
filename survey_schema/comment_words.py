"""Words that are counted in open comments: the survey's own (``comment_words:``), else the usual ones of telecom customers.

A list is counted rather than every word: Chinese has no blanks between words, and no well-kept library that cuts it is light enough.
"""

from __future__ import annotations

from pydantic import Field

from survey_schema.schema_parts import Code, LocalText, Model


class CommentWord(Model):
    """A subject comments are searched for: its name in both languages counts, and whatever else says the same."""

    code: Code
    title: LocalText
    aliases: list[str] = Field([], description="other words that say the same, in any language")

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every text that mentions it."""
        return tuple(dict.fromkeys([self.title.zh_CN, self.title.en, *self.aliases]))


def _word(code: str, zh: str, en: str, *aliases: str) -> CommentWord:
    return CommentWord(code=code, title=LocalText(zh_CN=zh, en=en), aliases=list(aliases))


USUAL_WORDS: tuple[CommentWord, ...] = (
    _word("signal", "信号", "signal", "覆盖", "coverage", "没网", "断网"),
    _word("speed", "网速", "speed", "上网慢", "网络慢", "卡顿", "slow"),
    _word("network", "网络", "network", "5G", "4G"),
    _word("dropped_call", "掉线", "dropped call", "掉话", "断线", "通话质量"),
    _word("broadband", "宽带", "broadband", "光猫", "Wi-Fi", "wifi"),
    _word("tariff", "资费", "tariff", "价格", "太贵", "便宜", "price", "expensive"),
    _word("plan", "套餐", "plan", "流量", "优惠", "合约"),
    _word("billing", "扣费", "billing", "账单", "话费", "计费", "乱收费", "bill"),
    _word("attitude", "态度", "attitude", "热情", "耐心", "礼貌", "polite", "friendly"),
    _word("waiting", "排队", "queue", "等候", "等待", "waiting", "太久"),
    _word("staff", "营业员", "staff", "工作人员", "员工", "客户经理"),
    _word("hall", "营业厅", "service hall", "网点", "store"),
    _word("hotline", "客服", "hotline", "热线", "人工", "转接", "call centre"),
    _word("repair", "维修", "repair", "报修", "故障", "抢修", "修障"),
    _word("installation", "装机", "installation", "安装", "师傅", "technician"),
    _word("handling", "办理", "handling", "业务", "手续", "流程"),
    _word("app", "手机营业厅", "app", "APP", "网上营业厅", "小程序"),
    _word("complaint", "投诉", "complaint"),
    _word("promise", "承诺", "promise", "虚假", "宣传"),
    _word("nuisance", "骚扰", "nuisance", "推销", "短信太多", "spam"),
)
