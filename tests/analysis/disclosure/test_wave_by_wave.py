"""What a wave may show does not depend on the waves beside it, and a table that was judged is not judged again."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np

from analysis.disclosure import suppression
from analysis.disclosure.base_table import BaseTable
from analysis.disclosure.suppression import suppress
from analysis.results.estimates import Thresholds
from survey_schema.loading import parse_schema
from tests.stores.made_survey import SURVEY

THRESHOLDS = Thresholds(marked_below=30, hidden_below=10)
SCHEMA = parse_schema(SURVEY, "waves.yaml")
WAVES, BRANCHES, BRANDS = ("2026-05", "2026-06", "2026-07"), "abcdefg", "xyz"


def _suppressed(waves: tuple[str, ...], dimensions: tuple[str, ...] = ("wave", "branch", "brand"), seed: int = 4) -> BaseTable:
    """The table of some waves; bases of a margin are sums of those of its cells."""
    nodes, items = tuple(node.code for node in SCHEMA.tree.walk()), tuple(item.code for item in SCHEMA.items)
    shape = (len(WAVES), len(BRANCHES), len(BRANDS), len(items))
    every = np.random.default_rng(seed).choice([0.0, 3, 8, 14, 30, 60], shape, p=[0.02, 0.08, 0.1, 0.2, 0.3, 0.3])

    def table_of(chosen: tuple[str, ...]) -> BaseTable:
        keys = [{"wave": wave, "branch": branch, "brand": brand} for wave in waves for branch in BRANCHES for brand in BRANDS]
        found: dict[tuple[str, ...], np.ndarray] = {}
        for key in keys:
            cell = every[WAVES.index(key["wave"]), BRANCHES.index(key["branch"]), BRANDS.index(key["brand"])]
            place = tuple(key[name] for name in chosen)
            found[place] = found.get(place, np.zeros(len(items))) + cell
        bases = np.array(list(found.values()))
        whole = np.concatenate([np.repeat(bases.max(axis=1, keepdims=True), len(nodes), axis=1), bases], axis=1)
        names = tuple(dict(zip(chosen, place, strict=True)) for place in found)
        return BaseTable(names, nodes, items, whole, bases, np.zeros(whole.shape, dtype=bool), SCHEMA)

    return suppress(table_of, dimensions, THRESHOLDS)


def test_a_wave_hides_the_same_alone_and_beside_others() -> None:
    together = _suppressed(WAVES)
    for wave in WAVES:
        alone = _suppressed((wave,))
        own = [g for g, keys in enumerate(together.keys) if keys["wave"] == wave]
        assert alone.suppressed.any()
        assert not alone.suppressed.all()
        np.testing.assert_array_equal(together.suppressed[own], alone.suppressed)


def test_what_was_judged_is_not_judged_again_and_other_bases_are() -> None:
    with patch.object(suppression, "_against_indicators", wraps=suppression._against_indicators) as audited:
        _suppressed(WAVES, seed=11)
        first = audited.call_count
        _suppressed(WAVES, seed=11)
        _suppressed(WAVES[:1], seed=11)
        assert audited.call_count == first > 0
        _suppressed(WAVES, seed=12)
        assert audited.call_count > first
