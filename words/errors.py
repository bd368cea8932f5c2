"""The one error class for what a user can get wrong: a sentence in both languages, never a traceback."""

from __future__ import annotations

from words.language import Language, Message


class ManyiError(Exception):
    """Something the user can put right. Caught in one place in the UI and one in the CLI."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text("en"))
        self.message = message

    def text(self, language: Language) -> str:
        """The sentence to show."""
        return self.message.text(language)
