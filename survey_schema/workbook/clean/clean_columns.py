"""Every matched column read into clean values, with findings for what can't be read and a log of what was turned into what."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from survey_schema.columns import Column, Role
from survey_schema.questions import Item
from survey_schema.workbook.check.ask_grades import ReadItem, ask_about_words
from survey_schema.workbook.check.check_draft import CheckDraft, Mask
from survey_schema.workbook.check.check_names import check_names, note_unknown
from survey_schema.workbook.check.check_scales import check_item_scale
from survey_schema.workbook.check.finding_kinds import shown_value
from survey_schema.workbook.check.private_data import is_private, masked
from survey_schema.workbook.clean.clean_choices import TextReading, read_texts, says_unknown
from survey_schema.workbook.clean.clean_values import (
    NumberReading,
    Outcome,
    folded,
    grade_reader,
    is_blank,
    plain_text,
    read_column,
    read_numbers,
    with_decimal_points,
)
from survey_schema.workbook.match.matching import ColumnMatch
from survey_schema.workbook.read.sheets import RawColumn
from survey_schema.workbook.repair.unknown_values import UnknownColumn, names_of_scale
from words.language import Message, message

Numbers = npt.NDArray[np.float64]


def clean_items(draft: CheckDraft) -> dict[str, Numbers]:
    """Grades of every matched item, NaN where there is no answer."""
    targets = draft.matching.targets
    read: list[ReadItem] = []
    values = {item.code: _clean_item(draft, item, targets[item.code], read) for item in draft.schema.items if item.code in targets}
    ask_about_words(draft, read)
    return values | {item.code: _mean_of(item, values) for item in draft.schema.items if item.mean_of and set(item.mean_of) & set(values)}


def _mean_of(item: Item, values: Mapping[str, Numbers]) -> Numbers:
    """The mean of the answers a respondent gave to the questions an item is made of; NaN where there is none."""
    answers = np.array([values[code] for code in item.mean_of if code in values])
    answered = ~np.isnan(answers)
    count = answered.sum(axis=0)
    total = np.where(answered, answers, 0.0).sum(axis=0)
    mean: Numbers = np.divide(total, count, out=np.full(answers.shape[1], np.nan), where=count > 0)
    return mean


def _clean_item(draft: CheckDraft, item: Item, match: ColumnMatch, read: list[ReadItem]) -> Numbers:
    scale = draft.schema.scales[item.scale]
    raw = draft.rows.column(match.index)
    pointed, commas = with_decimal_points(raw)
    reader = draft.answers.reader(item, scale, grade_reader(scale, draft.rows.sheet.calendar))
    reading = replace(read_column(pointed, reader), raw=raw.values)
    outcomes = reading.outcomes[raw.codes]
    draft.log("decimal_commas_read", message("Decimal commas read"), int((commas[raw.codes] & draft.counted).sum()))
    _log_numbers(draft, outcomes)
    span = f"{scale.minimum:g}–{scale.maximum:g}"
    found = message("The value is not an answer on the scale {span}.", span=span)
    _note_cells(draft, "out_of_scale", match, outcomes == Outcome.OUT_OF_SCALE, found, _USED_WITHOUT)
    found = message("The answer is neither a grade {span} nor one of the scale's labels.", span=span)
    _note_cells(draft, "unknown_label", match, outcomes == Outcome.UNKNOWN, found, _USED_WITHOUT)
    _note_errors(draft, match, outcomes == Outcome.ERROR_VALUE)
    about = UnknownColumn(item.scale, message("grade of the scale {scale}", scale=item.scale), {}, {}, names_of_scale(scale))
    strange = (reading.outcomes == Outcome.UNKNOWN) & np.array([not plain_text(value).endswith("%") for value in raw.values], dtype=bool)
    if strange.any():
        note_unknown(draft, match, strange, raw.codes, about)
    read.append(ReadItem(item, match, scale, reading, np.bincount(raw.codes[draft.counted], minlength=len(raw.values))))
    check_item_scale(draft, read[-1])
    return reading.values[raw.codes]


_USED_WITHOUT = message("The response is used without this answer; correct the cell if the answer is known.")


def _log_numbers(draft: CheckDraft, outcomes: npt.NDArray[np.uint8]) -> None:
    counts = np.bincount(outcomes[draft.counted], minlength=len(Outcome))
    draft.log("labels_read", message("Labels turned into grades"), counts[Outcome.LABEL])
    draft.log("text_numbers_read", message("Numbers stored as text read"), counts[Outcome.TEXT_NUMBER])
    draft.log("percents_read", message("Percent signs read"), counts[Outcome.PERCENT])
    draft.log("missing_codes", message("Don't-know and refused codes set to missing"), counts[Outcome.MISSING])
    draft.log("blank_answers", message("Blank answers"), counts[Outcome.BLANK])
    draft.log("grades_told", message("Answers read as they were said to be meant"), counts[Outcome.TOLD])
    draft.log("date_dress_read", message("Numbers in the format of a date read as numbers"), counts[Outcome.DATE_DRESS])
    unusable = counts[Outcome.OUT_OF_SCALE] + counts[Outcome.UNKNOWN] + counts[Outcome.ERROR_VALUE]
    draft.log("unreadable_answers", message("Answers that can't be read set to missing"), unusable)


def _note_cells(draft: CheckDraft, code: str, match: ColumnMatch, mask: Mask, found: Message, advice: Message) -> None:
    draft.findings.add_rows(code, np.flatnonzero(mask & draft.counted), lambda row: draft.note(code, match, row, found, advice))


def _note_errors(draft: CheckDraft, match: ColumnMatch, mask: Mask) -> None:
    _note_cells(
        draft,
        "error_value",
        match,
        mask,
        message("The cell holds a spreadsheet error."),
        message("It counts as missing; correct the formula."),
    )


def clean_weights(draft: CheckDraft) -> Numbers:
    """Respondent weights; 1 everywhere when the survey gives none. Rows with an unusable weight are dropped."""
    ones = np.ones(draft.rows.count)
    match = _match_of(draft, Role.RESPONDENT_WEIGHT)
    if match is None:
        return ones
    raw = draft.rows.column(match.index)
    reading = _numbers(draft, raw)
    weights, outcomes = reading.values[raw.codes], reading.outcomes[raw.codes]
    blank = (outcomes == Outcome.BLANK) | (outcomes == Outcome.MISSING)
    if blank[draft.counted].all():
        draft.log("weights_assumed", message("Rows given the respondent weight 1, because the column is blank"), int(draft.counted.sum()))
        return ones
    bad = np.isnan(weights) & ~blank
    size = np.abs(weights)
    # Squares of weights are added up: beyond these ends they overflow or vanish, and the effective base with them.
    strange = (size > _LARGEST_WEIGHT) | ((size > 0) & (size < 1 / _LARGEST_WEIGHT))
    correct = message("The response is not used; correct the weight.")
    kinds = (
        ("missing_weight", blank, message("The respondent weight is missing."), correct),
        ("weight_not_a_number", bad, message("The respondent weight is not a number."), correct),
        ("weight_not_a_number", strange, message("The respondent weight is too large or too small to be one."), correct),
        ("negative_weight", weights < 0, message("The respondent weight is negative."), correct),
        (
            "zero_weight",
            weights == 0,
            message("The respondent weight is zero."),
            message("The response counts for nothing; check whether that is meant."),
        ),
    )
    for code, mask, found, advice in kinds:
        _note_cells(draft, code, match, mask, found, advice)
    unusable = blank | bad | strange | (weights < 0)
    if not (weights[draft.used & ~unusable] > 0).any():
        unusable |= weights == 0  # nothing to tell a mean from
    draft.drop(unusable & draft.counted, "rows_bad_weight", message("Responses without a usable respondent weight left out"))
    return np.where(np.isnan(weights), 1.0, weights)


_LARGEST_WEIGHT = 1e9


def _numbers(draft: CheckDraft, raw: RawColumn) -> NumberReading:
    reading, commas = read_numbers(raw)
    draft.log("decimal_commas_read", message("Decimal commas read"), int((commas[raw.codes] & draft.counted).sum()))
    return reading


def clean_dimension(draft: CheckDraft, role: Role, known: frozenset[str]) -> pa.Array:
    """Text values of a branch, operator, brand, business line, stratum or cluster column; null where not asked."""
    column = draft.schema.column_for(role)
    match = draft.matching.targets.get(column.code) if column else None
    if column is None or match is None:
        ours = draft.schema.our_operator if role is Role.OPERATOR else None
        if ours is not None:
            draft.log(
                "operator_assumed",
                message("Rows taken as our own customers, because no column names the operator"),
                int(draft.counted.sum()),
            )
        return pa.array([ours], pa.string()).take(pa.array(np.zeros(draft.rows.count, dtype=np.int32)))
    return _masked(draft, match, _clean_text(draft, column, match, known))


def _clean_text(draft: CheckDraft, column: Column, match: ColumnMatch, known: frozenset[str]) -> pa.Array:
    raw = draft.rows.column(match.index)
    reading = read_texts(raw, column, known, draft.names.get(column.code))
    told = reading.told[raw.codes] & draft.counted
    draft.log("names_told", message("Names read as they were said to be meant"), int(told.sum()))
    renamed = reading.renamed[raw.codes] & draft.counted
    draft.log("names_to_codes", message("Names turned into codes"), int(renamed.sum()))
    joined = reading.joined[raw.codes] & draft.counted
    draft.log("spellings_joined", message("Names that differ only in width, case or spaces put together"), int(joined.sum()))
    _note_errors(draft, match, reading.errors[raw.codes])
    check_names(draft, column, match, reading, raw.codes, known)
    empty = np.array([value is None for value in reading.values], dtype=bool) & ~(reading.unknown & column.closed)
    missing = empty[raw.codes] & draft.counted & ~reading.unnamed[raw.codes]
    _note_unnamed(draft, column, match, reading, raw.codes)
    if column.required:
        found = message("{column} is required but blank.", column=column.title)
        _note_cells(draft, "missing_value", match, missing, found, message("The response is not used; fill in the value."))
        draft.drop(missing, "rows_missing_value", message("Responses without a required value left out"))
    elif column.role is not Role.ATTRIBUTE and not missing[draft.counted].all():
        found = message("{column} is blank.", column=column.title)
        _note_cells(draft, "blank_value", match, missing, found, _BLANK_DESIGN.get(column.role, _BLANK_GROUP))
    return _taken(reading.values, raw.codes)


def _note_unnamed(draft: CheckDraft, column: Column, match: ColumnMatch, reading: TextReading, codes: npt.NDArray[np.int32]) -> None:
    counts = np.bincount(codes[draft.counted], minlength=len(reading.raw))
    for place in np.flatnonzero(reading.unnamed & (counts > 0)):
        found = message(
            "{count} responses have “{word}” as {column}, which says that it is not known.",
            count=int(counts[place]), word=shown_value(reading.raw[place]), column=column.title,
        )  # fmt: skip
        advice = message("They count in totals and in no group; if it is a name, list it among the choices of the survey.")
        draft.note_column("unnamed_value", match, found, advice)


_BLANK_GROUP = message("The response counts in totals but in no group.")
_BLANK_DESIGN = {
    Role.STRATUM: message("Responses without a stratum are a stratum of their own."),
    Role.CLUSTER: message("The response is taken as a sampling point of its own."),
}


def _taken(values: tuple[str | None, ...], codes: npt.NDArray[np.int32]) -> pa.Array:
    return pa.array(values, pa.string()).take(pa.array(codes))


def clean_ids(draft: CheckDraft) -> pa.Array:
    """Respondent ids made opaque by the draft's key (:func:`opaque_id`); null where blank."""
    match = _match_of(draft, Role.RESPONDENT_ID)
    if match is None:
        return pa.nulls(draft.rows.count, pa.string())
    raw = draft.rows.column(match.index)
    texts = ["" if is_blank(value) else plain_text(value) for value in raw.values]
    values = tuple(opaque_id(draft.schema.name, text, draft.id_key) if text else None for text in texts)
    filled = np.array([bool(text) for text in texts], dtype=bool)[raw.codes] & draft.counted
    draft.log("ids_hashed", message("Respondent ids made opaque"), int(filled.sum()))
    return _taken(values, raw.codes)


