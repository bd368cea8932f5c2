"""What recovery can be asked: of which wave, as of which day, by what; with everything that is usual written out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from answers.question import Question, option
from answers.selection import item_code
from answers.source import Source
from answers.tiers import rules_of
from survey_schema.models import SurveySchema
from survey_schema.tier_rules import TierRules
from words.errors import ManyiError, none_of, shown_value
from words.language import message
from words.periods import Period

#: The sheet contacts and outcomes come in.
CONTACTS = "contacts"
GROUPS = ("branch", "tier", "priority", "owner")


@dataclass(frozen=True)
class RecoveryOptions:
    """``on``: the day things are looked at; ``issued``: the day the list was made, from which deadlines count; ``group``: what progress is
    told by; ``outcome`` and ``model`` as for tiers; ``listed``: the customers still to be contacted, one by one."""

    on: str | None = option("--on", message("As of which day; today unless named."), metavar="DATE")
    issued: str | None = option("--issued", message("The day the list was made; the day after the wave unless named."), metavar="DATE")
    group: str | None = option("--group", message("Progress by branch, tier, priority or owner."), known=GROUPS, metavar="GROUP")
    outcome: str | None = option("--outcome", message("The question that says how satisfied somebody is."))
    model: str | None = option("--model", message("Which of the survey's rules; the first unless one is named."))
    listed: bool = option("--list", message("List the customers still to be contacted, by opaque id."), default=False)


Asking = Question[RecoveryOptions]


def settled(question: Asking, source: Source) -> Asking:
    """Days, outcome and rules written out, of one wave. Raises ManyiError for what is no day and where a wave names no period."""
    asked, schema = question.options, source.schema
    if len(question.waves) > 1:
        raise ManyiError(message("Customers are recovered wave by wave; name one with --wave."))
    if asked.group is not None and asked.group not in GROUPS:
        raise none_of("--group", asked.group, GROUPS)
    outcome = item_code(asked.outcome, schema) if asked.outcome else schema.outcome
    if outcome is None:
        raise ManyiError(message("This survey names no overall satisfaction question; add outcome to its schema or choose a question."))
    model = rules_of(schema, asked.model).code if schema.tiers or asked.model else None
    if asked.group == "tier" and model is None:
        rules_of(schema, None)  # says that there are none
    on = day_named(asked.on, "--on") if asked.on else date.today()
    issued = day_named(asked.issued, "--issued") if asked.issued else _day_after(question.waves)
    options = replace(asked, on=on.isoformat(), issued=issued.isoformat(), outcome=outcome, model=model)
    return replace(question, options=options)


def day_named(text: str, flag: str) -> date:
    """The day a text names; raises ManyiError saying what is expected."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ManyiError(message("{flag} is a day such as 2026-05-15; found {found}.", flag=flag, found=shown_value(text))) from None


def _day_after(waves: Sequence[str]) -> date:
    period = Period.parse(waves[-1]) if waves else None
    if period is None:
        raise ManyiError(
            message("“{label}” names no period: say when the list was made with --issued 2026-05-15.", label="".join(waves[-1:]))
        )
    return period.following().first_day


def tier_rules(options: RecoveryOptions, schema: SurveySchema) -> TierRules | None:
    """The rules customers are layered by; None for a survey without any."""
    return rules_of(schema, options.model) if options.model else None


def following_wave(labels: Sequence[str], wave: str) -> str | None:
    """The wave after, where both name periods that do not overlap; its answers are those of customers asked again."""
    now = Period.parse(wave)
    later = [label for label in labels if now is not None and (other := Period.parse(label)) is not None and other.begins >= now.ends]
    return min(later, key=lambda label: Period.parse(label), default=None)  # type: ignore[arg-type,return-value]


def reads(question: Asking, labels: Sequence[str]) -> tuple[str, ...]:
    """The wave of the list and the one after it."""
    after = following_wave(labels, question.waves[-1])
    return (*question.waves, after) if after else question.waves
