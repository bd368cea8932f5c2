"""Stored waves without a screen: listed, withdrawn, put in force again, deleted for good."""

from __future__ import annotations

from collections.abc import Sequence

from command_line.output import EXIT_ERRORS, console, print_json, print_table
from storage.committing import FarFewerResponses
from storage.forget_respondents import RespondentAnswers
from storage.records import Wave, WaveStatus
from storage.store import Store
from survey_schema.data_kinds.all_kinds import RESPONSES, kind_of
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from words.errors import ManyiError, unknown
from words.language import Message, message, translator
from words.lists import Listed
from words.periods import Period

KINDS = ("wave", "respondent")


def commit_knowingly(
    store: Store, checked: CheckedWorkbook, schema: SurveySchema, by: str, *, replace: bool, accept_fewer: bool, quiet: bool
) -> tuple[Wave, ...]:
    """Store, saying first what takes the place of what; names the option where far fewer responses would."""
    if replace and not quiet:
        for each in store.replacements(checked, schema):
            if accept_fewer or not each.far_fewer:
                console.print(each.sentence)
    try:
        return store.commit(checked, schema, by, replace, accept_fewer)
    except FarFewerResponses as refusal:
        raise _with_option(refusal) from refusal


def stored(store: Store, kind: str | None = None, status: WaveStatus | None = None) -> tuple[Wave, ...]:
    """Waves and deliveries; of one kind where it is named."""
    if kind == RESPONSES:
        return store.waves(status=status)
    return (*(store.waves(status=status) if kind is None else ()), *store.deliveries(kind=kind, status=status))


def rows_counted(kind: str, n: int) -> Message:
    """How many responses, or rows of another kind."""
    return message("{n} responses", n=f"{n:,}") if kind == RESPONSES else message("{n} rows", n=f"{n:,}")


def one_wave(store: Store, text: str, kind: str | None = None) -> Wave:
    """The wave or delivery of an id, or the one in force of a label that only one survey has: responses, unless a kind is named."""
    found = [wave for wave in stored(store, kind) if wave.wave_id == text]
    found = found or [wave for wave in stored(store, kind or RESPONSES, WaveStatus.ACTIVE) if wave.label == text]
    if not found:
        raise unknown(
            message("wave"), text, list(dict.fromkeys(wave.label for wave in stored(store, kind or RESPONSES, WaveStatus.ACTIVE)))
        )
    return _only(found, text)


def withdraw_wave(store: Store, text: str, by: str, kind: str | None = None) -> None:
    """Takes a wave or delivery out of force, and says what could be in force instead."""
    taken = store.versions.withdraw(one_wave(store, text, kind).wave_id, by)
    console.print(message("Wave {label} of {survey} was withdrawn.", label=taken.label, survey=taken.survey))
    before = store.versions.before(taken)
    if before is not None:
        told = {"version": before.version, "rows": rows_counted(before.kind, before.n), "file": before.source_name, "wave": before.wave_id}
        console.print(message("Version {version} ({rows}, {file}) can be put in force again: python cli.py restore {wave}", **told))


def restore_wave(store: Store, text: str, version: int | None, by: str, *, accept_fewer: bool, kind: str | None = None) -> None:
    """Puts a replaced or withdrawn version in force again: by id, or by label and perhaps version."""
    wave = next((wave for wave in stored(store, kind) if wave.wave_id == text), None)
    if wave is None:
        period = Period.parse(text)
        labels = {text, *([period.label] if period else [])}
        found = [wave for wave in stored(store, kind or RESPONSES) if wave.label in labels]
        if not found:
            raise ManyiError(message("There is no wave {wave}.", wave=text))
        surveys = list(dict.fromkeys(wave.survey for wave in found))
        if len(surveys) > 1:
            raise _several(text, found)
        wave = store.versions.to_restore(surveys[0], found[0].label, version, kind or RESPONSES)
    replaced = store.versions.replacement_by(wave)
    try:
        now = store.versions.restore(wave.wave_id, by, accept_fewer)
    except FarFewerResponses as refusal:
        raise _with_option(refusal) from refusal
    told = {
        "version": now.version,
        "label": now.label,
        "survey": now.survey,
        "rows": rows_counted(now.kind, now.n),
        "file": now.source_name,
    }
    console.print(message("Version {version} of wave {label} of {survey} ({rows}, {file}) is in force again.", **told))
    if replaced is not None:
        old = {"version": replaced.version, "rows": rows_counted(replaced.kind, replaced.instead_of)}
        console.print(message("Version {version} ({rows}) is kept as replaced.", **old))


def delete_for_good(store: Store, kind: str, text: str, survey: str | None, by: str, *, yes: bool, of_kind: str | None = None) -> int:
    """Deletes a wave, a delivery ``of_kind`` or a respondent, once ``--yes`` was added to the numbers; gives the exit code."""
    if kind not in KINDS:
        raise ManyiError(message("There is no {kind} to delete. There are: {known}.", kind=kind, known=Listed(KINDS)))
    return _delete_wave(store, text, by, of_kind, yes=yes) if kind == "wave" else _delete_respondent(store, text, survey, by, yes=yes)