def opaque_id(schema_name: str, text: str, key: bytes) -> str:
    """The stored id of a respondent: 16 hex digits of HMAC-SHA-256 over the schema's name and the id.

    ``key`` is the store's secret. Ids are often phone numbers, few enough to try them all against a hash that needs no secret.
    Under an empty key, as in a check without a store, the code protects nobody and must not be stored or handed on.
    An id that left this store (:func:`id_to_leave`) is the stored id again; one that left another store is a text like any other.
    """
    left = _LEFT.match(text)
    if left and key and hmac.compare_digest(id_to_leave(schema_name, left[1], key), text):
        return left[1]
    return hmac.new(key, f"{schema_name}\n{text}".encode(), hashlib.sha256).hexdigest()[:16]


_LEFT = re.compile(r"^manyi-(.+)-[0-9a-f]{16}$", re.DOTALL)


def id_to_leave(schema_name: str, stored: str, key: bytes) -> str:
    """A stored id with a mark only its store can make, so that the respondent is known again when an exported wave comes back."""
    mark = hmac.new(key, f"left\n{schema_name}\n{stored}".encode(), hashlib.sha256).hexdigest()[:16]
    return f"manyi-{stored}-{mark}"


def clean_attribute(draft: CheckDraft, column: Column) -> pa.Array:
    """An attribute as numbers or text; null where its column is missing. Private data in it is masked."""
    match = draft.matching.targets.get(column.code)
    if match is None:
        return pa.nulls(draft.rows.count, pa.float64() if column.kind == "number" else pa.string())
    if column.kind == "text":
        return _masked(draft, match, _clean_text(draft, column, match, frozenset()))
    raw = draft.rows.column(match.index)
    reading = _numbers(draft, raw)
    outcomes = reading.outcomes[raw.codes]
    counts = np.bincount(outcomes[draft.counted], minlength=len(Outcome))
    draft.log("text_numbers_read", message("Numbers stored as text read"), counts[Outcome.TEXT_NUMBER])
    draft.log("percents_read", message("Percent signs read"), counts[Outcome.PERCENT])
    advice = message("The response is used without this value; correct the cell if it is known.")
    codes = {folded(value) for value in column.missing_values}
    unnamed = np.array(
        [folded(plain_text(value)) in codes or (isinstance(value, str) and says_unknown(value, column)) for value in raw.values], dtype=bool
    )[raw.codes]
    wrong = (outcomes == Outcome.UNKNOWN) & ~unnamed
    _note_cells(draft, "not_a_number", match, wrong, message("A number is expected here."), advice)
    _note_errors(draft, match, outcomes == Outcome.ERROR_VALUE)
    private = np.array([is_private(value) for value in raw.values], dtype=bool)[raw.codes] & ~np.isnan(reading.values[raw.codes])
    found = message("The number looks like a phone number or another number by which a person can be told.")
    _note_cells(draft, "private_in_comment", match, private, found, message("It is left out before storage."))
    draft.log("private_masked", message("Texts in which private data was masked"), int((private & draft.counted).sum()))
    return pa.array(np.where(private | unnamed, np.nan, reading.values[raw.codes]), from_pandas=True)


