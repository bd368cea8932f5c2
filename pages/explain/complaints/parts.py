"""The charts of complaints: over months, by a column, and the Pareto charts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from analysis.complaints.complaint_rates import PER_MILLION, PER_TEN_THOUSAND
from analysis.complaints.ticket_sums import MONTH
from analysis.pareto.before_and_after import ParetoPair
from analysis.results.estimates import Result
from answers.complaints import COMPLAINTS
from answers.pareto import PARETO, ParetoOptions, Paretos, cause_name
from answers.topic import Answered
from charts.pareto.before_after_bars import before_after_bars
from charts.pareto.pareto_bars import pareto_bars
from pages._shared.parts.control_charts_part import signal_link
from pages._shared.parts.pick import pick
from pages._shared.parts.say import say
from pages._shared.parts.show_chart import show_chart
from pages._shared.parts.show_figure import show_figure
from pages._shared.parts.start_project import start_project
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask, scoped
from pages._shared.session.words import _, language
from reports.figures.complaints import MONTHS, PARETO_FIGURE, ROWS
from reports.figures.control_charts import CONTROL, asked_chart
from words.periods import wave_text


@dataclass(frozen=True)
class Shown:
    """What is looked at: the selections, the periods (none: all), what narrows complaints down, and per how many customers."""

    here: Chosen
    periods: Sequence[str]
    where: Mapping[str, str]
    per: str


def show_months(shown: Shown) -> list[Result]:
    """The control chart of the rate over all months there are; the rate with its intervals where there are too few for limits.

    Nothing where there is one month. Returns the results shown.
    """
    choices = {"of": "complaints", "per": int(PER_MILLION if shown.per == "per_million" else PER_TEN_THOUSAND)}
    asked = asked_chart(scoped(shown.here), choices)
    if any(phase.limits for each in asked.result.charts for phase in each.chart.phases):
        say(asked.sentence(language()))
        show_figure(CONTROL, shown.here, "complaint_months", choices)
        signal_link("complaints", None, "complaints", _("By branch, with other phases or limits"))
        return [asked.figures]
    found = ask(COMPLAINTS, shown.here, where=shown.where, by=[MONTH], periods=()).result
    if len(found.counts.estimates) > 1:
        show_figure(MONTHS, shown.here, "complaint_months", {"per": shown.per})
    return [found.rates] if len(found.counts.estimates) > 1 else []


def show_rows(shown: Shown, by: str) -> None:
    """The rate by a column, with what is certain about it as a sentence."""
    where = {column: value for column, value in shown.where.items() if column != by}
    asked = ask(COMPLAINTS, shown.here, where=where, by=[by], periods=shown.periods)
    if asked.result.customers_known:
        say(asked.sentence(language()))
    show_figure(ROWS, shown.here, "complaint_rows", {"by": by, "periods": list(shown.periods), "per": shown.per})


def show_paretos(
    shown: Shown, by: str, then: str | None, titles: Mapping[str, str], before: str | None = None
) -> Answered[ParetoOptions, Paretos]:
    """The chart, and the pair with an earlier period where one is named; ``titles`` of the columns."""
    asked = ask(PARETO, shown.here, ParetoOptions(then=then, before=before), where=shown.where, by=[by], periods=shown.periods)
    found, name = asked.result, cause_name(asked.asked, by, language())
    say(asked.sentence(language()))
    show_figure(PARETO_FIGURE, shown.here, "pareto", {"by": by, "then": then, "before": before, "periods": list(shown.periods)})
    if found.chart.vital_few:
        first = _("Fewer complaints: {cause}").format(cause=name(found.chart.vital_few[0].cause))
        choices = {"by": by, "periods": list(shown.periods)}
        start_project(shown.here, "cause", first, PARETO_FIGURE, "complaints", choices=choices, outcome={"of": "complaints"})
    if found.pair is not None and before is not None:
        show_pair(asked, found.pair, before, titles[by], name)
    return asked


def show_within(
    shown: Shown, by: str, then: str | None, titles: Mapping[str, str], before: str | None = None
) -> Answered[ParetoOptions, Paretos]:
    """What one of the vital few is made of, which the reader picks among those in which there is something to tell apart."""
    asked = ask(PARETO, shown.here, ParetoOptions(then=then, before=before), where=shown.where, by=[by], periods=shown.periods)
    name, inner = (cause_name(asked.asked, column, language()) for column in (by, then or by))
    say(asked.sentence(language()))
    causes = {str(chart.where[by]): chart for chart in asked.result.within}
    if not causes:
        say(_("Within the causes with most complaints there is nothing to tell apart."), "small")
        return asked
    cause = pick(_("Cause"), list(causes), "pareto_within", name)
    title = _("Within “{cause}”: {column}").format(cause=name(cause), column=titles[then or by])
    draw = partial(
        pareto_bars, causes[cause], title=title, name=inner, name_header=titles[then or by],
        vital_share=asked.question.options.vital / 100,
    )  # fmt: skip
    show_chart(draw, shown.here.schema, "pareto_within")
    return asked


def show_pair(
    asked: Answered[ParetoOptions, Paretos], pair: ParetoPair, before: str, heading: str, name: Callable[[str | None], str]
) -> None:
    """Each cause before and after, a month."""
    lasted = {entry.keys["figure"]: entry.value or 0.0 for entry in asked.figures.estimates if entry.code == "base"}
    after = asked.question.waves
    last = wave_text(after[-1], language())
    periods = (wave_text(before, language()), last if len(after) == 1 else f"{wave_text(after[0], language())} – {last}")
    draw = partial(
        before_after_bars, pair, title=_("Before and after: {column}").format(column=heading), name=name, name_header=heading,
        periods=periods, months=(lasted["months_before"], lasted["months_after"]),
    )  # fmt: skip
    show_chart(draw, asked.asked.schema, "pareto_pair")
