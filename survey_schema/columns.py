"""What a workbook holds beside rated questions: columns, what each is for, and the values it may have."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from survey_schema.schema_parts import Code, LocalText, Model, nothing, unset
from words.language import Language


class Role(StrEnum):
    """What a column is for. The roles marked once may occur at most once; their stored column has the role's name."""

    WAVE = "wave"
    DATE = "date"
    BRANCH = "branch"
    OPERATOR = "operator"
    BRAND = "brand"
    BUSINESS_LINE = "business_line"
    RESPONDENT_WEIGHT = "respondent_weight"
    STRATUM = "stratum"
    CLUSTER = "cluster"
    RESPONDENT_ID = "respondent_id"
    INTERVIEWER = "interviewer"
    DURATION = "duration"
    ATTRIBUTE = "attribute"
    OPEN_COMMENT = "open_comment"
    PRIVATE = "private"

    @property
    def once(self) -> bool:
        """Whether a schema may have only one column of this role."""
        return self not in (Role.ATTRIBUTE, Role.OPEN_COMMENT, Role.PRIVATE)


#: The group-by dimensions every stored wave has, in this order (null where the survey does not ask).
DIMENSIONS: tuple[str, ...] = (Role.BRANCH, Role.OPERATOR, Role.BRAND, Role.BUSINESS_LINE)
#: How an interview came about; stored where the survey has such a column.
FIELDWORK: tuple[Role, ...] = (Role.INTERVIEWER, Role.DURATION)
#: Columns every stored response has beside its items, attributes and comments.
STORED_COLUMNS: tuple[str, ...] = (
    "source_row", Role.WAVE, *DIMENSIONS, Role.RESPONDENT_WEIGHT, Role.STRATUM, Role.CLUSTER, Role.RESPONDENT_ID, "replicate_group",
)  # fmt: skip


#: Titles of the wave above the column ``wave`` of an exported wave, whether its survey has such a column or not.
WAVE_TITLES: tuple[str, str] = ("期次", "Wave")


class Choice(Model):
    """One known value of a column: a branch, an operator, a brand, an attribute class."""

    code: Code
    title: LocalText
    aliases: list[str] = Field([])
    ours: bool = Field(False, description="operators only: this one is us")

    def text(self, language: Language) -> str:
        """The name in one language."""
        return self.title.text(language)


class Column(Model):
    """A column that is not a rated item."""

    code: Code
    role: Role
    title: LocalText
    aliases: list[str] = Field([], description="other headers this column is known to carry")
    nth: int | None = Field(None, ge=1, exclude_if=unset, description="which of several columns with the same header, from the left")
    required: bool = False
    kind: Literal["text", "number"] = Field("text", description="attributes only: how values are kept")
    choices: list[Choice] = Field([], description="known values; empty means any value")
    missing_labels: list[str] = Field([], description="words that mean that the value is not known, in any language")
    missing_values: list[str] = Field(
        [], exclude_if=nothing, description='numbers and codes that mean that the value is not known, such as "99"'
    )
    date_order: Literal["day-first", "month-first", "swapped", "as-shown"] | None = Field(
        None, exclude_if=unset, description="dates only: which part is the day, where nothing in the column proves it"
    )
    closed: bool = Field(True, description="with choices: whether other values are errors (true) or kept as they are (false)")

    @property
    def stored_as(self) -> str:
        """The column's name in a stored wave."""
        return str(self.role) if self.role.once else self.code
