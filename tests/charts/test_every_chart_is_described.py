"""No chart is drawn past its description, so that each leaves as a native chart, is read out, and has its table."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.places import ROOT

#: The only place that makes a chart with a picture.
DRAW = "charts/kit/drawing/draw.py"
#: A chart that was kept as it was in a report is opened again, with the native form its description had.
KEPT = "reports/kept_chart.py"


def charts_made() -> Iterator[tuple[str, ast.Call]]:
    """Every place of the product that makes a chart, with its file."""
    for room in ("charts", "pages", "reports", "command_line", "answers"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Chart":
                    yield path.relative_to(ROOT).as_posix(), node


def without_picture(made: ast.Call) -> bool:
    """Whether it is a table alone: its figure is empty."""
    named = {each.arg: each.value for each in made.keywords}
    figure = named["figure"] if "figure" in named else made.args[3]
    return ast.unparse(figure) == "PlainFigure()"


def test_charts_with_a_picture_are_drawn_from_a_description() -> None:
    made = list(charts_made())
    assert [ast.unparse(each.args[5]) for file, each in made if file == DRAW] == ["shown"]
    assert [file for file, each in made if file not in (DRAW, KEPT) and not without_picture(each)] == []


def test_every_room_of_charts_draws() -> None:
    """Every module with a function that returns a chart calls ``draw``; one that hands on what another makes says so by its import."""
    for path in modules_with_charts():
        text = path.read_text("utf-8")
        assert "import draw\n" in text, f"{path.name} returns a chart, but not one that is drawn from a description"


def modules_with_charts() -> list[Path]:
    found = []
    for path in sorted((ROOT / "charts").rglob("*.py")):
        functions = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)]
        if any(each.returns is not None and ast.unparse(each.returns) == "Chart" for each in functions):
            found.append(path)
    assert len(found) > 30
    return [path for path in found if path.relative_to(ROOT).as_posix() != DRAW]
