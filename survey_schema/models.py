"""What a survey is: scales, columns and their roles, items, the indicator tree, gap triples, path models.

Plain pydantic models, written by people as YAML (see ``README.md`` in this folder) and loaded by
``survey_schema.loading``. Nothing here reads a workbook or computes a number.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from survey_schema.language import Language

Code = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", description="letters, digits and _, starting with a letter")]
Convention = Literal["range", "percent"]


class Model(BaseModel):
    """Base of every schema model: unknown keys are refused, instances are frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LocalText(Model):
    """One text in both languages."""

    zh_CN: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def text(self, language: Language) -> str:
        """The text in one language."""
        return self.zh_CN if language == "zh_CN" else self.en


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
    satisfied_from: float = Field(description="the lowest grade that counts for the satisfaction rate")
    labels: list[GradeLabel] = []
    missing_codes: list[float] = Field([], description="numbers that mean no answer, such as 97, 98, 99")
    missing_labels: list[str] = Field([], description="words that mean no answer, in any language")

    @model_validator(mode="after")
    def _ends_and_grades(self) -> Self:
        if self.maximum <= self.minimum:
            raise ValueError(f"maximum must be above minimum {self.minimum:g}, found {self.maximum:g}")
        if not self.minimum < self.satisfied_from <= self.maximum:
            raise ValueError(f"satisfied_from must be above {self.minimum:g} and at most {self.maximum:g}, found {self.satisfied_from:g}")
        inside = [code for code in self.missing_codes if self.minimum <= code <= self.maximum and self.is_grade(code)]
        if inside:
            raise ValueError(f"missing_codes must lie outside the grades, found {inside[0]:g}")
        for label in self.labels:
            if not self.is_grade(label.grade):
                raise ValueError(f"every label needs a grade of the scale, found {label.grade:g}")
        return self

    def is_grade(self, value: float) -> bool:
        """Whether a number is an answer on this scale."""
        if not self.minimum <= value <= self.maximum:
            return False
        return self.step is None or abs((value - self.minimum) / self.step - round((value - self.minimum) / self.step)) < 1e-9

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
    ATTRIBUTE = "attribute"
    OPEN_COMMENT = "open_comment"
    PRIVATE = "private"

    @property
    def once(self) -> bool:
        """Whether a schema may have only one column of this role."""
        return self not in (Role.ATTRIBUTE, Role.OPEN_COMMENT, Role.PRIVATE)


#: The group-by dimensions every stored wave has, in this order (null where the survey does not ask).
DIMENSIONS: tuple[str, ...] = (Role.BRANCH, Role.OPERATOR, Role.BRAND, Role.BUSINESS_LINE)
#: Columns every stored response has beside its items, attributes and comments.
STORED_COLUMNS: tuple[str, ...] = (
    "source_row", Role.WAVE, *DIMENSIONS, Role.RESPONDENT_WEIGHT, Role.STRATUM, Role.CLUSTER, Role.RESPONDENT_ID, "replicate_group",
)  # fmt: skip


class Choice(Model):
    """One known value of a column: a branch, an operator, a brand, an attribute class."""

    code: Code
    title: LocalText
    aliases: list[str] = []
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
    aliases: list[str] = []
    scale: Code
    reversed: bool = Field(False, description="the lowest grade is the best")
    required: bool = Field(False, description="a workbook without this item's column is an error, not a warning")


def _item_leaf(value: object) -> object:
    return {"item": value} if isinstance(value, str) else value


class Leaf(Model):
    """A leaf of the indicator tree: an asked item. Written ``C11`` or ``{item: C11, weight: 0.3}``."""

    item: Code
    weight: float | None = Field(None, gt=0)

    @property
    def code(self) -> str:
        """The item's code serves as the indicator's code."""
        return self.item


Child = Annotated["Indicator | Leaf", BeforeValidator(_item_leaf)]


class Indicator(Model):
    """A node of the indicator tree above the items."""

    code: Code
    title: LocalText
    weight: float | None = Field(None, gt=0, description="indicator weight among its siblings; weights of siblings sum to 1")
    weighting: Literal["equal", "given"] = Field("equal", description="how the children's indicator weights come about")
    children: list[Child] = Field(min_length=1)

    @model_validator(mode="after")
    def _child_weights(self) -> Self:
        given = [child.weight for child in self.children]
        if self.weighting == "equal":
            if any(weight is not None for weight in given):
                raise ValueError(f"{self.code}: weighting is equal, so no child may have a weight; write weighting: given")
        else:
            if any(weight is None for weight in given):
                raise ValueError(f"{self.code}: weighting is given, so every child needs a weight")
            total = sum(weight for weight in given if weight is not None)
            if abs(total - 1) > 1e-6:
                raise ValueError(f"{self.code}: the children's weights must sum to 1, found {total:g}")
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


class GapItem(Model):
    """One service item asked twice or three times: perception, and expectation and/or stated importance."""

    code: Code
    title: LocalText
    dimension: LocalText | None = None
    perception: Code
    expectation: Code | None = None
    importance: Code | None = None


