"""What the charts of a choice of measures share: their table, the unit of money on an axis, the finding in a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.measure_choice.choose import MeasureChoice
from analysis.measure_choice.sentence import budget_sentence
from analysis.results.sentences import plain_text
from charts.kit.description.description import TableColumn, table_of
from charts.kit.layout import Canvas
from words.language import Language, translator


@dataclass(frozen=True)
class MoneyUnit:
    """What amounts on an axis are counted in: so many ``yuan``, by ``name``."""

    yuan: float
    name: str


def cost_unit(choice: MeasureChoice, language: Language) -> MoneyUnit:
    """Ten thousand yuan in Chinese, a thousand in English; yuan where no measure costs that much."""
    _ = translator(language)
    size = 1e4 if language == "zh_CN" else 1e3
    if max((each.cost for each in choice.found), default=0.0) < size:
        return MoneyUnit(1.0, _("yuan"))
    return MoneyUnit(size, _("thousand yuan"))


def finding(choice: MeasureChoice, on: Canvas) -> str:
    """The answer, for the ear."""
    return plain_text(budget_sentence(choice, on.title(choice.outcome), on.language))


def measures_table(choice: MeasureChoice, on: Canvas) -> tuple[TableColumn, ...]:
    """Every figure of every measure, the chosen ones first."""
    _ = translator(on.language)
    ordered = [*choice.taken, *choice.left]
    branches = any(each.candidate.branch for each in ordered)
    return table_of(
        {
            _("Measure to choose"): [each.candidate.name for each in ordered],
            _("Chosen"): [_("yes") if each.units else _("no") for each in ordered],
            _("Units"): [each.units for each in ordered],
            _("Acts on"): [on.title(each.candidate.driver) for each in ordered],
            **(
                {_("Branch"): [on.value("branch", each.candidate.branch) if each.candidate.branch else "" for each in ordered]}
                if branches
                else {}
            ),
            _("Shift, points"): [each.candidate.shift for each in ordered],
            _("Customers reached, %"): [100 * each.candidate.reach for each in ordered],
            _("Cost of a unit, yuan"): [each.candidate.cost for each in ordered],
            _("Expected points"): [each.alone.value for each in ordered],
            _("Lower end"): [each.alone.low for each in ordered],
            _("Upper end"): [each.alone.high for each in ordered],
            _("Chosen up to this cost of a unit"): [each.hinge.cost for each in ordered],
            _("Chosen from this shift on"): [each.hinge.shift for each in ordered],
            _("Chosen in % of draws"): [100 * each.share_of_draws for each in ordered],
        }
    )
