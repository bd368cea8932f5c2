"""What a survey is: scales, columns and their roles, items, the indicator tree; gap items, path models and tiers from their own files.

Plain pydantic models, written by people as YAML (see ``README.md`` in this folder) and loaded by
``survey_schema.loading``. Nothing here reads a workbook or computes a number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from survey_schema.gap_items import GapItem
from survey_schema.indicator_weighting import Expert, IndicatorWeightMethod, Judgement, WeightOrigin, refuse_contradictions
from survey_schema.path_models import Construct, PathModel
from survey_schema.schema_parts import Code, ContradictionError, Convention, LocalText, Model
from survey_schema.tier_rules import TierRules
from words.language import Language, message
from words.lists import Listed

#: The parts that have files of their own are to be had from here too.
__all__ = [
    "DIMENSIONS", "STORED_COLUMNS", "Choice", "Code", "Column", "Comparison", "Construct", "ContradictionError", "Convention",
    "FuzzyRules", "GapItem", "GradeLabel", "Indicator", "Item", "Leaf", "LocalText", "Model", "PathModel", "Role", "Scale",
    "SurveySchema", "TierRules",
]  # fmt: skip


def _unset(value: object) -> bool:
    """Entries that came later are left out of a schema's canonical text where they are not used, so that its fingerprint stays."""
    return value is None


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
        exclude_if=_unset,
        description="the highest grade that counts as dissatisfied; by default of scales in words only: below the middle",
    )
    labels: list[GradeLabel] = Field([])
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
    required: bool = False
    kind: Literal["text", "number"] = Field("text", description="attributes only: how values are kept")
    choices: list[Choice] = Field([], description="known values; empty means any value")
    missing_labels: list[str] = Field([], description="words that mean that the value is not known, in any language")
    closed: bool = Field(True, description="with choices: whether other values are errors (true) or kept as they are (false)")

    @property
    def stored_as(self) -> str:
        """The column's name in a stored wave."""
        return str(self.role) if self.role.once else self.code


class Item(Model):
    """A rated question."""

    code: Code
    title: LocalText = Field(description="the short name shown in tables")
    wording: LocalText | None = Field(None, description="the question as asked")
    aliases: list[str] = Field([])
    scale: Code
    reversed: bool = Field(False, description="the lowest grade is the best")
    required: bool = Field(False, description="a workbook without this item's column is an error, not a warning")
    net_promoter: bool | None = Field(
        None, exclude_if=_unset, description="whether the net promoter score is reported; by default where whole grades run from 0 to 10"
    )


def _item_leaf(value: object) -> object:
    return {"item": value} if isinstance(value, str) else value


class Leaf(Model):
    """A leaf of the indicator tree: an asked item. Written ``C11`` or ``{item: C11, weight: 0.3}``."""

    item: Code
    weight: float | None = Field(None, ge=0)

    @property
    def code(self) -> str:
        """The item's code serves as the indicator's code."""
        return self.item


def _child_kind(value: object) -> str:
    return "<item>" if isinstance(value, Leaf) or (isinstance(value, dict) and "item" in value) else "<indicator>"


Child = Annotated[
    "Annotated[Indicator, Tag('<indicator>')] | Annotated[Leaf, Tag('<item>')]", Discriminator(_child_kind), BeforeValidator(_item_leaf)
]


class Indicator(Model):
    """A node of the indicator tree above the items."""

    code: Code
    title: LocalText
    weight: float | None = Field(None, ge=0, description="indicator weight among its siblings; weights of siblings sum to 1")
    weighting: IndicatorWeightMethod = Field("equal", description="how the children's indicator weights come about")
    judgements: list[Judgement] = Field([], description="ahp: how many times as important one child is as another, every pair once")
    experts: list[Expert] = Field([], description="expert: the weights each expert gave")
    weights_from: WeightOrigin | None = Field(None, description="the answers the children's weights were derived from")
    children: list[Child] = Field(min_length=1)

    @model_validator(mode="after")
    def _child_weights(self) -> Self:
        for position, child in enumerate(self.children):
            if self.weighting == "equal" and child.weight is not None:
                problem = message(
                    "the weighting of {parent} is equal, so no child may have a weight; write weighting: given", parent=self.code
                )
                raise ContradictionError(problem, "children", position, "weight")
            if self.weighting != "equal" and child.weight is None:
                named = {"parent": self.code, "weighting": self.weighting}
                problem = message("the weighting of {parent} is {weighting}, so every child needs a weight", **named)
                raise ContradictionError(problem, "children", position)
        total = sum(child.weight or 0 for child in self.children)
        if self.weighting != "equal" and abs(total - 1) > 1e-6:
            raise ContradictionError(message("the children's weights must sum to 1, found {found}", found=f"{total:g}"), "children")
        refuse_contradictions(self.weighting, [child.code for child in self.children], self.judgements, self.experts, self.weights_from)
        return self

    def child_weights(self) -> dict[str, float]:
        """Indicator weight of each child by code, summing to 1."""
        if self.weighting == "equal":
            return {child.code: 1 / len(self.children) for child in self.children}
        return {child.code: float(child.weight or 0) for child in self.children}

    def walk(self) -> Iterator[Indicator]:
        """This node and every node below it that is not a leaf, parents first."""
        yield self
        for child in self.children:
            if isinstance(child, Indicator):
                yield from child.walk()

    def items(self) -> list[str]:
        """Codes of all items below this node, in order."""
        return [code for child in self.children for code in (child.items() if isinstance(child, Indicator) else [child.item])]


