"""Questions that are no ratings: several answers may be given (``multi:`` of a schema), or options are put in order (``rankings:``)."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from survey_schema.schema_parts import Code, ContradictionError, LocalText, Model, unset
from words.language import Language, message

#: What stands in a cell for an option that was chosen, and for one that was not, in any survey; lower case, without spaces.
CHOSEN = frozenset({
    "1", "yes", "y", "true", "selected", "checked", "quoted", "x", "✓", "√", "☑", "是", "有", "选中", "已选", "oui", "ja", "gewählt", "sí",
})  # fmt: skip
NOT_CHOSEN = frozenset({
    "0", "no", "n", "false", "notselected", "unselected", "unchecked", "notquoted", "☐", "否", "未选", "未选中", "非", "non", "nein",
    "nichtgewählt", "n0",
})  # fmt: skip
#: Signs that join the options of one cell where the schema names none.
SEPARATORS = ("┋", ";", "；", "|", "\n")
#: Signs that join options in the order they were put in.
ARROWS = ("→", "->", ">", "┋", ";", "；", "|", "\n")


class Option(Model):
    """One answer that may be chosen or ranked. ``values``: what a cell holds for it beside its names, such as its number."""

    code: Code
    title: LocalText
    aliases: list[str] = Field([], description="other names, and headers of its own column")
    nth: int | None = Field(None, ge=1, exclude_if=unset, description="which of several columns with the same header, from the left")
    values: list[str] = Field([], description="what stands in a cell for it, beside its code, names and aliases")

    def text(self, language: Language) -> str:
        """The name in one language."""
        return self.title.text(language)


class Place(Model):
    """The column of one place of a ranking: first, second, …"""

    aliases: list[str] = Field([], description="headers of the column")
    nth: int | None = Field(None, ge=1, exclude_if=unset, description="which of several columns with the same header, from the left")


class OptionQuestion(Model):
    """What both kinds share: a code, names, and the options with columns of their own or in one cell.

    ``separator``: the signs between options of one cell; usual ones where none is named.
    """

    code: Code
    title: LocalText
    wording: LocalText | None = None
    options: list[Option] = Field(min_length=1)
    aliases: list[str] = Field([], description="headers of the column that holds all answers")
    nth: int | None = Field(None, ge=1, exclude_if=unset, description="which of several columns with the same header, from the left")
    separator: list[str] = Field([], description="signs between the options in one cell; empty means the usual ones")
    not_asked: list[str] = Field([], description="words and numbers that mean that the question was not asked or not answered")
    required: bool = Field(False, description="a workbook without the columns of this question is an error, not a warning")

    @model_validator(mode="after")
    def _options_differ(self) -> Self:
        seen: set[str] = set()
        for position, option in enumerate(self.options):
            if option.code in seen:
                raise ContradictionError(message("{value} occurs twice", value=option.code), "options", position, "code")
            seen.add(option.code)
        for position, sign in enumerate(self.separator):
            if not sign:
                raise ContradictionError(message("this entry must not be empty"), "separator", position)
        return self

    def stored(self, option: str) -> str:
        """The column of an option in a stored wave."""
        return f"{self.code}_{option}"

    @property
    def stored_columns(self) -> list[str]:
        """The columns of the question in a stored wave, one an option."""
        return [self.stored(option.code) for option in self.options]

    def option(self, code: str) -> Option:
        """The option of that code."""
        return next(option for option in self.options if option.code == code)


class MultiQuestion(OptionQuestion):
    """A question to which several answers may be given.

    ``one_hot``: a column an option; ``joined``: all chosen options in one cell. Stored alike: a column an option, true where chosen, false
    where asked and not chosen, null where not asked. A respondent with nothing in any column was not asked, unless ``blank`` says that
    an empty question means that none was chosen.
    """

    kind: Literal["one_hot", "joined"]
    chosen: list[str] = Field([], description="one_hot: what stands in a cell for chosen; empty means the usual words")
    not_chosen: list[str] = Field([], description="what stands in a cell for not chosen, or for none of the options")
    blank: Literal["not_asked", "none_chosen"] = Field("not_asked", description="what it means that all of it is empty")


class Ranking(OptionQuestion):
    """A question that puts options in order, 1 the best.

    ``ranks``: a column an option that holds its rank; ``places``: a column a place that holds an option; ``joined``: the options in their
    order in one cell. Stored alike: a column an option with its rank, 0 where it was left unranked, null where nothing was ranked.
    """

    kind: Literal["ranks", "places", "joined"]
    places: list[Place] = Field([], description="places: the columns of the first, second, … place")
    most: int | None = Field(None, ge=1, exclude_if=unset, description="how many options may be ranked; by default all of them")

    @model_validator(mode="after")
    def _places_fit(self) -> Self:
        if len(self.options) < 2:
            raise ContradictionError(message("a ranking needs two options or more"), "options")
        if self.most is not None and self.most > len(self.options):
            problem = message("must be at most {limit}, the number of options; found {found}", limit=len(self.options), found=self.most)
            raise ContradictionError(problem, "most")
        if (self.kind == "places") != bool(self.places):
            raise ContradictionError(message("places are the columns of a ranking of the kind places, and of no other"), "places")
        if len(self.places) > self.ranked:
            problem = message("expected at most {limit} places, found {found}", limit=self.ranked, found=len(self.places))
            raise ContradictionError(problem, "places")
        return self

    @property
    def ranked(self) -> int:
        """How many options may be ranked."""
        return self.most or len(self.options)
