"""Which answers a chart was drawn from is told by what was drawn, also when a part of a page runs again on its own."""

from __future__ import annotations

from contextvars import Context
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

import pytest

from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Result
from analysis.results.provenance import Provenance
from answers.topic import Answered
from pages._shared.session import own_part
from pages._shared.session.asked_here import asked, begin, behind, in_a_part, note
from words.language import message

HOW = Provenance(message("Method"), DEFAULT_THRESHOLDS)


@dataclass(frozen=True)
class Found:
    """An answer as far as it is looked into."""

    result: object


def _result(value: float) -> Result:
    return Result((Estimate({}, "CSI", value),), HOW)


def _answers(*results: object) -> tuple[Answered[Any, Any], ...]:
    return cast("tuple[Answered[Any, Any], ...]", tuple(map(Found, results)))


def test_a_chart_is_of_the_answer_whose_result_it_draws() -> None:
    one, two = _answers(_result(1.0), _result(1.0))
    draw = partial(print, two.result, title="x")
    assert behind(draw, (one, two)) == (two,)
    assert behind(lambda _on: draw, (one, two)) == (two,)
    assert behind(one.result.estimates[0], (one, two)) == (one,)
    assert behind({"first": [one.result], "second": two.result}, (one, two)) == (one, two)


def test_equal_figures_and_shared_limits_do_not_make_it_another_ones() -> None:
    one, two = _answers(_result(1.0), _result(1.0))
    assert one.result == two.result
    assert behind(_result(1.0), (one, two)) == (one, two), "cannot be told, so all"
    assert behind([HOW, DEFAULT_THRESHOLDS], (one, two)) == (one, two)


def test_a_part_that_runs_again_alone_knows_what_was_asked_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[partial[None]] = []

    def fragment(run_every: float | None) -> Any:
        assert run_every is None

        def made(show: Any) -> Any:
            def first(*args: Any, **named: Any) -> None:
                runs.append(partial(show, *args, **named))
                show(*args, **named)

            return first

        return made

    monkeypatch.setattr(own_part.st, "fragment", fragment)
    known: list[tuple[Answered[Any, Any], ...]] = []
    part = own_part.own_part(lambda: known.append(asked()))
    (one,) = _answers(_result(1.0))
    begin()
    note(one)
    part()
    Context().run(runs[0])  # a run of its own is in a thread of its own
    assert known == [(one,), (one,)]


def test_what_a_part_asks_is_not_of_the_page() -> None:
    one, two = _answers(_result(1.0), _result(2.0))
    begin()
    note(one)
    with in_a_part(asked()):
        note(two)
        assert asked() == (one, two)
    assert asked() == (one,)
    begin()
    assert asked() == ()
