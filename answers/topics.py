"""Every topic by its name: where it is, and what it answers in a line. Nothing is imported before it is asked for."""

from __future__ import annotations

import importlib
from typing import Any

from answers.topic import Topic
from answers.topic_list import TOPICS
from words.errors import unknown
from words.language import message


def topic_named(name: str) -> Topic[Any, Any]:
    """The topic of that name; raises ManyiError naming what there is."""
    if name not in TOPICS:
        raise unknown(message("estimate"), name, list(TOPICS))
    found: Topic[Any, Any] = importlib.import_module(f"answers.{TOPICS[name].module}").TOPICS[name]
    return found
