"""The names of the storylines, for ``--help``: imports nothing."""

from __future__ import annotations

STORYLINE_NAMES = ("monthly", "branch", "competitor", "gaps", "workbook", "measurement", "qc")
