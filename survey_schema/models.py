"""What a survey is: all its parts together, and that they do not contradict each other.

The parts have modules of their own: questions and scales, columns, the indicator tree, rules, gap items, Kano's pairs, path models, tiers.
Plain pydantic models, written by people as YAML (see ``README.md`` in this folder) and loaded by ``survey_schema.loading``. Nothing here
reads a workbook or computes a number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, Self

from pydantic import Field, model_validator

from survey_schema.answer_columns import column_codes, columns_of, option_questions
from survey_schema.answer_options import MultiQuestion, Ranking
from survey_schema.columns import FIELDWORK, STORED_COLUMNS, Choice, Column, Role
from survey_schema.comment_words import CommentWord
from survey_schema.evaluation_rules import Comparison, FuzzyRules
from survey_schema.gap_items import GapItem
from survey_schema.indicator_tree import Indicator
from survey_schema.kano_pairs import GRADES, KanoPair
from survey_schema.operations import ComplaintRules, KpiDefinition, Promise
from survey_schema.path_models import Construct, PathModel
from survey_schema.questions import Item, Scale
from survey_schema.recovery_rules import RecoveryRules, usual_rules
from survey_schema.repeats import Repeat
from survey_schema.schema_parts import Code, ContradictionError, Convention, LocalText, Model, unset
from survey_schema.shorthand import spelled_out
from survey_schema.tier_rules import TierRules
from words.language import Language, message
from words.lists import Listed


def _unused(value: object) -> bool:
    """Entries that came later are left out of a schema's canonical text where they are not used, so that its fingerprint stays."""
    return value == []


def _by_date(value: object) -> bool:
    return value == "by_date"


