"""New choices of a survey, saved before a workbook that needs them is stored."""

from __future__ import annotations

import dataclasses

from command_line.output import console
from command_line.workbooks import CheckedFile, WorkbookOptions, check_from
from settings import Settings
from storage.store import Store
from words.language import message


def with_survey_saved(file: CheckedFile, options: WorkbookOptions, settings: Settings, store: Store, by: str) -> CheckedFile:
    """The file checked against the version of its survey that lists what its repairs say is new; as it is where they say nothing of it.

    It is checked once more, since somebody may have added other choices meanwhile.
    """
    if not file.added:
        return file
    saved = store.schemas.widen(file.base or file.schema, file.repairs, by).schema
    console.complain(message("Version {version} of {survey} is saved; the next upload uses it.", version=saved.version, survey=saved.name))
    again = check_from(options, settings, store, saved)
    return dataclasses.replace(again, base=saved)
