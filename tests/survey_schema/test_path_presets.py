"""Which index models a survey is offered beside its own."""

from __future__ import annotations

import pytest

from survey_schema.loading import load_schema
from survey_schema.path_presets import path_models_for


@pytest.mark.parametrize(
    ("survey", "codes"),
    [("ecsi_mobile", ["ecsi", "acsi"]), ("tcsi", ["tcsi", "acsi", "ecsi"]), ("telecom_csi", ["fairness"]), ("network_experience", [])],
)
def test_presets_fit_where_all_their_constructs_are_asked(survey: str, codes: list[str]) -> None:
    assert list(path_models_for(load_schema(survey))) == codes


def test_acsi_leaves_image_out_and_keeps_the_questions() -> None:
    schema = load_schema("ecsi_mobile")
    acsi, own = path_models_for(schema)["acsi"], schema.path_models[0]
    assert {construct.code for construct in acsi.constructs} == {construct.code for construct in own.constructs} - {"image"}
    assert not any("image" in path for path in acsi.paths)
    assert [c.items for c in acsi.constructs] == [c.items for c in own.constructs if c.code != "image"]


def test_roles_under_other_names_are_known() -> None:
    paths = path_models_for(load_schema("tcsi"))["ecsi"].paths
    assert ("image", "expected_quality") in paths
    assert ("perceived_quality", "perceived_value") in paths
