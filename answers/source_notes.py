"""What is not to be seen in figures of a source and has to be said beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from storage.catalogue import period_order
from storage.mapped_branches import Branches
from storage.selection_filters import asked_otherwise
from survey_schema.models import SurveySchema
from words.language import Message, message
from words.lists import Listed
from words.periods import WaveName

_MOST_NAMED = 6


def branch_notes(branches: Branches) -> tuple[Message, ...]:
    """What has to be said where figures tell branches apart and some count as another one."""
    if not branches:
        return ()
    pairs = Listed([message("{old} as {new}", old=old, new=new) for old, new in sorted(branches.items())], _MOST_NAMED)
    return (message("Branches that were renamed or merged are counted under their new names: {pairs}.", pairs=pairs),)


def other_scales(changed: Mapping[str, Sequence[str]], schema: SurveySchema) -> Message | None:
    """What has to be said where items had another scale in some waves; None where none had."""
    if not changed:
        return None
    titles = {item.code: item.title for item in schema.items}
    waves = sorted({wave for labels in changed.values() for wave in labels}, key=period_order)
    return message(
        "{items} had another scale in {waves}; there they are other questions and are left out.",
        items=Listed([titles[code] for code in changed]), waves=Listed([WaveName(wave) for wave in waves]),
    )  # fmt: skip


def version_notes(stored: Mapping[str, SurveySchema], forms: int, schema: SurveySchema) -> tuple[Message, ...]:
    """What has to be said of waves that were stored (label → survey) in several ``forms`` of it and are reported by ``schema``."""
    versions = message(
        "The waves were stored under different versions of the survey; all are computed by version {version}, so that they "
        "can be compared.",
        version=schema.version,
    )
    found = [versions if forms > 1 else None, other_scales(asked_otherwise(stored, schema), schema)]
    return tuple(note for note in found if note)
