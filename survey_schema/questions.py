"""What is rated: questions, the scales they are answered on, and the words of the grades."""

from __future__ import annotations

from itertools import pairwise
from typing import Self

from pydantic import Field, model_validator

from survey_schema.schema_parts import Code, ContradictionError, LocalText, Model, nothing, unset
from words.language import Language, message


class GradeLabel(Model):
    """The words for one grade of a scale; the first of each language is the one shown."""

    grade: float
    zh_CN: list[str] = Field(min_length=1)
    en: list[str] = Field(min_length=1)

    def text(self, language: Language) -> str:
        """The word shown in one language."""
        return (self.zh_CN if language == "zh_CN" else self.en)[0]


class Scale(Model):
    """An answer scale with its theoretical ends."""

    minimum: float
    maximum: float
    step: float | None = Field(1.0, description="distance of two grades; null for a continuous scale")
    satisfied_from: float = Field(description="the lowest grade that counts for the satisfaction rate; of reversed items after turning")
    dissatisfied_to: float | None = Field(
        None,
        exclude_if=unset,
        description="the highest grade that counts as dissatisfied; by default of scales in words only: below the middle",
    )
    labels: list[GradeLabel] = Field([])
    codes: dict[float, float] = Field({}, exclude_if=nothing, description="numbers written for another grade, such as 11: 10")
    missing_codes: list[float] = Field([], description="numbers that mean no answer, such as 97, 98, 99")
    missing_labels: list[str] = Field([], description="words that mean no answer, in any language")
    fuzzy_cuts: list[float] = Field([], description="the four answers from which the grades 2, 3, 4 and 5 of a fuzzy evaluation begin")

    @model_validator(mode="after")
    def _ends_and_grades(self) -> Self:
        if self.maximum <= self.minimum:
            raise ContradictionError(
                message("must be above the minimum {minimum}, found {found}", minimum=f"{self.minimum:g}", found=f"{self.maximum:g}"),
                "maximum",
            )
        if not self.minimum < self.satisfied_from <= self.maximum:
            limits = {"minimum": f"{self.minimum:g}", "maximum": f"{self.maximum:g}"}
            problem = message("must be above {minimum} and at most {maximum}, found {found}", **limits, found=f"{self.satisfied_from:g}")
            raise ContradictionError(problem, "satisfied_from")
        if self.dissatisfied_to is not None and not self.minimum <= self.dissatisfied_to < self.satisfied_from:
            limits = {"minimum": f"{self.minimum:g}", "satisfied": f"{self.satisfied_from:g}"}
            problem = message(
                "must be at least {minimum} and below satisfied_from {satisfied}, found {found}",
                **limits,
                found=f"{self.dissatisfied_to:g}",
            )
            raise ContradictionError(problem, "dissatisfied_to")
        for position, code in enumerate(self.missing_codes):
            if self.is_grade(code):
                raise ContradictionError(
                    message("{found} is a grade of the scale, so it cannot mean no answer", found=f"{code:g}"), "missing_codes", position
                )
        for code, grade in self.codes.items():
            if not self.is_grade(grade):
                raise ContradictionError(message("{found} is not a grade of the scale", found=f"{grade:g}"), "codes", f"{code:g}")
        for position, label in enumerate(self.labels):
            if not self.is_grade(label.grade):
                raise ContradictionError(
                    message("{found} is not a grade of the scale", found=f"{label.grade:g}"), "labels", position, "grade"
                )
        cuts = self.fuzzy_cuts
        if cuts and (len(cuts) != 4 or not all(low < high for low, high in pairwise([self.minimum, *cuts])) or cuts[-1] > self.maximum):
            limits = {"minimum": f"{self.minimum:g}", "maximum": f"{self.maximum:g}"}
            raise ContradictionError(message("expected four rising answers above {minimum} and up to {maximum}", **limits), "fuzzy_cuts")
        return self

    def is_grade(self, value: float) -> bool:
        """Whether a number is an answer on this scale."""
        if not self.minimum <= value <= self.maximum:
            return False
        return self.step is None or abs((value - self.minimum) / self.step - round((value - self.minimum) / self.step)) < 1e-9

    @property
    def zero_to_ten(self) -> bool:
        """Whether whole grades run from 0 to 10, as the net promoter score asks them."""
        return (self.minimum, self.maximum, self.step) == (0, 10, 1)

    @property
    def grades(self) -> list[float]:
        """All grades from the lowest to the highest; empty for a continuous scale or one of more than 101 grades."""
        if self.step is None or (self.maximum - self.minimum) / self.step > 100:
            return []
        return [self.minimum + index * self.step for index in range(round((self.maximum - self.minimum) / self.step) + 1)]


class Item(Model):
    """A rated question."""

    code: Code
    title: LocalText = Field(description="the short name shown in tables")
    wording: LocalText | None = Field(None, description="the question as asked")
    aliases: list[str] = Field([])
    nth: int | None = Field(None, ge=1, exclude_if=unset, description="which of several columns with the same header, from the left")
    scale: Code
    reversed: bool = Field(False, description="the lowest grade is the best")
    required: bool = Field(False, description="a workbook without this item's column is an error, not a warning")
    mean_of: list[Code] = Field(
        [], exclude_if=nothing, description="items whose mean this is; it has no column, and its scale is theirs without a step"
    )
    net_promoter: bool | None = Field(
        None, exclude_if=unset, description="whether the net promoter score is reported; by default where whole grades run from 0 to 10"
    )
