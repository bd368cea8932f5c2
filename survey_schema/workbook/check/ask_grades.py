"""Answers nobody but the user can be sure of: grades that are all one too high, zeros that may mean no answer, per cent, unknown words.

Each of them would move a mean without a trace, so it is asked before anything is stored; the answer is kept for the next workbook.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from survey_schema.questions import Item, Scale
from survey_schema.schema_parts import LocalText
from survey_schema.workbook.check.check_draft import CheckDraft
from survey_schema.workbook.check.finding_kinds import shown_value
from survey_schema.workbook.check.private_data import is_private
from survey_schema.workbook.clean.clean_values import NumberReading, Outcome, folded, parse_number, plain_text
from survey_schema.workbook.match.matching import ColumnMatch
from words.language import Message, message

#: Words asked about at once; the rest comes when these are answered.
MOST_WORDS = 12
LONGEST_WORD_ASKED = 60


@dataclass(frozen=True, eq=False)
class ReadItem:
    """The answers to one item as they were read, with the number of responses of each unique value."""

    item: Item
    match: ColumnMatch
    scale: Scale
    reading: NumberReading
    counts: npt.NDArray[np.intp]

    def numbers(self) -> Counter[float]:
        """Every number in the column, on the scale or not, by how often it was given."""
        found: Counter[float] = Counter()
        for place in np.flatnonzero(self.counts):
            outcome, value = Outcome(self.reading.outcomes[place]), float(self.reading.values[place])
            if outcome is Outcome.OUT_OF_SCALE:
                number = parse_number(plain_text(self.reading.raw[place]).rstrip("%分").replace(",", "."))
                if number is not None:
                    found[number] += int(self.counts[place])
            elif outcome.answered and outcome not in (Outcome.LABEL, Outcome.TOLD):
                found[value] += int(self.counts[place])
        return found

    def unknown(self) -> Iterator[tuple[str, int]]:
        """Texts that are no answer on the scale, with how often each was given."""
        for place in np.flatnonzero((self.reading.outcomes == Outcome.UNKNOWN) & (self.counts > 0)):
            yield plain_text(self.reading.raw[place]), int(self.counts[place])

    @property
    def answers(self) -> int:
        """Responses with anything in the cell that is no blank and no word for one."""
        silent = (self.reading.outcomes == Outcome.BLANK) | (self.reading.outcomes == Outcome.MISSING)
        return int(self.counts[~silent].sum())


def ask_about_numbers(draft: CheckDraft, read: ReadItem) -> bool:
    """Questions about the numbers of one item; says whether there is one."""
    numbers = read.numbers()
    if read.answers < draft.settings.few_numbers:
        return False
    return _ask_per_cent(draft, read, numbers) or _ask_shift(draft, read, numbers) or _ask_zeros(draft, read, numbers)


def _ask_shift(draft: CheckDraft, read: ReadItem, numbers: Counter[float]) -> bool:
    """Numbers from one above the lowest grade to one above the highest, or the same below: the whole column may be off by one."""
    scale = read.scale
    if scale.step != 1:
        return False
    low, high = scale.minimum, scale.maximum
    for by, beyond, never, words in (
        (
            1,
            high + 1,
            low,
            message("each is one too high: {found} is read as {meant}", found=_span(low + 1, high + 1), meant=_span(low, high)),
        ),
        (
            -1,
            low - 1,
            high,
            message("each is one too low: {found} is read as {meant}", found=_span(low - 1, high - 1), meant=_span(low, high)),
        ),
    ):
        inside = all(low + min(by, 0) <= number <= high + max(by, 0) for number in numbers)
        # Programs count options from 0 or from 1: the other way round it takes more than a slip of the pen.
        usual = low == 0 if by == 1 else low == 1
        share = draft.settings.shifted_share if usual else 10 * draft.settings.shifted_share
        if not inside or not numbers[beyond] or numbers[never] or numbers[beyond] < share * numbers.total():
            continue
        found, meant = _span(low + by, high + by), _span(low, high)
        draft.ask(
            "unclear_grades",
            read.match,
            message(
                "The answers look like {found} instead of {meant}: {beyond} occurs {count} times and {never} never. "
                "Is each one off by one?",
                found=found, meant=meant, beyond=f"{beyond:g}", count=numbers[beyond], never=f"{never:g}",
            ),
            [
                (f"{read.item.code}:{low + by:g}..{high + by:g}={low:g}..{high:g}", words),
                (f"{read.item.code}:{beyond:g}=", message("only {grade} is wrong: it counts as no answer", grade=f"{beyond:g}")),
            ],
        )  # fmt: skip
        return True
    return False


def _ask_zeros(draft: CheckDraft, read: ReadItem, numbers: Counter[float]) -> bool:
    """Many answers at the very end of a long scale and nothing beside them: how "don't know" looks when it is stored as 0."""
    scale, settings = read.scale, draft.settings
    zeros = numbers[0]
    if (
        scale.minimum != 0
        or scale.maximum < settings.zeros_scale
        or zeros < max(settings.zeros_share * numbers.total(), settings.zeros_least)
    ):
        return False
    beside = [number for number in numbers if 0 < number < scale.maximum / 2]
    if beside:
        return False
    lowest = min((number for number in numbers if number > 0), default=scale.maximum)
    draft.ask(
        "unclear_grades",
        read.match,
        message(
            "{count} of {total} answers are 0 and none lies between 0 and {next}: is 0 a grade, or does 0 mean no answer?",
            count=zeros, total=numbers.total(), next=f"{lowest:g}",
        ),
        [(f"{read.item.code}:0=", message("0 means no answer")), (f"{read.item.code}:0=0", message("0 is the lowest grade"))],
    )  # fmt: skip
    return True


def _ask_per_cent(draft: CheckDraft, read: ReadItem, numbers: Counter[float]) -> bool:
    """Fractions of 1 on a scale to 100 whose cells do not say that they are per cent, and per cent where it cannot be meant as shown."""
    scale, code = read.scale, read.item.code
    shown = sum(count for text, count in read.unknown() if text.endswith("%"))
    if shown and scale.maximum != 100 and shown >= draft.settings.unknown_share * read.answers:
        question = message(
            "{count} answers are in per cent, and the scale is {span}: how are they meant?",
            count=shown,
            span=_span(scale.minimum, scale.maximum),
        )
        options = [
            (f"{code}:0..100={scale.minimum:g}..{scale.maximum:g}", message("0 % is the lowest grade and 100 % the highest")),
            (
                f"{code}:{100 * scale.minimum:g}..{100 * scale.maximum:g}={scale.minimum:g}..{scale.maximum:g}",
                message("100 % is the grade 1, 200 % the grade 2"),
            ),
        ]
        draft.ask("unclear_grades", read.match, question, options)
        return True
    if scale.maximum != 100 or scale.minimum != 0:
        return False
    outside = (read.reading.outcomes == Outcome.OUT_OF_SCALE) & (read.counts > 0)
    over = sum(int(read.counts[place]) for place in np.flatnonzero(outside) if plain_text(read.reading.raw[place]).endswith("%"))
    if over and over >= draft.settings.unknown_share * read.answers:
        question = message(
            "{count} cells are formatted as per cent and show more than 100 %: are the numbers meant without the sign?", count=over
        )
        draft.ask(
            "unclear_grades",
            read.match,
            question,
            [
                (f"{code}:101..10000=1.01..100", message("yes: 8500 % is read as 85")),
                (f"{code}:101..10000=", message("no: they count as no answer")),
            ],
        )
        return True
    fractions = sum(count for number, count in numbers.items() if 0 < number < 1)
    if not fractions or fractions < draft.settings.unknown_share * numbers.total():
        return False
    draft.ask(
        "unclear_grades",
        read.match,
        message(
            "{count} of {total} answers lie between 0 and 1 on a scale up to 100: are they per cent, so that 0.85 is 85?",
            count=fractions,
            total=numbers.total(),
        ),
        [
            (f"{code}:0..1=0..100", message("they are per cent: 0.85 is read as 85 and 1 as 100")),
            (f"{code}:0..1=0..1", message("they are points: 0.85 is nearly 0")),
        ],
    )
    return True


def ask_about_words(draft: CheckDraft, items: list[ReadItem]) -> None:
    """One question for each unknown word of a scale that recurs: which grade is this?

    Where exactly the ends of a scale are unknown, what is left is not only less but biased to the middle.
    """
    by_scale: dict[str, list[ReadItem]] = {}
    for read in items:
        by_scale.setdefault(read.item.scale, []).append(read)
    for name, group in by_scale.items():
        words: Counter[str] = Counter()
        shown: dict[str, tuple[str, ReadItem]] = {}
        for read in group:
            for text, count in read.unknown():
                if len(text) <= LONGEST_WORD_ASKED and not text.endswith("%") and not is_private(text):
                    words[folded(text)] += count
                    shown.setdefault(folded(text), (text, read))
        answers = sum(read.answers for read in group)
        if answers < draft.settings.few_numbers:
            continue
        lost = words.total() >= max(2, draft.settings.unknown_share * answers)
        asked = [word for word, count in words.most_common() if count >= max(2, draft.settings.shifted_share * answers) or lost]
        prefix = f"{name}:" if len(draft.schema.scales) > 1 else ""
        for word in asked[:MOST_WORDS]:
            text, read = shown[word]
            _ask_word(draft, read, prefix, text, words[word])


def _ask_word(draft: CheckDraft, read: ReadItem, prefix: str, text: str, count: int) -> None:
    labels = {label.grade: label for label in read.scale.labels}
    grades = [grade for grade in read.scale.grades if len(read.scale.grades) <= 2 * MOST_WORDS]
    named: list[tuple[str, Message]] = [
        (
            f"{prefix}{text}={grade:g}",
            message("{grade}, like {word}", grade=f"{grade:g}", word=LocalText(zh_CN=labels[grade].zh_CN[0], en=labels[grade].en[0]))
            if grade in labels
            else message("{grade}", grade=f"{grade:g}"),
        )
        for grade in grades
    ] or [(f"{prefix}{text}={read.scale.maximum:g}", message("{grade}", grade=f"{read.scale.maximum:g}"))]
    draft.ask(
        "unclear_grades",
        read.match,
        message("Which grade is “{word}”? {count} answers hang on it.", word=shown_value(text), count=count),
        [*named, (f"{prefix}{text}=", message("no answer"))],
        message(
            'Say it on screen or on the command line: --grade "{word}=GRADE" with a grade from {low} to {high}, or nothing after = '
            "for no answer.",
            word=f"{prefix}{text}", low=f"{read.scale.minimum:g}", high=f"{read.scale.maximum:g}",
        ),
    )  # fmt: skip


def _span(low: float, high: float) -> Message:
    return message("{low} to {high}", low=f"{low:g}", high=f"{high:g}")
