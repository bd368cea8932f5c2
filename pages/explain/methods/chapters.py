"""The chapters of *Methods*: those of the topics, then the ones here, which belong to all of them or to what is no topic."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator

import analysis
from answers.topic import Chapter
from answers.topic_list import TOPICS
from answers.topics import topic_named
from words.language import message

#: A module that holds a public function with one of these beginnings makes figures that are shown, and needs a chapter.
FIGURES = ("estimate_", "compare_")


#: Chapters of what no topic of ``answers`` computes, or several do.
CHAPTERS: tuple[Chapter, ...] = (
    Chapter(
        "sums.scores",
        message("Scores"),
        message(
            "Every answer is rescaled to 0–100 from the theoretical ends of its scale, never from the answers that happened to occur. "
            "Convention “range” runs from the lowest to the highest grade, “percent” divides by the highest grade. "
            "Reversed questions are turned first; no answer is missing, never zero."
        ),
        r"\text{range: } \frac{x-\min}{\max-\min}\cdot 100 \qquad \text{percent: } \frac{x}{\max}\cdot 100",
    ),
    Chapter(
        "indicator_weights.weight_sets",
        message("Indicator weights"),
        message(
            "Weights of the parts of an indicator sum to 1. They are decided, judged by people, or derived from answers, and the survey "
            "says which it was. Weights from answers have intervals; they come from one wave and stay as they are for the next."
        ),
    ),
    Chapter(
        "indicator_weights.indicator_weights",
        message("Weights from answers"),
        message(
            "Regression, relative importance, the first component or a path model, from the questions up: a part with parts of its own is "
            "scored by the weights just found below it. Intervals come from leaving out replicate groups, the whole tree derived again."
        ),
    ),
    Chapter(
        "indicator_weights.entropy_weights",
        message("Entropy weights"),
        message(
            "The more branches differ on an indicator, the more it weighs. That tells branches apart; it does not say what matters to "
            "customers."
        ),
        r"e_j = -\frac{1}{\ln m}\sum_i p_{ij}\ln p_{ij}, \qquad w_j = \frac{1-e_j}{\sum_j (1-e_j)}",
    ),
    Chapter(
        "indicator_weights.ahp_weights",
        message("Pairwise judgements (AHP)"),
        message(
            "Every pair of indicators is judged from 1 (equally important) to 9 (extremely more important). The weights are the principal "
            "eigenvector; judgements that contradict each other, a consistency ratio of 0.10 or more, are refused."
        ),
        r"CI = \frac{\lambda_{\max}-k}{k-1}, \qquad CR = CI/RI < 0.10",
    ),
    Chapter(
        "indicator_weights.expert_weights",
        message("Weights by experts"),
        message("Each expert's weights are brought to sum 1 and averaged; how far the experts differ is shown."),
    ),
    Chapter(
        "indicator_weights.compare_weight_sets",
        message("Two sets of weights"),
        message(
            "The same answers under two sets: the difference of the index is one figure on the same respondents, so its interval is far "
            "narrower than those of the two indices. A change of rank within the possible ranks is no change that the answers prove."
        ),
        r"\Delta = \sum_i (a'_i - a_i)\, m_i",
    ),
    Chapter(
        "respondent_weights.respondent_weights",
        message("Respondent weights"),
        message(
            "Raking multiplies the weights as stored, or 1, by a factor for each category until the shares of every margin are those of "
            "the population; cell weighting does it for every combination at once. Trimming holds weights at a limit while the margins are "
            "met all the same. A category without respondents, or respondents without a target, refuse it by name."
        ),
        r"w_k = \min\Big(d_k \prod_m f_{m,c_m(k)},\; r\Big), \qquad \mathrm{deff}_w = \frac{n\sum w^2}{(\sum w)^2}",
    ),
    Chapter(
        "respondent_weights.raked_replicates",
        message("Errors of raked weights"),
        message(
            "Raked weights depend on the sample. One standard error takes them as given; the other leaves out each replicate group in turn "
            "and rakes the rest again. Where the margins explain the answers, the second one is smaller."
        ),
    ),
    Chapter(
        "sums.raked_waves",
        message("Intervals of raked waves"),
        message(
            "Where a weighting made here is in force, every sample is brought to the same margins, so what the margins explain of a figure "
            "does not vary. Intervals of scores, shares, changes and comparisons are those of the residuals from a weighted regression on "
            "the margins over the whole wave (calibrated linearisation; Deville and Särndal 1992), and so are those of regressions. "
            "Statistics by replicate groups (importance, factors, reliability, path model, weights from answers, fuzzy memberships) rake "
            "the weights again without each group. Only weights that came with the workbook are taken as given."
        ),
        r"u_k = w_k\,(z_k - x_k^{\top} B), \qquad B = \Big(\sum w_k x_k x_k^{\top}\Big)^{-1} \sum w_k x_k z_k",
    ),
    Chapter(
        "inference.linearise",
        message("Intervals"),
        message(
            "The error of a figure follows from the influence each respondent has on it (Taylor linearisation), with strata and sampling "
            "clusters where the survey names them; Student's t with sampling units minus strata degrees of freedom. "
            "Agrees with the R package survey to eight decimals."
        ),
        r"\operatorname{var}(L)=\sum_h \frac{n_h}{n_h-1}\Big[\sum_p t_p^2-\frac{(\sum_p t_p)^2}{n_h}\Big]",
    ),
    Chapter(
        "disclosure.secondary_suppression",
        message("Small bases"),
        message(
            "Bases are effective bases: unequal respondent weights make them smaller than the number of answers. Small ones are marked; "
            "very small ones are not shown, not tested and not exported, and neither is what they could be worked out from: siblings "
            "beside a total, in one table or in several. Of the sets of groups that protect the small ones, the one that hides the fewest "
            "respondents is hidden."
        ),
        r"n_{\text{eff}} = \frac{(\sum w)^2}{\sum w^2}",
    ),
    Chapter(
        "inference.comparable",
        message("Comparable or not at all"),
        message(
            "An index of fewer questions is another quantity. Two sides are compared on the questions both were asked: what nobody of a "
            "side answered is left out of both, its weight is spread over the rest, and the figure says on how many questions it stands. "
            "Common questions with less than half of an indicator's weight compare nothing. A group that was not asked what others were "
            "has no rank, letter or verdict, unless all are put on their common questions; a line over the waves breaks where the "
            "questions change."
        ),
        r"I^{*} = \sum_{i \in A \cap B} a^{*}_i m_i, \qquad \sum_{i \in A \cap B} a^{*}_i = 1",
    ),
)


def present_chapters() -> list[Chapter]:
    """The chapters whose module exists: those of the topics in their order, then the others."""
    modules = {module.name for module in pkgutil.walk_packages(analysis.__path__, "analysis.")}
    return [chapter for chapter in every_chapter() if f"analysis.{chapter.module}" in modules]


def every_chapter() -> list[Chapter]:
    """Those of the topics and those of this file; one that several topics have stands once."""
    of_topics = (chapter for name in TOPICS for chapter in topic_named(name).chapters)
    return list({chapter.module: chapter for chapter in (*of_topics, *CHAPTERS)}.values())


def public_functions(module: str) -> Iterator[tuple[str, str, str]]:
    """Name, signature and docstring of each public function a module of ``analysis`` defines."""
    loaded = importlib.import_module(f"analysis.{module}")
    for name, function in inspect.getmembers(loaded, inspect.isfunction):
        if not name.startswith("_") and function.__module__ == loaded.__name__ and function.__doc__:
            yield name, _signature(function), inspect.cleandoc(function.__doc__)


def module_text(module: str) -> str:
    """The docstring of a module of ``analysis``."""
    return inspect.cleandoc(importlib.import_module(f"analysis.{module}").__doc__ or "")


def _signature(function: Callable[..., object]) -> str:
    return f"{function.__name__}({', '.join(inspect.signature(function).parameters)})"
