"""What every part of a schema is made of: frozen models, codes, texts in both languages, and the error for a contradiction."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from words.language import Language, Message

Code = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", description="letters, digits and _, starting with a letter")]
Convention = Literal["range", "percent"]


def unset(value: object) -> bool:
    """Entries that came later are left out of a schema's canonical text where they are not used, so that its fingerprint stays."""
    return value is None


def nothing(value: object) -> bool:
    """The same of lists and mappings: left out where they are empty."""
    return value in ([], {})


class ContradictionError(ValueError):
    """A contradiction within a schema; ``place`` is where below the validated model it stands."""

    def __init__(self, problem: Message, *place: str | int) -> None:
        super().__init__(problem.text("en"))
        self.message = problem
        self.place = place


class Model(BaseModel):
    """Base of every schema model: unknown keys are refused, numbers are finite, instances are frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class LocalText(Model):
    """One text in both languages."""

    zh_CN: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def text(self, language: Language) -> str:
        """The text in one language."""
        return self.zh_CN if language == "zh_CN" else self.en
