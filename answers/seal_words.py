"""What the check of a seal says: equal, or a sentence for each input that changed, with when and by whom."""

from __future__ import annotations

from collections.abc import Mapping

from answers.seal_check import Changed, SealCheck
from survey_schema.data_kinds.all_kinds import RESPONSES, PeriodLabel, kind_of
from words.check_codes import shown_code
from words.language import Message, message
from words.lists import Listed
from words.periods import WaveName

#: So many places of a survey are named; the others are counted.
_MOST_PLACES = 5


def verdict(check: SealCheck) -> Message:
    """The answer in a sentence."""
    code = shown_code(check.seal.code)
    if check.equal:
        return message("{code}: equal. The same data, weights, survey, settings and program give the same figures today.", code=code)
    return message("{code}: not equal. What changed since it was sealed:", code=code)


def sealed_sentence(check: SealCheck) -> Message:
    """When it was sealed and by whom."""
    seal = check.seal
    when = "—" if seal.sealed_at is None else f"{seal.sealed_at.astimezone():%Y-%m-%d %H:%M}"
    return message("Sealed on {when} by {by}, from {survey}.", when=when, by=seal.sealed_by, survey=seal.survey)


def changed_sentence(changed: Changed) -> Message:
    """One changed input, with when and by whom where the store knows."""
    told = _WHAT[changed.what](changed)
    if changed.at is not None:
        return message("{what} Changed on {when} by {by}.", what=told, when=f"{changed.at.astimezone():%Y-%m-%d %H:%M}", by=changed.by)
    if changed.what == "setting":
        return message("{what} Settings are made by the administrator; the store does not record who changed them.", what=told)
    return told


def changed_record(changed: Changed) -> dict[str, object]:
    """The same as ``--json`` prints it."""
    return {
        "input": changed.what, "kind": changed.kind or None, "label": changed.label or None, "name": list(changed.name),
        "before": changed.before or None, "after": changed.after or None,
        "changed_at": None if changed.at is None else changed.at.isoformat(), "changed_by": changed.by or None,
    }  # fmt: skip


def _data(changed: Changed) -> Message:
    given: Mapping[str, object] = {"data": _named(changed), "before": changed.before, "after": changed.after}
    if not changed.after:
        return message("Data: {data}, sealed in version {before}, are not in force any more.", **given)
    if not changed.before:
        return message("Data: {data} came since (version {after}).", **given)
    if changed.before == changed.after:
        return message("Data: {data} are other data than were sealed, though of version {after} too.", **given)
    return message("Data: {data} were sealed in version {before}; version {after} is in force.", **given)


def _weighting(changed: Changed) -> Message:
    stored = message("as stored")
    return message(
        "Respondent weights: {data} were sealed with the weighting {before}; {after} is in force.",
        data=_named(changed), before=changed.before or stored, after=changed.after or stored,
    )  # fmt: skip


def _schema(changed: Changed) -> Message:
    return message(
        "Survey: {data} follow version {after} of the survey, sealed was version {before}. What differs: {places}.",
        data=_named(changed), before=changed.before, after=changed.after, places=_places(changed),
    )  # fmt: skip


def _indicator_weights(changed: Changed) -> Message:
    return message(
        "Indicator weights: {data} follow version {after} of the survey, sealed was version {before}. What differs: {places}.",
        data=_named(changed), before=changed.before, after=changed.after, places=_places(changed),
    )  # fmt: skip


def _setting(changed: Changed) -> Message:
    return message(
        "Setting: {name} was {before}; now it is {after}.",
        name=f"MANYI_{changed.name[0].upper()}", before=changed.before or "—", after=changed.after or "—",
    )  # fmt: skip


def _program(changed: Changed) -> Message:
    return message("Program: sealed by version {before}; this is version {after}.", before=changed.before, after=changed.after)


def _branches(_changed: Changed) -> Message:
    return message(
        "Branches: some count as others than when it was sealed. estimate --branches-as-of, with the day of the seal, computes as it was."
    )


def _question(_changed: Changed) -> Message:
    return message("Question: this version of the program does not know the question as it was asked.")


def _figures(_changed: Changed) -> Message:
    return message(
        "Figures: every input is as it was sealed, yet the figures are others. Libraries of other versions may be installed, or files of "
        "the store were changed: run store verify."
    )


_WHAT = {
    "data": _data, "weighting": _weighting, "schema": _schema, "indicator_weights": _indicator_weights, "setting": _setting,
    "program": _program, "question": _question, "branches": _branches, "figures": _figures,
}  # fmt: skip


def _named(changed: Changed) -> Message:
    if changed.kind == RESPONSES:
        return message("responses of {wave}", wave=WaveName(changed.label))
    return message("{kind} ({period})", kind=kind_of(changed.kind).title, period=PeriodLabel(changed.label))


def _places(changed: Changed) -> object:
    if not changed.name:
        return message("its number only")
    more = len(changed.name) - _MOST_PLACES
    shown = Listed(changed.name[:_MOST_PLACES])
    return shown if more <= 0 else message("{places} and {n} more", places=shown, n=more)
