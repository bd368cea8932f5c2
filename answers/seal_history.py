"""Who changed an input of figures last, and when, from the store's audit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from storage.records import AuditEntry
from survey_schema.data_kinds.all_kinds import KINDS, RESPONSES

#: What the audit calls the changes of each input.
_ACTIONS = {
    "data": ("commit", "replace", "withdraw", "restore", "delete wave", "delete respondent"),
    "weighting": ("use weighting", "weights as stored", "commit", "restore"),
    "schema": ("schema", "commit", "restore"),
}


def last_change(
    audit: Sequence[AuditEntry], survey: str, kind: str, label: str, of: Literal["data", "weighting", "schema"]
) -> tuple[datetime | None, str]:
    """When and by whom; None and "" where the audit has no such entry, as after it was lost."""
    for entry in reversed(audit):
        if (entry.survey, entry.label) == (survey, label) and entry.action in _ACTIONS[of] and _kind_of(entry) == kind:
            return entry.at, entry.by
    return None, ""


def _kind_of(entry: AuditEntry) -> str:
    """The audit names the kind before everything else where it is not responses."""
    first = entry.detail.split(" · ")[0]
    return first if first in {kind.code for kind in KINDS} else RESPONSES
