"""The workbook of the recovery list from an answer with its list: the same for page and command line."""

from __future__ import annotations

import narwhals as nw
import pandas as pd

from answers.recovery_figures import Recovery
from answers.recovery_question import CONTACTS, RecoveryOptions
from answers.source import StoreSource
from answers.topic import Answered
from reports.recovery.recovery_book import RecoveryBook, written
from survey_schema.columns import Role
from words.language import Language


def list_file(found: Answered[RecoveryOptions, Recovery], source: StoreSource, language: Language) -> bytes:
    """Who is still to be contacted, and what was reported for the wave so far: of the branch only, where one is asked about."""
    asked = found.asked
    rows = found.result.listed or ()
    return written(RecoveryBook(rows, _reported(found, source), asked.schema, asked.wave, source.survey, source.store.id_key(), language))


def _reported(found: Answered[RecoveryOptions, Recovery], source: StoreSource) -> pd.DataFrame | None:
    if not found.result.reported:
        return None
    branch = found.asked.where.get(Role.BRANCH)
    rows = source.rows(CONTACTS, [found.asked.wave])
    narrowed = rows if branch is None else rows.filter(nw.col(str(Role.BRANCH)) == branch)
    table: pd.DataFrame = narrowed.collect("pandas").to_native()
    return table