class QuestionGroup(Model):
    """Items that belong together, whether or not they stand in the tree; the code book says so."""

    code: Code
    title: LocalText
    items: list[Code] = Field(min_length=1)


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
    kano_pairs: list[KanoPair] = Field([], exclude_if=_unused, description="features asked as if they were there and as if they were not")
    multi: list[MultiQuestion] = Field([], exclude_if=_unused, description="questions to which several answers may be given")
    rankings: list[Ranking] = Field([], exclude_if=_unused, description="questions that put options in order")
    recommend: Code | None = Field(None, exclude_if=unset, description="the item that asks how likely one is to recommend, from 0 to 10")
    repeat: Repeat | None = Field(None, exclude_if=unset, description="operators or brands that one respondent scores side by side")
    groups: list[QuestionGroup] = Field([], exclude_if=_unused, description="items that belong together outside the tree")
    waves: Literal["by_date", "none"] = Field(
        "by_date", exclude_if=_by_date, description="none: a survey asked once, whose dates do not cut it into quarters"
    )
    comment_words: list[CommentWord] = Field([], exclude_if=_unused, description="words counted in comments; empty means the usual ones")
    path_models: list[PathModel] = Field([])
    tiers: list[TierRules] = Field([])
    recovery: RecoveryRules = Field(RecoveryRules(), exclude_if=usual_rules, description="whom to recover, by when, and how often to ask")
    fuzzy: FuzzyRules = FuzzyRules()
    comparison: Comparison = Comparison()
    checklist: list[Choice] = Field([], description="items of the inspections' checklist; empty means any")
    complaints: ComplaintRules = ComplaintRules()
    kpis: list[KpiDefinition] = Field([])
    promises: list[Promise] = Field([])

    @model_validator(mode="before")
    @classmethod
    def _spelled_out(cls, data: object) -> object:
        return spelled_out(data)

    @model_validator(mode="after")
    def _references(self) -> Self:
        self._refuse_repeated_codes()
        self._refuse_wrong_columns()
        self._refuse_unknown_references()
        self._refuse_wrong_tier_columns()
        self._refuse_wrong_kano_pairs()
        self._refuse_wrong_options()
        self._refuse_wrong_repeat()
        return self

    def _refuse_repeated_codes(self) -> None:
        items = [(item.code, ("items", position, "code")) for position, item in enumerate(self.items)]
        columns = [(column.code, ("columns", position, "code")) for position, column in enumerate(self.columns)]
        _refuse_repeats([*items, *columns])
        _refuse_repeats([(str(column.role), ("columns", place, "role")) for place, column in enumerate(self.columns) if column.role.once])
        for position, column in enumerate(self.columns):
            _refuse_repeats([(choice.code, ("columns", position, "choices", nth, "code")) for nth, choice in enumerate(column.choices)])
        _refuse_repeats([(code, ("tree",)) for code in self.indicator_codes()])
        for name in ("checklist", "kpis", "promises", "kano_pairs", "groups", "comment_words"):
            _refuse_repeats([(each.code, (name, position, "code")) for position, each in enumerate(getattr(self, name))])
        for name in ("classes", "causes"):
            listed: list[Choice] = getattr(self.complaints, name)
            _refuse_repeats([(each.code, ("complaints", name, position, "code")) for position, each in enumerate(listed)])
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

    def _refuse_wrong_kano_pairs(self) -> None:
        for position, pair in enumerate(self.kano_pairs):
            if pair.functional == pair.dysfunctional:
                problem = message("the two questions of a feature cannot be the same one, {code}", code=pair.functional)
                raise ContradictionError(problem, "kano_pairs", position, "dysfunctional")
            for side, code in (("functional", pair.functional), ("dysfunctional", pair.dysfunctional)):
                if (found := len(self.scale_of(code).grades)) != GRADES:
                    problem = message(
                        "expected a question with five grades, from “I like it that way” to “I dislike it that way”; {code} has {found}",
                        code=code, found=found,
                    )  # fmt: skip
                    raise ContradictionError(problem, "kano_pairs", position, side)

    def _refuse_wrong_options(self) -> None:
        kept = {*STORED_COLUMNS, *(column.stored_as for column in self.columns), *(column.code for column in self.columns)}
        taken = kept | {item.code for item in self.items} | {node.code for node in self.tree.walk()}
        for name in ("multi", "rankings"):
            questions: list[MultiQuestion | Ranking] = getattr(self, name)
            for position, question in enumerate(questions):
                for code in column_codes(question):
                    if code in taken:
                        raise ContradictionError(message("{code} is the code of something else already", code=code), name, position, "code")
                    taken.add(code)
        self._refuse_wrong_recommendation()
        self._refuse_wrong_means()

    def _refuse_wrong_means(self) -> None:
        """A mean is of items that are asked, on a scale that has room for what lies between their grades."""
        for position, item in enumerate(self.items):
            if not item.mean_of:
                continue
            scale, parts = self.scales[item.scale], [self.item(code) for code in item.mean_of]
            if any(part.mean_of for part in parts):
                raise ContradictionError(message("a mean cannot be of another mean"), "items", position, "mean_of")
            if scale.step is not None:
                problem = message("a mean lies between grades, so its scale needs step: null; {scale} has steps", scale=item.scale)
                raise ContradictionError(problem, "items", position, "scale")
            for part in parts:
                own = self.scales[part.scale]
                if (own.minimum, own.maximum) != (scale.minimum, scale.maximum) or part.reversed != item.reversed:
                    problem = message("{code} has other ends, or its best end is another one", code=part.code)
                    raise ContradictionError(problem, "items", position, "mean_of")

    def _refuse_wrong_recommendation(self) -> None:
        if self.recommend is not None:
            item = next((item for item in self.items if item.code == self.recommend), None)
            if item is not None and not self.scales[item.scale].zero_to_ten:
                problem = message("the net promoter score needs a scale of whole grades from 0 to 10; {scale} is another", scale=item.scale)
                raise ContradictionError(problem, "recommend")
            if item is not None and item.net_promoter is False:
                raise ContradictionError(message("{code} is said to have no net promoter score", code=item.code), "recommend")

    def _refuse_wrong_repeat(self) -> None:
        """Operators side by side: what is named is there, and no column is meant twice."""
        repeat = self.repeat
        if repeat is None:
            return
        column = next((column for column in self.columns if column.code == repeat.by), None)
        if column is None or column.role not in (Role.OPERATOR, Role.BRAND) or len(column.choices) < 2:
            problem = message("expected the operator or brand column with two choices or more, found {found}", found=repeat.by)
            raise ContradictionError(problem, "repeat", "by")
        if self.column_for(Role.CLUSTER):
            raise ContradictionError(
                message("each person is a sampling unit here, so the survey cannot have a column for clusters as well"), "repeat"
            )
        places = {"values": {choice.code for choice in column.choices}, "items": {item.code for item in self.items}}
        for name, known in places.items():
            for position, code in enumerate(getattr(repeat, name)):
                if code not in known:
                    problem = message("expected one of {expected}, found {found}", expected=Listed(sorted(known), 12), found=code)
                    raise ContradictionError(problem, "repeat", name, position)
        for position, special in enumerate(repeat.columns):
            for side, known in zip(("item", "value"), (places["items"], places["values"]), strict=True):
                if (code := getattr(special, side)) not in known:
                    problem = message("expected one of {expected}, found {found}", expected=Listed(sorted(known), 12), found=code)
                    raise ContradictionError(problem, "repeat", "columns", position, side)
        codes = [item.code for item in self.items] + [column.code for column in self.columns]
        taken = {item.code for item in repeat.side_by_side(self.items, column.choices)} & set(codes)
        if taken:
            raise ContradictionError(message("{code} is the name of a column side by side as well", code=min(taken)), "repeat")

    def _listed_items(self) -> Iterator[tuple[str, tuple[str | int, ...]]]:
        """Items that groups and means are made of."""
        for position, group in enumerate(self.groups):
            yield from ((code, ("groups", position, "items", nth)) for nth, code in enumerate(group.items))
        for position, item in enumerate(self.items):
            yield from ((code, ("items", position, "mean_of", nth)) for nth, code in enumerate(item.mean_of))

    def _item_references(self) -> Iterator[tuple[str, tuple[str | int, ...]]]:
        """Every place that names an item."""
        for code in self.tree.items():
            yield code, ("tree",)
        if self.outcome:
            yield self.outcome, ("outcome",)
        if self.recommend:
            yield self.recommend, ("recommend",)
        for position, code in enumerate(self.drivers):
            yield code, ("drivers", position)
        yield from self._listed_items()
        for position, gap in enumerate(self.gap_items):
            for side in ("perception", "expectation", "importance"):
                if code := getattr(gap, side):
                    yield code, ("gap_items", position, side)
        for position, pair in enumerate(self.kano_pairs):
            for side in ("functional", "dysfunctional", "satisfaction"):
                if code := getattr(pair, side):
                    yield code, ("kano_pairs", position, side)
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

    @property
    def gap_dimensions(self) -> dict[str, LocalText]:
        """The dimensions that gap items name, in their order, by a code: ``dimension_1``, …"""
        titles: dict[str, LocalText] = {}
        for gap in self.gap_items:
            if gap.dimension is not None:
                titles.setdefault(gap.dimension.en, gap.dimension)
        return {f"dimension_{place}": title for place, title in enumerate(titles.values(), 1)}

    def title_of(self, code: str, language: Language) -> str:
        """Name of an indicator, item, column, question, option (by its stored column), construct, promise, KPI, Kano feature or checklist
        item; the code itself when unknown."""
        constructs = [construct for model in self.path_models for construct in model.constructs]
        named: list[Indicator | Item | Column | Construct | Choice | Promise | KpiDefinition | KanoPair] = [
            *self.tree.walk(), *self.items, *self.columns, *constructs, *self.checklist, *self.promises, *self.kpis, *self.kano_pairs
        ]  # fmt: skip
        found = next((thing.title for thing in named if thing.code == code), None) or self.gap_dimensions.get(code)
        found = found or self._titles_of_options.get(code)
        return found.text(language) if found else code

    @property
    def _titles_of_options(self) -> dict[str, LocalText]:
        titles: dict[str, LocalText] = {}
        for question in option_questions(self):
            titles[question.code] = question.title
            titles |= {column.code: column.title for column in columns_of(question)}
            titles |= {question.stored(option.code): option.title for option in question.options}
        return titles

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