def clean_comment(draft: CheckDraft, column: Column) -> pa.Array:
    """An open comment, trimmed, with phone, identity and account numbers, addresses and names of persons masked."""
    match = draft.matching.targets.get(column.code)
    if match is None:
        return pa.nulls(draft.rows.count, pa.string())
    raw = draft.rows.column(match.index)
    texts = read_texts(raw, column).values
    return _masked(draft, match, _taken(texts, raw.codes), sentence=True)


def _masked(draft: CheckDraft, match: ColumnMatch, values: pa.Array, *, sentence: bool = False) -> pa.Array:
    encoded = values.dictionary_encode()
    texts = encoded.dictionary.to_pylist()
    hidden = [masked(text, sentence=sentence) for text in texts]
    changed = np.array([new != old for new, old in zip(hidden, texts, strict=True)] + [False], dtype=bool)
    if not changed.any():
        return values
    codes = encoded.indices.fill_null(len(texts)).to_numpy(zero_copy_only=False)
    mask = changed[codes] & draft.counted
    found = message("The text holds private data, such as a phone number, an address or a name.")
    _note_cells(draft, "private_in_comment", match, mask, found, message("It is masked before storage."))
    draft.log("private_masked", message("Texts in which private data was masked"), int(mask.sum()))
    return pa.array([*hidden, None], pa.string()).take(pa.array(codes))


def _match_of(draft: CheckDraft, role: Role) -> ColumnMatch | None:
    column = draft.schema.column_for(role)
    return draft.matching.targets.get(column.code) if column else None
