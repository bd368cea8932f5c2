"""Step four of Upload: what was found, cell by cell, what was cleaned, and the marked-up workbook."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path

import pandas as pd
import streamlit as st

from pages._shared.session.store_access import settings
from pages._shared.session.words import _, language, number, said
from pages.measure.upload.draft import UploadDraft, all_findings
from reports.office.names import file_name
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.finding_kinds import FINDING_KINDS
from survey_schema.workbook.check.findings import Finding, Severity
from survey_schema.workbook.check.grouped_findings import FindingGroup, grouped
from survey_schema.workbook.worker.read_limits import ReadLimits
from survey_schema.workbook.write.annotated_workbook import write_annotated_workbook
from words.language import Language
from words.shown_text import markdown_text as plain

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EVERYTHING = "all"
#: So many findings of a kind are in the exported list.
EXPORTED = 20_000


def show_findings(draft: UploadDraft, checked: CheckedWorkbook) -> None:
    """Counts, a filter, the table, the log and the downloads."""
    findings = checked.findings
    if not findings.listed:
        st.success(_("Nothing to complain about: every cell could be used."), icon=":material/check_circle:")
    else:
        counts = {EVERYTHING: sum(findings.totals.values())} | {str(severity): findings.count(severity) for severity in Severity}
        names = {EVERYTHING: _("All"), "error": _("Errors"), "warning": _("Warnings"), "note": _("Notes")}
        wanted = st.segmented_control(
            _("Show"), list(counts), default=EVERYTHING, required=True, key="findings_filter", label_visibility="collapsed",
            format_func=lambda code: f"{names[code]} {number(counts[code], 0)}", persist_state="session",
        )  # fmt: skip
        groups = [group for group in grouped(findings) if wanted in (EVERYTHING, group.severity)]
        st.dataframe(
            _groups(groups), hide_index=True, placeholder="", key="findings_groups", height=min(420, 70 + 36 * len(groups)),
            alt=_("Findings by kind, with their number and first cells"),
            column_config={heading: st.column_config.TextColumn(width="large") for heading in (_("Cells"), _("What to do"))},
        )  # fmt: skip
        shown = [finding for finding in findings.listed if wanted in (EVERYTHING, finding.severity)]
        with st.expander(_("One by one"), key="findings_each"):
            st.dataframe(
                _table(shown), hide_index=True, placeholder="", key="findings_table", height=min(420, 70 + 36 * len(shown)),
                alt=_("Findings, one row each"),
                column_config={heading: st.column_config.TextColumn(width="large") for heading in (_("What was found"), _("What to do"))},
            )  # fmt: skip
            _say_what_is_capped(checked)
        marked = partial(_marked, draft, language(), settings().read)
        st.download_button(
            _("Marked-up workbook"), marked, _marked_name(draft), _XLSX, key="marked", on_click="ignore", icon=":material/download:",
            help=_("Your own file with every such cell coloured and commented, and a list of all findings in front."),
        )  # fmt: skip
    _show_log(checked)


def _marked(draft: UploadDraft, language: Language, limits: ReadLimits) -> bytes:
    """Made when it is asked for: the list in front holds what the page only counts."""
    return write_annotated_workbook(draft.content, draft.name, all_findings(draft, EXPORTED), language, limits)


def _groups(groups: list[FindingGroup]) -> pd.DataFrame:
    headings = (_("Severity"), _("Kind"), _("Count"), _("Cells"), _("What to do"))
    rows = [
        (_severities()[group.severity], said(group.title), group.total, group.cells_text(language()), said(group.advice))
        for group in groups
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=headings)


def _severities() -> dict[Severity, str]:
    return {Severity.ERROR: "✕ " + _("error"), Severity.WARNING: "△ " + _("warning"), Severity.NOTE: "· " + _("note")}


def _table(findings: list[Finding]) -> pd.DataFrame:
    words = _severities()
    headings = (_("Severity"), _("Kind"), _("Sheet"), _("Cell"), _("Value"), _("What was found"), _("What to do"))
    rows = [
        (
            words[finding.severity], said(FINDING_KINDS[finding.code].title),
            finding.sheet or "", finding.cell or "", finding.value or "", said(finding.message), said(finding.advice),
        )
        for finding in findings
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=headings)


def _say_what_is_capped(checked: CheckedWorkbook) -> None:
    listed = Counter(finding.code for finding in checked.findings.listed)
    more = {code: total - listed[code] for code, total in checked.findings.totals.items() if total > listed[code]}
    if more:
        kinds = " · ".join(f"{plain(said(FINDING_KINDS[code].title))} {number(count, 0)}" for code, count in more.items())
        st.caption(_("Each kind is listed up to a limit; the marked-up workbook lists all. Not listed here: {kinds}").format(kinds=kinds))


def _show_log(checked: CheckedWorkbook) -> None:
    if not checked.log:
        return
    with st.expander(_("What was cleaned on the way in ({count} steps)").format(count=len(checked.log)), key="cleaning_log"):
        rows = [(said(step.message), step.count) for step in checked.log]
        st.dataframe(pd.DataFrame(rows, columns=(_("Step"), _("Cells or rows"))), hide_index=True, placeholder="", alt=_("Cleaning steps"))


def _marked_name(draft: UploadDraft) -> str:
    macros = draft.sealed is not None and draft.sealed.kind == "xlsm"
    return f"{file_name(Path(draft.name).stem)}_{_('marked')}{'.xlsm' if macros else '.xlsx'}"
