"""Answers about columns, kept for the next workbook of the same kind."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Self

from survey_schema.workbook.match.column_targets import ColumnTargets
from survey_schema.workbook.match.find_table import Header
from survey_schema.workbook.match.header_text import normalised, tidy
from survey_schema.workbook.match.matching import Matching
from words.errors import ManyiError
from words.language import message


@dataclass(frozen=True)
class Profile:
    """What the headers of one kind of workbook mean. ``targets``: header → code, or None for "not used".

    ``told``: what was said about its values (:mod:`survey_schema.workbook.check.value_answers`).
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
    """The key of a header: its text, numbered from the second column of the same text on. Counts in ``seen``."""
    text = tidy(header)
    seen[text] = seen.get(text, 0) + 1
    return text if seen[text] == 1 else f"{text}#{seen[text]}"


def knows(profile: Profile, header: str) -> bool:
    """Whether a profile says anything about a header."""
    return any(key in profile.targets for key in (tidy(header), normalised(header), _former(header)))


def kept_codes(profile: Profile, headers: Sequence[Header], targets: ColumnTargets) -> dict[int, str | None]:
    """What a profile says of each column, by column index. The very header goes first.

    Profiles kept by former versions know headers without their signs; such a key counts only where one column alone can be meant, and
    not against a column that carries the very name. An empty column takes nothing from a filled one of the same header.
    """
    filled = {header.text for header in headers if not header.empty}
    literal = {name.target for header in headers for text in header.literals for name in targets.literal.get(text, ())}
    loose = [Counter(form(header.text) for header in headers if header.text) for form in _FORMS]
    seen: dict[str, int] = {}
    codes: dict[int, str | None] = {}
    for header in headers:
        if not header.text:
            continue
        key = header_key(header.text, seen)
        if key in profile.targets:
            if not (header.empty and header.text in filled):
                codes[header.index] = profile.targets[key]
            continue
        for form, counted in zip(_FORMS, loose, strict=True):
            text = form(header.text)
            if text in profile.targets and counted[text] == 1 and profile.targets[text] not in literal:
                codes[header.index] = profile.targets[text]
                break
    return codes


def header_signature(headers: tuple[str, ...]) -> str:
    """A hash that is the same for workbooks with the same headers in the same order."""
    return _signature(headers, normalised)


def find_profile(kept: Callable[[str], Profile | None], headers: tuple[str, ...]) -> Profile | None:
    """The profile ``kept`` under the signature of these headers, or under the one a former version gave them."""
    return kept(header_signature(headers)) or kept(_signature(headers, _former))


def _signature(headers: tuple[str, ...], form: Callable[[str], str]) -> str:
    return hashlib.sha256("\n".join(map(form, headers)).encode()).hexdigest()[:16]


def _former(header: str) -> str:
    """A header as former versions compared it: most signs dropped, cut at 200 characters."""
    folded = _FORMER_SIGN.sub("-", unicodedata.normalize("NFKC", header[:800]).casefold())
    places = {found.start() for found in _FORMER_SIGN.finditer(folded)}
    kept = "".join(character for place, character in enumerate(folded) if character.isalnum() or place in places)
    return (kept or "".join(folded.split()))[:200]


_FORMER_SIGN = re.compile(r"(?<=\d)[-–—~～.:/](?=\d)")
_FORMS = (normalised, _former)


def profile_from(matching: Matching, told: Sequence[str] = ()) -> Profile:
    """Everything that is certain about a workbook's columns, and what was said about its values; open questions stay open."""
    seen: dict[str, int] = {}
    columns = [column for column in matching.columns if column.index != matching.names_column]
    keyed = [(header_key(column.header, seen), column) for column in columns if column.header]
    return Profile(
        schema_name=matching.schema_name,
        sheet=matching.sheet or "",
        header_signature=header_signature(tuple(column.header for column in columns)),
        targets={
            key: column.target
            for key, column in keyed
            if column.certain and (column.target is not None or column.how in ("answer", "profile"))
        },
        told=tuple(dict.fromkeys(told)),
    )
