"""What a command of the command line left behind, and the type of what runs one."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any


class Run:
    """One finished command."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    def records(self, **wanted: object) -> list[dict[str, Any]]:
        return [record for record in self.json["estimates"] if all(record.get(name) == value for name, value in wanted.items())]

    def one(self, **wanted: object) -> dict[str, Any]:
        (found,) = self.records(**wanted)
        return found


Manyi = Callable[..., Run]