class FuzzyRules(Model):
    """How the fuzzy comprehensive evaluation goes about: the operator of B = A∘R, and what each of the five grades is worth."""

    operator: Literal["weighted_mean", "min_max", "product_max", "bounded_sum"] = Field(
        "weighted_mean", description="M(·,+), M(∧,∨), M(·,∨) or M(∧,⊕)"
    )
    grade_values: tuple[float, float, float, float, float] = Field((100, 80, 60, 40, 20), description="points, best grade first")

    @model_validator(mode="after")
    def _falling(self) -> Self:
        if not all(0 <= low < high <= 100 for high, low in pairwise(self.grade_values)):
            raise ContradictionError(message("expected five falling numbers between 100 and 0"), "grade_values")
        return self


class Comparison(Model):
    """How results are judged."""

    smallest_interesting_difference: float = Field(1.0, gt=0, description="points on 0-100 below which a change is not called one")
    targets: dict[Code, float] = Field({}, description="indicator code -> target on 0-100")
    rivals: dict[Code, Code] = Field({}, description="our brand code -> the operator code it competes with")


class SurveySchema(Model):
    """A whole survey."""

    name: Code
    version: int = Field(1, ge=1, le=1_000_000_000)
    title: LocalText
    description: LocalText | None = None
    convention: Convention = Field("range", description="range: (x-min)/(max-min)*100; percent: x/max*100")
    scales: dict[Code, Scale]
    columns: list[Column] = Field([])
    items: list[Item] = Field(min_length=1)
    tree: Indicator
    outcome: Code | None = Field(None, description="the overall satisfaction item")
    drivers: list[Code] = Field([], description="items that may move the outcome")
    gap_items: list[GapItem] = Field([])
    path_models: list[PathModel] = Field([])
    tiers: list[TierRules] = Field([])
    fuzzy: FuzzyRules = FuzzyRules()
    comparison: Comparison = Comparison()

    @model_validator(mode="after")
    def _references(self) -> Self:
        self._refuse_repeated_codes()
        self._refuse_wrong_columns()
        self._refuse_unknown_references()
        self._refuse_wrong_tier_columns()
        return self

    def _refuse_repeated_codes(self) -> None:
        items = [(item.code, ("items", position, "code")) for position, item in enumerate(self.items)]
        columns = [(column.code, ("columns", position, "code")) for position, column in enumerate(self.columns)]
        _refuse_repeats([*items, *columns])
        _refuse_repeats([(str(column.role), ("columns", place, "role")) for place, column in enumerate(self.columns) if column.role.once])
        for position, column in enumerate(self.columns):
            _refuse_repeats([(choice.code, ("columns", position, "choices", nth, "code")) for nth, choice in enumerate(column.choices)])
        _refuse_repeats([(code, ("tree",)) for code in self.indicator_codes()])
        clash = {node.code for node in self.tree.walk()} & {code for code, _place in items}
        if clash:
            raise ContradictionError(message("{code} is both an indicator and an item", code=min(clash)), "tree")

    def _refuse_wrong_columns(self) -> None:
        kept = {*STORED_COLUMNS, *(str(role) for role in FIELDWORK if self.column_for(role))}
        for position, column in enumerate(self.columns):
            if not column.role.once and column.code in kept:
                raise ContradictionError(
                    message("{code} is kept for the role of the same name", code=column.code), "columns", position, "code"
                )
            if any(choice.ours for choice in column.choices) and column.role is not Role.OPERATOR:
                raise ContradictionError(message("only an operator can be ours"), "columns", position, "choices")
            if sum(choice.ours for choice in column.choices) > 1:
                raise ContradictionError(message("only one operator can be ours"), "columns", position, "choices")
        for position, item in enumerate(self.items):
            if item.code in kept:
                raise ContradictionError(message("{code} is kept for the role of the same name", code=item.code), "items", position, "code")

    def _refuse_unknown_references(self) -> None:
        for position, item in enumerate(self.items):
            if item.scale not in self.scales:
                problem = message("expected one of the scales {expected}, found {found}", expected=Listed(self.scales), found=item.scale)
                raise ContradictionError(problem, "items", position, "scale")
            if item.net_promoter and not self.scales[item.scale].zero_to_ten:
                problem = message("the net promoter score needs a scale of whole grades from 0 to 10; {scale} is another", scale=item.scale)
                raise ContradictionError(problem, "items", position, "net_promoter")
        items = {item.code for item in self.items}
        for code, place in self._item_references():
            if code not in items:
                raise ContradictionError(message("{code} is not an item of this schema", code=code), *place)
        known = items | {node.code for node in self.tree.walk()}
        for code in self.comparison.targets:
            if code not in known:
                problem = message("{code} is not an indicator or item of this schema", code=code)
                raise ContradictionError(problem, "comparison", "targets", code)
        for brand, operator in self.comparison.rivals.items():
            for role, code in ((Role.BRAND, brand), (Role.OPERATOR, operator)):
                if code not in {choice.code for choice in self.choices(role)}:
                    problem = message("{code} is not a choice of the {role} column", code=code, role=str(role))
                    raise ContradictionError(problem, "comparison", "rivals", brand)

    def _refuse_wrong_tier_columns(self) -> None:
        attributes = {column.code: column for column in self.columns if column.role is Role.ATTRIBUTE}
        for position, rules in enumerate(self.tiers):
            for code, as_number in rules.column_uses():
                if code not in attributes:
                    raise ContradictionError(message("{code} is not an attribute column", code=code), "tiers", position)
                if as_number and attributes[code].kind != "number":
                    raise ContradictionError(message("{code} must be of kind number to have bounds", code=code), "tiers", position)

    def _item_references(self) -> Iterator[tuple[str, tuple[str | int, ...]]]:
        """Every place that names an item."""
        for code in self.tree.items():
            yield code, ("tree",)
        if self.outcome:
            yield self.outcome, ("outcome",)
        for position, code in enumerate(self.drivers):
            yield code, ("drivers", position)
        for position, gap in enumerate(self.gap_items):
            for side in ("perception", "expectation", "importance"):
                if code := getattr(gap, side):
                    yield code, ("gap_items", position, side)
        for position, model in enumerate(self.path_models):
            for nth, construct in enumerate(model.constructs):
                for place, code in enumerate(construct.items):
                    yield code, ("path_models", position, "constructs", nth, "items", place)

    def item(self, code: str) -> Item:
        """The item of that code."""
        return next(item for item in self.items if item.code == code)

    def scale_of(self, code: str) -> Scale:
        """The scale of an item."""
        return self.scales[self.item(code).scale]

    def column_for(self, role: Role) -> Column | None:
        """The column of a role that occurs once, if the survey has it."""
        return next((column for column in self.columns if column.role is role), None)

    def choices(self, role: Role) -> list[Choice]:
        """Known values of a role's column."""
        column = self.column_for(role)
        return column.choices if column else []

    @property
    def our_operator(self) -> str | None:
        """Code of the operator that is us; None where the survey does not tell operators apart."""
        return next((choice.code for choice in self.choices(Role.OPERATOR) if choice.ours), None)

    def indicator_codes(self) -> list[str]:
        """All indicators, top first: nodes of the tree, each before its children, items included."""

        def below(node: Indicator) -> list[str]:
            return [
                node.code,
                *(code for child in node.children for code in (below(child) if isinstance(child, Indicator) else [child.item])),
            ]

        return below(self.tree)

    def title_of(self, code: str, language: Language) -> str:
        """Name of an indicator, item, column or construct; the code itself when unknown."""
        constructs = [construct for model in self.path_models for construct in model.constructs]
        named: list[Indicator | Item | Column | Construct] = [*self.tree.walk(), *self.items, *self.columns, *constructs]
        return next((thing.title.text(language) for thing in named if thing.code == code), code)

    def column_title(self, stored: str, language: Language) -> str:
        """Name of a dimension or attribute by its name in a stored wave; that name itself when the schema does not have it."""
        column = self._stored_column(stored)
        return column.title.text(language) if column else stored

    def value_title(self, stored: str, value: str | None, language: Language) -> str:
        """Name of a branch, operator, brand, business line or attribute's value; the value itself when the schema does not list it."""
        column = self._stored_column(stored)
        choice = next((choice for choice in column.choices if choice.code == value), None) if column else None
        return choice.text(language) if choice else (value or "")

    def _stored_column(self, stored: str) -> Column | None:
        return next((column for column in self.columns if column.stored_as == stored), None)


def _refuse_repeats(named: Sequence[tuple[str, tuple[str | int, ...]]]) -> None:
    seen: set[str] = set()
    for value, place in named:
        if value in seen:
            raise ContradictionError(message("{value} occurs twice", value=value), *place)
        seen.add(value)
