"""The frame of ``--help`` in the language of the run: headings, placeholders, defaults; Typer writes its own in English only."""

from __future__ import annotations

import re
from typing import Any

from command_line.output import environment_language
from words.language import message

_HELP = message("Show this message and exit.")
_PLACEHOLDERS = {"str": message("TEXT"), "float": message("NUMBER"), "int": message("WHOLE NUMBER"), "path": message("PATH")}
_TYPE = re.compile(r"<(?:list\[)?(\w+)\]?>")
_EXTRA = re.compile(r"\[(?:default: (?P<default>[^\]]*?))?(?:; )?(?P<required>required)?\]$")


class HelpInWords:
    """Put before a Typer command or group."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """How the command is written."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=_text(message("Usage: ")))

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Its parts; the placeholders in words."""
        said = {"[OPTIONS]": message("[OPTIONS]"), "COMMAND [ARGS]...": message("COMMAND [ARGUMENTS]…")}
        pieces = super().collect_usage_pieces(ctx)  # type: ignore[misc]
        return [_text(said[piece]) if piece in said else piece for piece in pieces]

    def get_help_option(self, ctx: Any) -> Any:
        """``--help`` with what it does."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = _text(_HELP)
        return option

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Arguments, options, and the commands of a group."""
        for kind, title in (("argument", message("Arguments")), ("option", message("Options"))):
            records = [one.get_help_record(ctx) for one in self.get_params(ctx) if one.param_type_name == kind]  # type: ignore[attr-defined]
            if shown := [_in_words(*record) for record in records if record]:
                with formatter.section(_text(title)):
                    formatter.write_dl(shown)
        if hasattr(self, "format_commands"):
            self.format_commands(ctx, formatter)


def _in_words(name: str, told: str) -> tuple[str, str]:
    """How one option is written, and what it does."""
    return _TYPE.sub(lambda found: _placeholder(found[1]), name), _EXTRA.sub(_extra, told)


def _placeholder(kind: str) -> str:
    return _text(_PLACEHOLDERS[kind]) if kind in _PLACEHOLDERS else kind


def _extra(found: re.Match[str]) -> str:
    if found["default"] is not None:
        return _text(message("[default: {value}]", value=found["default"]))
    return _text(message("[required]")) if found["required"] else found[0]


def _text(told: Any) -> str:
    return str(told.text(environment_language()))
