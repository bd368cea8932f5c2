"""What the words mean that a reader meets on the pages, in reports and on the command line: one plain sentence or two each."""

from __future__ import annotations

from dataclasses import dataclass

from words.language import Language, Message, message


@dataclass(frozen=True)
class Term:
    """A word of the trade and what it means; ``seen_as`` are other ways in which it stands in a text, in either language."""

    code: str
    title: Message
    text: Message
    seen_as: tuple[str, ...] = ()

    def is_in(self, text: str, language: Language) -> bool:
        """Whether a text of that language uses the word, as it stands here or in another way."""
        here = text.casefold()
        return any(name.casefold() in here for name in (self.title.text(language), *self.seen_as))

    def is_asked_for(self, wanted: str, language: Language) -> bool:
        """Whether who types ``wanted`` means this term: its code, or letters of its name in either way it is written."""
        asked = wanted.strip().casefold()
        return asked == self.code or any(asked in name.casefold() for name in (self.title.text(language), *self.seen_as))


def terms_in(text: str, language: Language) -> tuple[Term, ...]:
    """The terms that a text uses, in the order of the glossary."""
    return tuple(term for term in GLOSSARY if term.is_in(text, language))


#: In the order in which a reader is likely to meet them.
GLOSSARY: tuple[Term, ...] = (
    Term(
        "base",
        message("Base"),
        message("The number of people whose answers a figure is made of. A share of 60 % of 20 people says far less than 60 % of 2,000."),
        ("bases", "基数"),
    ),
    Term(
        "effective_base",
        message("Effective base"),
        message(
            "How many equally weighted answers would be as precise as these. Where some people count for many and others for few, it "
            "is smaller than the base; small bases are judged by it."
        ),
        ("有效基数",),
    ),
    Term(
        "weighted",
        message("Weighted"),
        message(
            "Each answer counts as often as it has to for the sample to look like all customers: a group that answered too seldom "
            "counts for more, one that answered too often for less."
        ),
        ("respondent weights", "样本权重"),
    ),
    Term(
        "interval",
        message("Interval"),
        message(
            "The range in which the figure would lie if everybody had been asked, with 95 % confidence unless said otherwise. 76.8 ± "
            "0.4 means: from 76.4 to 77.2."
        ),
        ("置信区间", "confidence interval", "intervals"),
    ),
    Term(
        "chance",
        message("May be chance"),
        message(
            "Another sample of the same customers would give slightly other figures. A difference that such a change of sample could "
            "well make is not called a difference."
        ),
        ("chance", "抽样波动", "偶然"),
    ),
    Term(
        "p_value",
        message("p value"),
        message(
            "How often chance alone would make a difference at least as large as this one. Below 0.05 the difference is taken to be real."
        ),
        ("p <", "p values"),
    ),
    Term(
        "small_difference",
        message("Certain but small"),
        message("The difference is real, yet smaller than the smallest difference the survey calls worth acting on."),
    ),
    Term(
        "holm",
        message("Holm adjustment"),
        message(
            "Who compares many groups finds some difference by chance alone. Holm's method makes each comparison stricter, so that "
            "even one false alarm among all of them is rare."
        ),
        ("Holm",),
    ),
    Term(
        "letters",
        message("Letters"),
        message("Groups that share a letter cannot be told apart; groups without a common letter differ beyond chance."),
        ("share a letter", "字母相同", "显著性字母"),
    ),
    Term(
        "rank_range",
        message("Range of ranks"),
        message(
            "All places a group may truly hold, since its score is an estimate. 2–5 means: certainly not first, certainly not below fifth."
        ),
        ("ranks", "名次"),
    ),
    Term(
        "index",
        message("Satisfaction index"),
        message("One figure from 0 to 100 for overall satisfaction: the indicators' scores added up by their weights."),
        ("index", "指数"),
    ),
    Term(
        "indicator_weight",
        message("Indicator weight"),
        message(
            "How much an indicator counts within the index. The weights of one index add up to 1; the survey says who set them and how."
        ),
        ("indicator weights",),
    ),
    Term(
        "top_box",
        message("Top box"),
        message("The share of people who gave the highest grade of the scale. The two highest grades together are called top-2 box."),
        ("top-2 box", "前两档"),
    ),
    Term(
        "nps",
        message("Net promoter score (NPS)"),
        message(
            "Of those asked how likely they are to recommend us, 0 to 10: the percentage who said 9 or 10, less the percentage who "
            "said 0 to 6. It runs from −100 to +100."
        ),
        ("NPS", "Net promoter", "净推荐值"),
    ),
    Term(
        "driver",
        message("Driver"),
        message(
            "Something customers rate that moves together with their overall satisfaction, such as network quality. Moving together "
            "alone does not prove that one causes the other."
        ),
        ("drivers",),
    ),
    Term(
        "importance",
        message("Importance (LMG)"),
        message(
            "The share of the differences in overall satisfaction that goes with one driver, averaged over every order in which "
            "drivers can be added. The shares of all drivers add up to the whole."
        ),
        ("LMG", "Relative importance", "相对重要性"),
    ),
    Term(
        "r_squared",
        message("Explained share (R²)"),
        message(
            "How much of the differences in overall satisfaction the drivers account for together, from 0 (nothing) to 1 (everything)."
        ),
        ("R²",),
    ),
    Term(
        "vif",
        message("Overlap (VIF)"),
        message("How much a driver repeats what the others say already. From about 5 or 10 on, its own coefficient can hardly be read."),
        ("VIF",),
    ),
    Term(
        "penalty_reward",
        message("Penalty and reward"),
        message(
            "How much overall satisfaction falls where a driver is poor, and how much it rises where the driver is excellent. The two"
            " need not be the same."
        ),
        ("Penalty", "奖惩"),
    ),
    Term(
        "priority_map",
        message("Importance and performance"),
        message("A map of what matters against how well it is done. What matters much and is done poorly comes first."),
    ),
    Term(
        "gap",
        message("Service gap"),
        message(
            "What customers perceive less what they expect, or less what management and staff believe is delivered. Below zero the "
            "service falls short."
        ),
        ("gaps", "差距"),
    ),
    Term(
        "kano",
        message("Kano classes"),
        message(
            "Must-be: missed when absent, taken for granted when there. One-dimensional: the more the better. Attractive: delights, "
            "not missed. Indifferent: neither. Reverse: customers would rather not have it."
        ),
        ("Kano",),
    ),
    Term(
        "control_limits",
        message("Control limits"),
        message(
            "The band in which a figure moves from month to month as long as nothing special happens. They come from the figure's own"
            " movements, not from a target."
        ),
        ("control chart", "控制图"),
    ),
    Term(
        "signal",
        message("Signal"),
        message(
            "A point outside the control limits, or a pattern such as nine points in a row on one side: something has changed, and "
            "its cause is worth looking for."
        ),
        ("signals", "异常"),
    ),
    Term(
        "design_effect",
        message("Design effect"),
        message(
            "How many times larger the error is than in a simple random sample of the same size, because of weights and because "
            "people were sampled in groups."
        ),
        ("deff",),
    ),
    Term(
        "suppression",
        message("Not shown"),
        message(
            "Figures of very small groups are left out, so that nobody can be recognised and nobody is misled; so is what they could "
            "be worked out from."
        ),
        ("not shown", "hidden", "隐藏"),
    ),
    Term(
        "common_questions",
        message("Common questions"),
        message("Where two waves or groups were not asked the same, they are compared on the questions both were asked."),
        ("questions both",),
    ),
    Term(
        "answer_scale",
        message("Score 0–100"),
        message(
            "Answers on any scale are turned into 0 for the worst grade and 100 for the best, so that questions with 5 and with 10 "
            "grades can be compared."
        ),
        ("0–100",),
    ),
    Term(
        "spread",
        message("Dispersion"),
        message(
            "How far customers' answers lie apart. With the same mean, a large one says that some are very pleased and others very "
            "displeased."
        ),
        ("离散度",),
    ),
    Term(
        "composition",
        message("Who answered"),
        message(
            "A change can come from what customers think or from other customers having answered than last time. The second part is "
            "reckoned apart."
        ),
        ("样本结构",),
    ),
    Term(
        "reliability",
        message("Reliability (α)"),
        message("Whether the questions of a set measure the same thing: from 0 to 1, good from about 0.7 on."),
        ("Cronbach", "信度", "omega"),
    ),
    Term(
        "factor",
        message("Factor"),
        message("What several questions have in common, found from answers that move together."),
        ("factors",),
    ),
    Term(
        "path_model",
        message("Path model"),
        message(
            "A picture of what leads to what, such as quality to satisfaction to loyalty, with a number on each arrow: how strongly "
            "one goes with the next."
        ),
        ("PLS",),
    ),
    Term(
        "fuzzy_score",
        message("Fuzzy evaluation"),
        message(
            "Says how much the service belongs to each grade, from poor to excellent, instead of giving one figure only. Its score is"
            " another quantity than the satisfaction index."
        ),
        ("membership", "隶属度"),
    ),
    Term(
        "pareto",
        message("Pareto chart"),
        message("Causes sorted by how often they occur, with their running total: which few make up most of the trouble."),
        ("Pareto",),
    ),
    Term(
        "benchmark",
        message("Benchmark"),
        message("A figure to compare with that is not from this wave: the best branch, last year, the regulator, another company."),
        ("benchmarks",),
    ),
    Term(
        "fair_comparison",
        message("Fair comparison over time"),
        message(
            "The change where something was done, less the change where nothing was done. What changed everywhere is not put down to "
            "the measure."
        ),
        ("difference in differences",),
    ),
    Term(
        "seal",
        message("Seal code"),
        message("A code printed beside figures. It tells later whether the same data and settings would give the same figures."),
    ),
)
