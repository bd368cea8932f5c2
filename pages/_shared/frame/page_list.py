"""Which pages there are: in which section of the menu, at which address, in which folder, under which title."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from words.language import Message, message

_PAGES = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Entry:
    """One page: ``folder`` is its place below ``pages``, whose last part is its address; ``also`` are other words people type for it."""

    folder: str
    title: Message
    also: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """What stands behind the slash, also of the page everybody starts on."""
        return self.folder.rpartition("/")[2]

    @property
    def script(self) -> Path:
        """The file that is run."""
        return _PAGES / self.folder / "page.py"


SECTIONS: tuple[tuple[Message, tuple[Entry, ...]], ...] = (
    (
        message("Measure"),
        (
            Entry("measure/overview", message("Overview"), ("home", "index", "dashboard", "首页")),
            Entry("measure/trends", message("Trends")),
            Entry("measure/control_charts", message("Control charts"), ("spc",)),
            Entry("measure/questions", message("Choices and NPS"), ("nps", "choices")),
            Entry("measure/data_quality", message("Data quality"), ("quality",)),
            Entry("measure/indicators", message("Indicators"), ("weights", "权重")),
            Entry("measure/upload", message("Upload"), ("import", "导入")),
        ),
    ),
    (
        message("Compare"),
        (
            Entry("compare/branches", message("Branches"), ("league", "ranking", "排名")),
            Entry("compare/competitors", message("Competitors"), ("rivals", "竞争")),
            Entry("compare/tiers", message("Tiers")),
            Entry("compare/cross_table", message("Cross table"), ("crosstab", "cross", "交叉")),
        ),
    ),
    (
        message("Explain"),
        (
            Entry("explain/drivers", message("Drivers"), ("驱动",)),
            Entry("explain/gaps", message("Service gaps"), ("差距",)),
            Entry("explain/kano", message("Kano"), ("卡诺",)),
            Entry("explain/comments", message("Comments")),
            Entry("explain/complaints", message("Complaints")),
            Entry("explain/inspections", message("Inspections"), ("暗访",)),
            Entry("explain/kpis", message("KPIs")),
        ),
    ),
    (
        message("Improve"),
        (
            Entry("improve/projects", message("QC projects"), ("qc",)),
            Entry("improve/budget", message("Choose measures")),
            Entry("improve/measures", message("Measures taken"), ("措施",)),
            Entry("improve/recovery", message("Recovery"), ("修复",)),
            Entry("improve/effect", message("Effect check"), ("效果",)),
        ),
    ),
    (message("Report"), (Entry("report/report", message("Report")),)),
    (
        message("Analysis"),
        (
            Entry("explain/measurement", message("Measurement"), ("reliability", "信度")),
            Entry("explain/fuzzy", message("Fuzzy evaluation"), ("模糊评价",)),
            Entry("explain/planner", message("Sample planner"), ("sample", "样本量")),
            Entry("explain/methods", message("Methods"), ("help", "帮助")),
        ),
    ),
)
ENTRIES = {entry.address: entry for _section, entries in SECTIONS for entry in entries}
#: The page everybody starts on, and where an address that is none leads to.
FIRST, UNKNOWN = "overview", "unknown"
