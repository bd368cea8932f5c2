"""Questions asked of several operators or brands side by side (``repeat:`` of a schema): one respondent scores us and our competitors.

In the workbook each pair of question and operator is a column; in the store each person has a row for each operator they scored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import Field, field_validator

from survey_schema.columns import Choice
from survey_schema.questions import Item
from survey_schema.schema_parts import Code, ContradictionError, LocalText, Model, unset
from words.language import message

#: How headers are made of the name of the operator or brand and that of the question; signs between them do not matter.
USUAL_HEADERS = ("{value} {item}", "{item} {value}")
#: Before the number or id of a person in the cluster of their rows, by which sums know that it is one.
PERSON = "person:"


class RepeatColumn(Model):
    """A column whose header is not made of the two names."""

    item: Code
    value: Code
    aliases: list[str] = Field(min_length=1)
    nth: int | None = Field(None, ge=1, exclude_if=unset, description="which of several columns with the same header, from the left")


class Repeat(Model):
    """Which questions are asked of which operators or brands side by side, and how their columns are headed."""

    by: Code = Field(description="code of the operator or brand column whose values are scored side by side")
    values: list[Code] = Field([], description="the operators or brands that are scored; empty means all choices of that column")
    items: list[Code] = Field([], description="the items asked of each of them; empty means all items")
    headers: list[str] = Field([], description="how headers are made of {item} and {value}; empty means one after the other")
    columns: list[RepeatColumn] = Field([], description="columns that are headed otherwise")

    @field_validator("headers")
    @classmethod
    def _patterns(cls, headers: list[str]) -> list[str]:
        for position, pattern in enumerate(headers):
            rest = pattern.replace("{item}", "", 1).replace("{value}", "", 1)
            if len(rest) != len(pattern) - len("{item}{value}") or "{" in rest or "}" in rest:
                raise ContradictionError(
                    message("expected a pattern with {{item}} and {{value}}, each once, found {found}", found=pattern), position
                )
        return headers

    def column_of(self, item: str, value: str) -> str:
        """The code of a column of the workbook: what an item of one operator or brand is called."""
        return f"{item}_{value}"

    def side_by_side(self, items: Sequence[Item], choices: Sequence[Choice]) -> Iterator[Item]:
        """Each repeated item of each operator or brand as an item of its own, operator by operator."""
        known = {(column.item, column.value): column for column in self.columns}
        wanted = [choice for choice in choices if not self.values or choice.code in self.values]
        for choice in wanted:
            for item in items:
                if not self.items or item.code in self.items:
                    yield self._one(item, choice, known.get((item.code, choice.code)))

    def _one(self, item: Item, choice: Choice, column: RepeatColumn | None) -> Item:
        title = LocalText(zh_CN=f"{choice.title.zh_CN}：{item.title.zh_CN}", en=f"{choice.title.en}: {item.title.en}")
        values = dict.fromkeys([choice.code, choice.title.zh_CN, choice.title.en, *choice.aliases])
        wordings = [item.wording.zh_CN, item.wording.en] if item.wording else []
        names = dict.fromkeys([item.code, item.title.zh_CN, item.title.en, *item.aliases, *wordings])
        made = [pattern.replace("{item}", name).replace("{value}", value) for pattern in self.headers or USUAL_HEADERS for value in values
                for name in names]  # fmt: skip
        changes: dict[str, object] = {
            "code": self.column_of(item.code, choice.code), "title": title, "wording": None, "required": False,
            "aliases": [*(column.aliases if column else []), *made], "nth": column.nth if column else None,
        }  # fmt: skip
        return item.model_copy(update=changes)
