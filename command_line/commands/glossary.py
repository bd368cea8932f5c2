"""``glossary``: what the words mean that stand on pages and in reports."""

from __future__ import annotations

from typing import Annotated

import typer

from command_line.output import console, environment_language, print_json
from command_line.parameters import Json, Lang
from words.errors import ManyiError
from words.glossary import GLOSSARY
from words.language import message, translator

_ = translator(environment_language())


def command(
    term: Annotated[str, typer.Argument(help=_("A word, such as interval; without one: all terms."))] = "",
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Each term with its meaning."""
    language = console.language
    found = [each for each in GLOSSARY if not term or each.is_asked_for(term, language)]
    if not found:
        raise ManyiError(message("The glossary has no term “{term}”; without a word it lists all.", term=term))
    if json:
        print_json([{"code": each.code, "term": each.title.text(language), "meaning": each.text.text(language)} for each in found])
        return
    for each in found:
        console.print(f"{each.title.text(language)}: {each.text.text(language)}")
