"""``estimate TOPIC``: a sub-command an answer, made when it is asked for; its options are those of the answer."""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup

from answers.topic_list import TOPICS
from command_line.help_text import HelpInWords
from command_line.output import environment_language
from command_line.parameters import READING, option_line
from words.language import translator


class EstimateGroup(HelpInWords, TyperGroup):
    """The topics, in their order; none is imported for the list."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Every topic."""
        return list(TOPICS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The sub-command of one topic; raises ManyiError naming what there is."""
        from answers.topics import topic_named  # loads what the topic computes with
        from command_line.topic_command import topic_command

        return topic_command(topic_named(cmd_name))

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Each topic with its line, and how a workbook is read in the store's place."""
        _ = translator(environment_language())
        with formatter.section(_("What can be computed")):
            formatter.write_dl([(name, entry.title.text(environment_language())) for name, entry in TOPICS.items()])
        with formatter.section(_("Options of every answer")):
            formatter.write_dl([option_line(kind) for _name, kind, _default in READING])
