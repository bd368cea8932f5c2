"""Repairs of a workbook taken over before it is stored: remembered, and new choices saved in the survey."""

from __future__ import annotations

import dataclasses

from command_line.output import console
from command_line.workbooks import CheckedFile, WorkbookOptions, check_from
from settings import Settings
from storage.store import Store
from storage.taking_repairs import take_repairs
from words.language import message


def with_survey_saved(file: CheckedFile, options: WorkbookOptions, settings: Settings, store: Store, by: str) -> CheckedFile:
    """The file checked against the version of its survey that lists what its repairs say is new; as it is where they say nothing of it.

    It is checked once more, since somebody may have added other choices meanwhile.
    """
    if not file.repairs:
        return file
    saved = take_repairs(store, file.base or file.schema, file.repairs, by).schema
    if not file.added:
        return file
    console.complain(message("Version {version} of {survey} is saved; the next upload uses it.", version=saved.version, survey=saved.name))
    return dataclasses.replace(check_from(options, settings, store, saved), base=saved)
