"""Answers about columns, kept for the next workbook of the same kind."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Self

from survey_schema.errors import ManyiError
from survey_schema.header_text import normalised
from survey_schema.language import message

if TYPE_CHECKING:  # match_columns reads profiles, profile_from reads a matching
    from survey_schema.match_columns import Matching


@dataclass(frozen=True)
class Profile:
    """What the headers of one kind of workbook mean. ``targets``: normalised header → code, or None for "not used".

    ``told``: what was said about its values (:mod:`survey_schema.value_answers`).
    """

    schema_name: str
    sheet: str
    header_signature: str
    targets: Mapping[str, str | None]
    told: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Plain values for ``json.dumps``."""
        return {**asdict(self), "targets": dict(self.targets)}

    @classmethod
    def from_json(cls, kept: Mapping[str, object]) -> Self:
        """The profile from :meth:`to_json`; raises ManyiError when it is something else."""
        targets = kept.get("targets")
        texts = [kept.get(name) for name in ("schema_name", "sheet", "header_signature")]
        if not isinstance(targets, Mapping) or not all(isinstance(text, str) for text in texts):
            raise ManyiError(message("This is not a kept column assignment."))
        if not all(isinstance(key, str) and (code is None or isinstance(code, str)) for key, code in targets.items()):
            raise ManyiError(message("This is not a kept column assignment."))
        told = kept.get("told", [])
        if not isinstance(told, list | tuple) or not all(isinstance(text, str) for text in told):
            raise ManyiError(message("This is not a kept column assignment."))
        return cls(str(texts[0]), str(texts[1]), str(texts[2]), dict(targets), tuple(told))


def header_key(header: str, seen: dict[str, int]) -> str:
    """The key of a header: its normalised text, numbered from the second column of the same text on. Counts in ``seen``."""
    text = normalised(header)
    seen[text] = seen.get(text, 0) + 1
    return text if seen[text] == 1 else f"{text}#{seen[text]}"


def header_signature(headers: tuple[str, ...]) -> str:
    """A hash that is the same for workbooks with the same headers in the same order."""
    return hashlib.sha256("\n".join(map(normalised, headers)).encode()).hexdigest()[:16]


def profile_from(matching: Matching, told: Sequence[str] = ()) -> Profile:
    """Everything that is certain about a workbook's columns, and what was said about its values; open questions stay open."""
    seen: dict[str, int] = {}
    keyed = [(header_key(column.header, seen), column) for column in matching.columns if column.header]
    return Profile(
        schema_name=matching.schema_name,
        sheet=matching.sheet or "",
        header_signature=header_signature(tuple(column.header for column in matching.columns)),
        targets={
            key: column.target
            for key, column in keyed
            if column.certain and (column.target is not None or column.how in ("answer", "profile"))
        },
        told=tuple(dict.fromkeys(told)),
    )
