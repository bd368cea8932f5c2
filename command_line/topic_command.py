"""The sub-command of one answer: its parameters made from the topic, its words made a question, its figures printed."""

from __future__ import annotations

from inspect import Parameter, Signature
from pathlib import Path
from typing import Any

from answers.candidate_measures import candidate_text
from answers.records import record
from answers.selection import refuse_nobody
from answers.topic import Topic, answer
from answers.topic_list import TOPICS
from command_line import parameters
from command_line.asking import Words, asked_of
from command_line.careful_command import CarefulCommand
from command_line.lazy_group import made_command
from command_line.measures_file import measures_file
from command_line.option_parsing import parameters_of, values_of
from command_line.output import console, environment_language, print_json
from command_line.parameters import READING, hidden, listed_words
from command_line.seal_commands import code_of_answer
from command_line.tables import print_figures
from command_line.workbooks import SheetOptions, told_from
from settings import load_settings
from words.language import Message, message, translator

#: What every answer takes, or every answer whose question has that part.
_SHARED: tuple[tuple[str, Any, str | None], ...] = (
    ("workbook", parameters.EstimatedWorkbook, None), ("schema", parameters.EstimatedSchema, None), ("by", parameters.GroupBy, "by"),
    ("where", parameters.Where, "where"), ("wave", parameters.OnlyWaves, None), ("code", parameters.OnlyCodes, "codes"),
    ("population", parameters.Population, "population"), ("measures_file", parameters.Measures, "measures"),
)  # fmt: skip


class TopicCommand(CarefulCommand):
    """Says in a sentence which option an answer has no use for."""

    def not_taken(self, option: str) -> Message:
        """The sentence for an option that means nothing here."""
        return message("estimate {what} makes no use of {option}.", what=self.name, option=option)


def topic_command(topic: Topic[Any, Any]) -> Any:
    """The command of one topic."""

    def run(**written: Any) -> None:
        estimate_and_print(topic, written)

    listed = [
        _parameter(name, _narrowing(kind, topic) if name == "where" else kind, None)
        for name, kind, needs in _SHARED
        if needs is None or needs in topic.takes
    ]
    silent = [_parameter(name, hidden(kind), default) for name, kind, default in READING]
    every = [*listed, *parameters_of(topic.options), *silent]
    run.__signature__ = Signature(every)  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in every}
    _ = translator(environment_language())
    told = _("Printed as records with --json. How a workbook is read: estimate --help.")
    return made_command(topic.name, run, TOPICS[topic.name].title, cls=TopicCommand, epilog=told)


def _narrowing(kind: Any, topic: Topic[Any, Any]) -> Any:
    """``--where`` of data beside responses, which have columns of their own and are of nobody's customers."""
    return parameters.narrowing(kind, topic.groups) if topic.groups else kind


def _parameter(name: str, kind: Any, default: Any) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=kind)


def estimate_and_print(topic: Topic[Any, Any], written: dict[str, Any]) -> None:
    """Ask, and print the answer; raises ManyiError for what cannot be asked."""
    settings = load_settings()
    question, source = asked_of(written_words(topic, written), topic, settings)
    found = answer(topic, question, source)
    if not found.figures.estimates and not found.topic.of_deliveries:
        refuse_nobody(source, found.asked.where, found.asked.reads)
    for note in found.notes:  # once there are figures to be minded
        console.complain(note)
    code = code_of_answer(found, keep=written["seal"]) if written["seal"] or written["json"] else None
    if written["json"]:
        print_json({**record(found, console.language), **({"seal": code} if code else {})})
        return
    if written["out"] is not None:
        from command_line.printed_answer import write_printed  # draws

        write_printed(found, written["out"], code or "")
        return
    print_figures(found)
    if code:
        console.print(message("Sealed as {code}.", code=code))


def written_words(topic: Topic[Any, Any], written: dict[str, Any]) -> Words:
    """What was written, by name of parameter, as the words every topic has."""
    return Words(
        workbook=written["workbook"],
        schema=written["schema"],
        by=listed_words(*(written.get("by") or ())),
        where=tuple(written.get("where") or ()),
        waves=tuple(written["wave"] or ()),
        codes=tuple(dict.fromkeys(listed_words(*(written.get("code") or ())))),
        population=written.get("population"),
        options=values_of(topic.options, written) | _from_file(written.get("measures_file")),
        mapping=tuple(written["mapping"] or ()),
        sheet=SheetOptions(written["sheet"], written["all_sheets"], written["sheet_as"]),
        told=told_from(written["grade"], written["dates"]),
        repairs=written["repairs"],
        branches_as_of=written["branches_as_of"],
        accept_losses=written["accept_losses"],
    )


def _from_file(path: Path | None) -> dict[str, Any]:
    """The option that a file of measures stands for."""
    return {} if path is None else {"measures": tuple(map(candidate_text, measures_file(path, load_settings())))}
