"""The list of topics: name → module in this room, and what it answers in a line. Imports nothing heavy, for ``--help``."""

from __future__ import annotations

from typing import NamedTuple

from words.language import Message, message


class Entry(NamedTuple):
    """Where a topic is defined, and its line."""

    module: str
    title: Message


TOPICS: dict[str, Entry] = {
    "index": Entry("index", message("The satisfaction index and its indicators, with intervals.")),
    "trend": Entry("index", message("The index over the waves.")),
    "control-chart": Entry("control_chart", message("Whether a figure moves more than chance explains, since when, by which rule.")),
    "rates": Entry("items", message("Shares satisfied, dissatisfied and top box, and net promoter scores.")),
    "choices": Entry("choices", message("Questions of several answers: the share of people and of mentions of each option.")),
    "ranking": Entry("ranking", message("Rankings: score by places, share put first and mean rank of each option.")),
    "nps": Entry("nps", message("The net promoter score with promoters, passives and detractors.")),
    "dispersion": Entry("items", message("How much customers disagree on each question.")),
    "distribution": Entry("items", message("How the answers to each question spread over its grades.")),
    "league": Entry("league", message("Groups in order, with the letters and verdicts that say which can be told apart.")),
    "crosstab": Entry("crosstab", message("Rows by columns of any grouping: scores, shares or several answers, with letters and totals.")),
    "compare": Entry("compare", message("Differences: with the rest, the best, a target, a group, the competitors or an earlier wave.")),
    "ranks": Entry("league", message("The rank of each group with the ranks it may hold.")),
    "funnel": Entry("funnel", message("How far each group lies from all together, and how far it may lie by chance.")),
    "decompose": Entry("decompose", message("A change parted into who answered and what they said.")),
    "effect": Entry(
        "effect",
        message(
            "Whether a measure worked: before and after, less the change of the branches left untouched; target reached, promised "
            "against achieved."
        ),
    ),
    "recovery": Entry("recovery", message("Unhappy customers to be contacted: who, how far it got, and whether it helped them.")),
    "cause-test": Entry("cause_test", message("Whether each end cause is confirmed: its test and its influence on the problem.")),
    "composite": Entry("composite", message("Scores with customers as weights, beside those of the respondents.")),
    "indicator-weights": Entry("indicator_weights", message("Indicator weights by a method, or two sets and what they do to ranks.")),
    "fuzzy": Entry("fuzzy", message("Memberships in five grades up the tree, and the score (fuzzy comprehensive evaluation).")),
    "planner": Entry("planner", message("What a wave shows of each group, and how many responses a wish needs.")),
    "weights": Entry("weights", message("Respondent weights of a wave: what they cost, and what they do to the index.")),
    "drivers": Entry("drivers", message("What moves the outcome: regression, importance, penalty and reward, steps, diagnostics.")),
    "importance": Entry("drivers", message("How much of the outcome each driver explains; by group, against the rest.")),
    "ipa": Entry("importance_performance", message("What to improve first: importance against performance, question by question.")),
    "kano": Entry("kano", message("What is taken for granted and what delights: Kano's classes from pairs, and by penalty and reward.")),
    "what-if": Entry("what_if", message("What shifting drivers would bring, or the cheapest shifts that reach a level.")),
    "budget": Entry("budget", message("Which measures to take for a budget, what they are expected to bring, what the choice hinges on.")),
    "reliability": Entry("measurement", message("Whether each set of questions measures one thing (Cronbach's α, McDonald's ω).")),
    "factors": Entry("measurement", message("Which questions go together: rotated factors and their scores.")),
    "path-model": Entry("path_model", message("Paths, indices and quality of the survey's path model; by group, what differs.")),
    "tiers": Entry("tiers", message("Customers in layers: how satisfied, how many unhappy, whom to win back, who moved.")),
    "gaps": Entry("gaps", message("The five service gaps: importance, belief, standard, delivery, promise, expectation and perception.")),
    "inspections": Entry("inspections", message("Where halls lose points: by item, hall, branch, month or visit, and again and again.")),
    "data-quality": Entry("data_quality", message("Whether the answers of a wave can be relied on: six checks.")),
    "comments": Entry("comments", message("What customers say in their own words, with their scores, and the words they mention.")),
    "complaints": Entry("complaints", message("What customers complain about and how often, and how their tickets are handled.")),
    "benchmarks": Entry("benchmarks", message("What an indicator is read against: values from outside, last year, the best branch.")),
    "kpis": Entry("kpis", message("Whether KPIs meet their targets, and the objective index beside the index of the survey.")),
    "kpi-panel": Entry("kpi_panel", message("Whether satisfaction moves with a KPI within branches, in the same months or later.")),
    "measures": Entry("measures", message("Which measures are overdue, how much of each is done, and what its target did meanwhile.")),
    "pareto": Entry("pareto", message("Which few causes make most complaints.")),
}
