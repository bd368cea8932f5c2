"""What a review finds, and what it is told beside the project itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from projects.sections import Step
from words.language import Message

#: ``wrong``: contradicts itself or the data; ``missing``: nothing shows it; ``weak``: shown, but not beyond doubt.
Level = Literal["wrong", "missing", "weak"]
#: What a test of an end cause says, in the words of ``estimate cause_test``.
Verdict = Literal["confirmed", "not_confirmed", "not_enough_data"]


@dataclass(frozen=True)
class Finding:
    """One thing a jury would ask about. ``code`` names the rule; ``told`` what is found and where, ``mend`` what to do."""

    code: str
    step: Step
    level: Level
    told: Message
    mend: Message


@dataclass(frozen=True)
class CarriedOut:
    """A measure of the store that names the project, as far as the review asks: open issues, and whether it is over its day."""

    measure: str
    overdue: bool = False
    done: bool = False
    open_issues: float = 0


@dataclass(frozen=True)
class Facts:
    """What follows from the store: the verdict of each tested end cause by its id, measures being carried out, figures gone or changed."""

    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    carried_out: tuple[CarriedOut, ...] = ()
    data_changed: tuple[tuple[Step, str | Message], ...] = ()