def _delete_wave(store: Store, text: str, by: str, kind: str | None, *, yes: bool) -> int:
    """An id means that version, a label all versions of the period."""
    found = [wave for wave in stored(store, kind) if wave.wave_id == text]
    found = found or [wave for wave in stored(store, kind or RESPONSES) if wave.label == text]
    if not found:
        raise ManyiError(message("There is no wave {wave}.", wave=text))
    if len({wave.survey for wave in found}) > 1:
        raise _several(text, found)
    print_waves(found, json=False)
    numbers = {"versions": len(found), "rows": rows_counted(found[0].kind, sum(wave.n for wave in found)), "label": found[0].label}
    if not yes:
        return _ask(message("{versions} versions of wave {label} with {rows} would be deleted for good.", **numbers))
    store.versions.delete(found, by)
    console.print(message("{versions} versions of wave {label} with {rows} are deleted for good.", **numbers))
    _say_backups()
    return 0


def _delete_respondent(store: Store, text: str, survey: str | None, by: str, *, yes: bool) -> int:
    surveys = list(dict.fromkeys(wave.survey for wave in (*store.waves(status=None), *store.deliveries(status=None))))
    if survey is not None and survey not in surveys:
        raise unknown(message("survey"), survey, surveys, place=message("the store"))
    found = {name: store.respondents.find(name, text) for name in surveys if survey in (None, name)}
    answers = [each for of_survey in found.values() for each in of_survey]
    if not answers:
        raise ManyiError(message("No stored wave has responses or contacts of this respondent."))
    _print_answers(answers)
    numbers = {"n": sum(each.responses for each in answers), "waves": len(answers)}
    if not yes:
        return _ask(
            message(
                "{n} responses and contacts of this respondent in {waves} stored waves and versions would be deleted for good.", **numbers
            )
        )
    for name in [name for name, of_survey in found.items() if of_survey]:
        store.respondents.delete(name, text, by)
    done = message("{n} responses and contacts of this respondent in {waves} stored waves and versions are deleted for good.", **numbers)
    console.print(done)
    _say_backups()
    return 0


def _ask(sentence: Message) -> int:
    console.print(sentence)
    console.print(message("Nothing brings them back but a backup. Nothing was deleted yet; add --yes to do it."))
    return EXIT_ERRORS


def _say_backups() -> None:
    console.print(message("Backups and folders set aside still hold what they held; remove those too where nothing may be left."))


def _print_answers(answers: Sequence[RespondentAnswers]) -> None:
    _ = translator(console.language)
    header = [_("Survey"), _("Wave"), _("Status"), _("Wave id"), _("Version"), _("Responses")]
    rows = [
        [wave.survey, _period_named(wave), status_word(wave.status), wave.wave_id, str(wave.version), str(each.responses)]
        for each in answers
        for wave in (each.wave,)
    ]
    print_table(header, rows, numbers_from=4)


def _period_named(wave: Wave) -> str:
    return wave.label if wave.kind == RESPONSES else f"{kind_of(wave.kind).title.text(console.language)} {wave.label}"


def _with_option(refusal: FarFewerResponses) -> ManyiError:
    return ManyiError(message("{refusal} If that is meant, add --accept-fewer.", refusal=refusal.message))


def _only(found: Sequence[Wave], text: str) -> Wave:
    if len(found) > 1:
        raise _several(text, found)
    return found[0]


def _several(text: str, found: Sequence[Wave]) -> ManyiError:
    ids = Listed([f"{wave.wave_id} ({wave.survey})" for wave in found])
    return ManyiError(message("Several surveys have a wave {wave}; give its id: {ids}.", wave=text, ids=ids))


def print_waves(found: Sequence[Wave], json: bool) -> None:
    """Waves as a table or as records."""
    if json:
        print_json([{**vars(wave), "status": wave.status.value, "committed_at": wave.committed_at.isoformat()} for wave in found])
        return
    _ = translator(console.language)
    kinds = any(wave.kind != RESPONSES for wave in found)
    header = [
        *([_("Kind")] if kinds else []), _("Survey"), _("Wave"), _("Status"), _("Stored at"), _("Stored by"), _("File"),
        _("Respondent weights"), _("Wave id"), _("Version"), _("Rows") if kinds else _("Responses"),
    ]  # fmt: skip
    rows = [
        [
            *([kind_word(wave.kind)] if kinds else []), wave.survey, wave.label, status_word(wave.status),
            wave.committed_at.astimezone().strftime("%Y-%m-%d %H:%M"),
            wave.committed_by, wave.source_name, _weights_word(wave), wave.wave_id, str(wave.version), str(wave.n),
        ]
        for wave in found
    ]  # fmt: skip
    print_table(header, rows, numbers_from=9 if kinds else 8)


def _weights_word(wave: Wave) -> str:
    as_stored = message("as stored").text(console.language)
    return (wave.weighting or as_stored) if wave.kind == RESPONSES else "–"


def kind_word(kind: str) -> str:
    """The name of a kind of data, in the language of this run."""
    return (message("Responses") if kind == RESPONSES else kind_of(kind).title).text(console.language)


def status_word(status: WaveStatus) -> str:
    """The word for a status, in the language of this run."""
    words = {
        WaveStatus.ACTIVE: message("in force"),
        WaveStatus.REPLACED: message("replaced"),
        WaveStatus.WITHDRAWN: message("withdrawn"),
    }
    return words[status].text(console.language)
