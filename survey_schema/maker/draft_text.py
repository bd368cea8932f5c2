"""A draft as text, so that it outlives the window it was made in: what the workbook was, what was changed and what was answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pydantic import TypeAdapter, ValidationError

from survey_schema.maker.answers_given import Answers, answers_given
from survey_schema.maker.draft_workbook import WorkbookSummary
from survey_schema.maker.edits import Edits, edited
from survey_schema.maker.proposal import Proposal
from words.errors import ManyiError
from words.language import message

#: A draft of more characters is not kept: a workbook of a thousand columns with hundreds of different answers each.
LONGEST_DRAFT = 8_000_000


@dataclass(frozen=True)
class Draft:
    """A survey in the making: the summary of its workbook, the edits, and what was said to each question (code → answer)."""

    summary: WorkbookSummary
    edits: Edits = field(default_factory=Edits)
    said: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def proposal(self) -> Proposal:
        """The proposal with the edits made."""
        return edited(self.summary.proposal(), self.edits)

    @cached_property
    def answers(self) -> Answers:
        """What was said and still can be meant; a question whose answer cannot be is open again."""
        return answers_given(self.proposal, [f"{code}={value}" for code, value in meant(self.proposal, self.said).items()])


def meant(proposal: Proposal, said: Mapping[str, str]) -> dict[str, str]:
    """Those answers that can be meant of a proposal."""
    kept = {}
    for code, value in said.items():
        try:
            answers_given(proposal, [f"{code}={value}"])
        except ManyiError:
            continue
        kept[code] = value
    return kept


def text_of(draft: Draft) -> str:
    """The draft as JSON."""
    return _ADAPTER.dump_json(draft).decode()


def draft_from(text: str) -> Draft:
    """The draft from :func:`text_of`; raises :class:`ManyiError` when another version of the product wrote it otherwise."""
    try:
        return _ADAPTER.validate_json(text)
    except ValidationError as error:
        raise ManyiError(message("This draft was written by another version of the program and cannot be read.")) from error


def same_columns(one: WorkbookSummary, other: WorkbookSummary) -> bool:
    """Whether what was said of one workbook holds for another: the same codes under the same headings."""
    return _headed(one) == _headed(other)


def _headed(summary: WorkbookSummary) -> Sequence[tuple[str, str, int, str]]:
    return [(column.code, column.header, column.nth, column.part.value) for column in summary.proposal().columns if column.answered]


_ADAPTER = TypeAdapter(Draft)
