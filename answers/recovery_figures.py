"""What recovery prints: progress of the whole list and of its groups, the effect with both its sides, and the list itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.recovery.progress import STEPS, Progress
from analysis.recovery.recovery_effect import RecoveryEffect
from analysis.results.estimates import Estimate, Result, Thresholds
from analysis.results.provenance import Fact, Provenance
from answers.flat import collected, refused, tagged
from answers.recovery_question import RecoveryOptions
from answers.topic import Asked, Chapter
from words.language import Message, message

CODE = "respondents"
#: What stands in a record in the place of a branch that is not known or not shown.
NO_BRANCH = "not_shown"
METHOD = message(
    "Customers of the list are counted. The effect is that of the contacted against those of the same list who were not contacted, at "
    "equal satisfaction before and in the same kind of layer (analysis of covariance, HC3 errors)"
)
NOT_REPORTED = message("No sheet of contacts came for this wave yet.")


@dataclass(frozen=True)
class Listed:
    """A customer still to be contacted: by opaque id, why, by whom and by when; ``last_contact`` where there was one already.

    ``branch`` is None where it is not known, and where the branch has too few respondents to be shown.
    """

    respondent_id: str
    branch: str | None
    priority: int
    score: float
    low: tuple[str, ...]
    classes: dict[str, str]
    win_back: bool
    very_low: bool
    deadline: date
    last_contact: date | None


@dataclass(frozen=True)
class Recovery:
    """Progress of the whole list and of the groups asked for, the effects known, and the list where it was asked for.

    ``reported``: a sheet of contacts came for the wave. ``resting``: customers left off the list of those still to be contacted, since
    they were contacted as often as is allowed. ``too_often``: customers contacted more often than that. ``outside``: customers of the
    sheet who are not on the list. ``without_id`` belong on it and cannot be told. ``layered``: whether layers were known.
    """

    whole: Progress
    groups: tuple[Progress, ...]
    effects: tuple[RecoveryEffect, ...]
    listed: tuple[Listed, ...] | None
    reported: bool
    layered: bool
    resting: int = 0
    too_often: int = 0
    outside: int = 0
    without_id: int = 0


def listed_rows(table: pd.DataFrame, axes: Sequence[str]) -> tuple[Listed, ...]:
    """Rows of the list as values."""
    return tuple(
        Listed(
            str(row["respondent_id"]), None if pd.isna(row["branch"]) else str(row["branch"]), int(row["priority"]), float(row["score"]),
            tuple(code for code in row["low"].split(",") if code), {axis: str(row[axis]) for axis in axes}, bool(row["win_back"]),
            bool(row["very_low"]), row["deadline"], None if pd.isna(row["last_contact"]) else row["last_contact"].date(),
        )
        for row in table.to_dict("records")
    )  # fmt: skip


def recovery_figures(asked: Asked[RecoveryOptions], found: Recovery) -> Result:
    """The list where it was asked for; else progress of all and by group, and the effects."""
    if found.listed is not None:
        estimates = [_listed(each, str(asked.options.outcome)) for each in found.listed]
    else:
        estimates = [entry for each in (found.whole, *found.groups) for entry in _progress(each, reported=found.reported)]
        estimates += [entry for each in found.effects for entry in _effect(each)]
    facts = {"reported": found.reported, "resting": found.resting, "contacted_too_often": found.too_often, "outside": found.outside}
    return collected(estimates, provenance_of(asked), **facts)


def provenance_of(asked: Asked[RecoveryOptions]) -> Provenance:
    """With the days and rules the list follows from."""
    rules, options = asked.schema.recovery, asked.options
    thresholds: Thresholds = asked.thresholds
    facts = (
        Fact("issued", options.issued, message("List made on")),
        Fact("on", options.on, message("As of")),
        Fact("days", (rules.days.first, rules.days.second, rules.days.third), message("Days to contact by priority")),
        Fact("very_low", rules.very_low, message("Very low up to, points")),
        Fact("most_contacts", rules.most_contacts, message("Contacts of one customer at most")),
        Fact("within_days", rules.within_days, message("within so many days")),
    )
    return Provenance(METHOD, thresholds, facts=facts)


def _progress(each: Progress, *, reported: bool) -> Iterator[Estimate]:
    if each.reason is not None:
        yield refused(CODE, each.reason, 0, 0.0, figure="to_recover", **each.keys)
        return
    base = each.to_recover
    yield Estimate({"figure": "to_recover", **each.keys}, CODE, float(base), n=base, n_eff=float(base))
    for step in STEPS:
        for name, value in ((step, float(getattr(each, step))), (f"{step}_percent", each.percent(step))):
            keys = {"figure": name, **each.keys}
            if not reported:
                yield Estimate(keys, CODE, None, n=base, n_eff=float(base), reason=NOT_REPORTED)
            elif value is not None:
                yield Estimate(keys, CODE, value, n=base, n_eff=float(base))


def _effect(found: RecoveryEffect) -> list[Estimate]:
    sides = [*tagged("effect", [found.effect]), *tagged("change", found.change)]
    return [*sides, *tagged("before", found.before, tested=False), *tagged("after", found.after, tested=False)]


def _listed(each: Listed, outcome: str) -> Estimate:
    keys: dict[str, str | None] = {
        "figure": "still_to_contact", "respondent": each.respondent_id, "branch": each.branch or NO_BRANCH, "priority": str(each.priority),
        "low": ",".join(each.low), "deadline": each.deadline.isoformat(),
        "last_contact": each.last_contact.isoformat() if each.last_contact else None, **each.classes,
    }  # fmt: skip
    return Estimate(keys, outcome, each.score, n=1, n_eff=1.0)


RECOVERY_WORDS: dict[str, Message] = {
    "to_recover": message("customers to recover"),
    "contacted": message("contacted"),
    "contacted_percent": message("contacted, %"),
    "reached": message("reached"),
    "reached_percent": message("reached, %"),
    "repaired": message("repaired"),
    "repaired_percent": message("repaired, %"),
    "overdue": message("overdue"),
    "overdue_percent": message("overdue, %"),
    "effect": message("effect of contact, points"),
    "change": message("change of satisfaction, points"),
    "before": message("satisfaction before, 0–100"),
    "after": message("satisfaction afterwards, 0–100"),
    "still_to_contact": message("score of a customer still to be contacted"),
    "not_contacted": message("not contacted"),
    NO_BRANCH: message("not given or not shown"),
    "survey": message("next wave"),
    "sheet": message("sheet of contacts"),
}
RECOVERY_CHAPTERS = (
    Chapter(
        "recovery.recovery_list",
        message("Whom to recover"),
        message(
            "Unhappy customers of the layers to win back, and whoever gave a very low answer (at most 25 points of 100 unless the survey "
            "says otherwise). Priority 1 is both, 2 in such a layer, 3 very low; each has days to the first contact, counted from the day "
            "the list was made. Nobody is contacted more often than the survey's rules allow: who was, is left off the list and said. "
            "Shares of the list are counts of all its customers and have no interval."
        ),
    ),
    Chapter(
        "recovery.recovery_effect",
        message("Whether recovery helped"),
        message(
            "Very low answers rise by themselves when asked again (regression to the mean), so the change of the contacted alone proves "
            "nothing. They are set against customers of the same list, chosen by the same rule, who were not contacted: satisfaction "
            "afterwards at equal satisfaction before and in the same kind of layer (analysis of covariance), HC3 errors and Student's t. "
            "Without such customers the change is given as a change. Who was contacted was not drawn by lot, so what chose them may be "
            "part of the difference. Agrees with lm and vcovHC of R."
        ),
        r"\text{after}_i = \alpha + \delta\,\text{contacted}_i + \beta\,\text{before}_i + \gamma\,\text{layer}_i + \varepsilon_i",
    ),
)
