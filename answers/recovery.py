"""Recovery: which unhappy customers are to be contacted by whom and when, how far that got, and whether it helped them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from analysis.recovery.progress import Progress, progress_of
from analysis.recovery.recovery_effect import RecoveryEffect, recovery_effect
from analysis.recovery.sentence import answer_sentence, effect_sentence, main_effect, progress_sentence
from analysis.results.sentences import Segment, plain_text
from answers.recovery_data import Joined, asked_again, joined, narrowed, progress_by_group, without_hidden_branches
from answers.recovery_figures import RECOVERY_CHAPTERS, RECOVERY_WORDS, Recovery, listed_rows, provenance_of, recovery_figures
from answers.recovery_question import CONTACTS, RecoveryOptions, reads, settled
from answers.topic import Asked, Topic
from words.language import Language, Message, message


def _compute(asked: Asked[RecoveryOptions]) -> Recovery:
    options, found = asked.options, joined(asked)
    on = date.fromisoformat(str(options.on))
    history, table = found.history, found.table
    resting = table["respondent_id"].isin(history.resting if history else ()) & ~table["repaired"]
    left = table[~resting & ~table["repaired"]]
    return Recovery(
        whole=progress_of(table, (), on)[0],
        groups=progress_by_group(asked, found) if options.group else (),
        effects=_effects(asked, found),
        listed=listed_rows(without_hidden_branches(asked, left), found.to_recover.axes) if options.listed else None,
        reported=history is not None,
        layered=bool(found.to_recover.axes),
        resting=int(resting.sum()),
        too_often=history.too_often if history and not narrowed(asked) else 0,
        outside=found.outside or 0,
        without_id=found.to_recover.without_id,
    )


def _effects(asked: Asked[RecoveryOptions], found: Joined) -> tuple[RecoveryEffect, ...]:
    """Of the answers in the next wave and of those in the sheet, each for itself: how one is asked moves what one says."""
    if found.history is None or narrowed(asked):  # satisfaction of parts of the list, taken from that of all, would show a hidden part
        return ()
    again, code = asked_again(asked, found), str(asked.options.outcome)
    both = (
        recovery_effect(again, code, "survey", asked.thresholds) if again is not None else None,
        recovery_effect(found.table, code, "sheet", asked.thresholds),
    )
    return tuple(each for each in both if each is not None)


def _sentence(asked: Asked[RecoveryOptions], found: Recovery, language: Language) -> Sequence[Segment]:
    return answer_sentence(found.whole, main_effect(found.effects), language, reported=found.reported)


def far(asked: Asked[RecoveryOptions], found: Recovery, language: Language) -> Sequence[Segment]:
    """How far it got, step by step."""
    return progress_sentence(found.whole, str(asked.options.on), language, reported=found.reported)


def helped(found: Recovery, language: Language) -> Sequence[Segment]:
    """What became of the satisfaction of either side, and of the difference: of the effect to speak of first."""
    first = main_effect(found.effects)
    return () if first is None else effect_sentence(first, language)


def _remarks(asked: Asked[RecoveryOptions], found: Recovery, language: Language) -> Sequence[str | Message]:
    rules = asked.schema.recovery
    told: list[str | Message] = []
    first = main_effect(found.effects)
    if found.reported and found.whole.reason is None and found.whole.to_recover:
        told.append(plain_text(far(asked, found, language)))
    told += [plain_text(effect_sentence(each, language)) for each in sorted(found.effects, key=lambda each: each is not first)]
    if any(each.effect.value is not None for each in found.effects):
        told.append(message("Who was contacted was not drawn by lot, so what chose them may be part of the difference."))
    if found.reported and narrowed(asked):
        told.append(message("Whether it helped is told of the whole list only: from parts of it a hidden group could be worked out."))
    if not found.layered:
        told.append(message("Customers could not be layered here, so the list is of very low answers alone."))
    counted = (
        (found.resting, message("{n} customers were contacted {most} times within {days} days and are left off the list for now.",
                                n=found.resting, most=rules.most_contacts, days=rules.within_days)),
        (found.too_often, message("{n} customers were contacted more often than {most} times within {days} days.",
                                  n=found.too_often, most=rules.most_contacts, days=rules.within_days)),
        (found.outside, message("{n} customers of the sheet are not on the list and are counted nowhere.", n=found.outside)),
        (found.without_id, message("{n} more belong on the list but have no id.", n=found.without_id)),
    )  # fmt: skip
    return [*told, *(sentence for count, sentence in counted if count), *_hidden(found.groups)]


def _hidden(groups: Sequence[Progress]) -> list[Message]:
    count = sum(each.reason is not None for each in groups)
    return [message("{n} groups are hidden, since too few respondents stand behind them.", n=count)] if count else []


RECOVERY = Topic(
    name="recovery",
    options=RecoveryOptions,
    compute=_compute,
    figures=recovery_figures,
    provenance=lambda asked, _found: provenance_of(asked),
    sentence=_sentence,
    remarks=_remarks,
    settle=settled,
    reads=reads,
    speaks_of=reads,
    takes=frozenset({"where"}),
    kinds=(CONTACTS,),
    figure_words=RECOVERY_WORDS,
    chapters=RECOVERY_CHAPTERS,
)
TOPICS = {RECOVERY.name: RECOVERY}