class Construct(Model):
    """A latent variable of a path model and the items that measure it."""

    code: Code
    title: LocalText
    items: list[Code] = Field(min_length=1)
    mode: Literal["A", "B"] = "A"


class PathModel(Model):
    """A structural model: constructs and the arrows between them."""

    code: Code
    title: LocalText
    constructs: list[Construct] = Field(min_length=2)
    paths: list[tuple[Code, Code]] = Field(min_length=1, description="[from, to] by construct code; no cycles")
    satisfaction: Code = Field(description="the construct whose index is the satisfaction index")

    @model_validator(mode="after")
    def _known_and_acyclic(self) -> Self:
        known = {construct.code for construct in self.constructs}
        for code in [self.satisfaction, *(end for path in self.paths for end in path)]:
            if code not in known:
                raise ValueError(f"{self.code}: {code} is not one of the constructs {', '.join(sorted(known))}")
        waiting = set(known)
        while waiting:
            ready = {code for code in waiting if not any(end == code and start in waiting for start, end in self.paths)}
            if not ready:
                raise ValueError(f"{self.code}: the paths form a cycle among {', '.join(sorted(waiting))}")
            waiting -= ready
        return self


class Comparison(Model):
    """How results are judged."""

    smallest_interesting_difference: float = Field(1.0, gt=0, description="points on 0-100 below which a change is not called one")
    targets: dict[Code, float] = Field({}, description="indicator code -> target on 0-100")
    rivals: dict[Code, Code] = Field({}, description="our brand code -> the operator code it competes with")


class SurveySchema(Model):
    """A whole survey."""

    name: Code
    version: int = Field(1, ge=1)
    title: LocalText
    description: LocalText | None = None
    convention: Convention = Field("range", description="range: (x-min)/(max-min)*100; percent: x/max*100")
    scales: dict[Code, Scale]
    columns: list[Column] = []
    items: list[Item] = Field(min_length=1)
    tree: Indicator
    outcome: Code | None = Field(None, description="the overall satisfaction item")
    drivers: list[Code] = Field([], description="items that may move the outcome")
    gap_items: list[GapItem] = []
    path_models: list[PathModel] = []
    comparison: Comparison = Comparison()

    @model_validator(mode="after")
    def _references(self) -> Self:
        codes = [item.code for item in self.items] + [column.code for column in self.columns]
        _refuse_twice(codes, "item or column code")
        _refuse_twice([column.role for column in self.columns if column.role.once], "role")
        for column in self.columns:
            if not column.role.once and column.code in STORED_COLUMNS:
                raise ValueError(f"columns.{column.code}: this code is kept for the role of the same name")
            _refuse_twice([choice.code for choice in column.choices], f"choice of columns.{column.code}")
            if any(choice.ours for choice in column.choices) and column.role is not Role.OPERATOR:
                raise ValueError(f"columns.{column.code}: only an operator can be ours")
        if sum(choice.ours for choice in self.choices(Role.OPERATOR)) > 1:
            raise ValueError("only one operator can be ours")
        items = {item.code for item in self.items}
        for item in self.items:
            if item.code in STORED_COLUMNS:
                raise ValueError(f"items.{item.code}: this code is kept for a role")
            if item.scale not in self.scales:
                raise ValueError(f"items.{item.code}.scale: expected one of {', '.join(self.scales)}, found {item.scale}")
        nodes = [node.code for node in self.tree.walk()]
        _refuse_twice(nodes + self.tree.items(), "indicator in the tree")
        asked = [("tree", self.tree.items()), ("drivers", self.drivers), ("outcome", [self.outcome] if self.outcome else [])]
        for gap in self.gap_items:
            asked.append((f"gap_items.{gap.code}", [code for code in (gap.perception, gap.expectation, gap.importance) if code]))
        for model in self.path_models:
            asked += [(f"path_models.{model.code}.{construct.code}", construct.items) for construct in model.constructs]
        for where, wanted in asked:
            for code in wanted:
                if code not in items:
                    raise ValueError(f"{where}: {code} is not an item of this schema")
        clash = set(nodes) & items
        if clash:
            raise ValueError(f"tree: {sorted(clash)[0]} is both an indicator and an item")
        for code in self.comparison.targets:
            if code not in nodes and code not in items:
                raise ValueError(f"comparison.targets: {code} is not an indicator or item")
        return self

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
            return [node.code, *(code for child in node.children for code in (below(child) if isinstance(child, Indicator) else [child.item]))]

        return below(self.tree)

    def title_of(self, code: str, language: Language) -> str:
        """Name of an indicator, item or column; the code itself when unknown."""
        named = [*self.tree.walk(), *self.items, *self.columns]
        return next((thing.title.text(language) for thing in named if thing.code == code), code)

    def value_title(self, role: str, value: str | None, language: Language) -> str:
        """Name of a branch, operator, brand or business line; the stored value itself when the schema does not list it."""
        choice = next((choice for choice in self.choices(Role(role)) if choice.code == value), None)
        return choice.text(language) if choice else (value or "")


def _refuse_twice(values: list[str], what: str) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise ValueError(f"{what} {value} occurs twice")
        seen.add(value)
