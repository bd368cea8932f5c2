"""The six checks of *Data quality*: each with its name, its verdict, and how it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from analysis.data_quality.data_quality_sentence import PartVerdict
from answers.data_quality import DataQualityOptions, QualityChecks
from answers.topic import Answered
from pages._shared.parts.how_computed import Explained
from pages._shared.selection.choices import Chosen
from pages._shared.session.words import _, language
from pages.measure.data_quality.parts import show_duplicates, show_effects, show_marked, show_missing_answers, show_profile


@dataclass(frozen=True)
class Check:
    """One check: its name in the menu, what it says, how it is shown, and how it was computed."""

    name: str
    verdict: PartVerdict
    show: Callable[[], None]
    found: Explained
    formula: str = ""


def make_checks(chosen: Chosen, answered: Answered[DataQualityOptions, QualityChecks]) -> dict[str, Check]:
    """All checks of the chosen wave, in the order they are read."""
    found, said = answered.result, answered.result.verdicts(chosen.schema, language())
    who, gaps, flat, fast, asked, same = found.profile, found.missing, found.lines, found.speed, found.effects, found.duplicates
    more_questions = _("A survey with more questions on one scale, or a wider selection, brings it.")
    lengths = _("A column with the length of the interview brings it, once the survey's description names it.")
    return {
        "profile": Check(
            _("Who answered"), said["profile"], partial(show_profile, chosen, who, said["profile"]), who,
            r"\chi^2=\sum_i\frac{(n_i-n\pi_i)^2}{n\pi_i},\qquad D=\tfrac12\sum_i|p_i-\pi_i|",
        ),
        "missing": Check(
            _("Missing answers"), said["missing"], partial(show_missing_answers, chosen, gaps, said["missing"]),
            gaps,
        ),
        "lines": Check(
            _("Straight lines"), said["lines"],
            partial(show_marked, chosen, flat, said["lines"], "lines", _("Straight lines"), more_questions),
            flat,
        ),
        "speed": Check(
            _("Speeders"), said["speed"], partial(show_marked, chosen, fast, said["speed"], "speed", _("Speeders"), lengths),
            fast,
        ),
        "effects": Check(
            _("Interviewers"), said["effects"], partial(show_effects, chosen, asked, said["effects"]),
            asked, r"\rho=\frac{\sigma_b^2}{\sigma_b^2+\sigma_w^2},\qquad \mathrm{deff}=1+\rho(m-1)",
        ),
        "duplicates": Check(
            _("Identical responses"), said["duplicates"], partial(show_duplicates, chosen, same, said["duplicates"]),
            same, r"\mathrm{E}(X_g)=T\,\frac{n_g(n_g-1)}{N(N-1)}",
        ),
    }  # fmt: skip
