"""Questions about values: what only a person can say before anything is stored."""

from __future__ import annotations

from dataclasses import dataclass

from words.language import Language, Message


@dataclass(frozen=True)
class ValueQuestion:
    """One question with the answers there are.

    ``options``: an answer as :mod:`survey_schema.workbook.check.value_answers` reads it, and its words.
    """

    question: Message
    options: tuple[tuple[str, Message], ...]

    def text(self, language: Language) -> str:
        """The question in one language."""
        return self.question.text(language)

    def option_text(self, answer: str, language: Language) -> str:
        """What an answer means."""
        return next((words.text(language) for option, words in self.options if option == answer), answer)


def command_option(answer: str) -> str:
    """An answer as it is typed on the command line."""
    order = answer.removeprefix("dates=")
    return f"--dates {order}" if order != answer else f'--grade "{answer}"'


@dataclass(frozen=True)
class Ways:
    """The answers to a question as a message's parameter: each with the option that gives it."""

    options: tuple[tuple[str, Message], ...]

    def text(self, language: Language) -> str:
        """Options and their meanings, in one language."""
        return "; ".join(f"{option} ({words.text(language)})" for option, words in self.options)
