"""The ready-made schemas say what they promise, and what the documentation shows is true."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
import yaml
from python_calamine import CalamineWorkbook

from survey_schema.columns import Role
from survey_schema.data_kinds.all_kinds import KINDS
from survey_schema.indicator_tree import Indicator
from survey_schema.json_schema import SCHEMA_FILE, json_schema, json_schema_text
from survey_schema.loading import BUILT_IN, builtin_names, load_schema, parse_schema
from tests.places import ROOT

ROOM = ROOT / "survey_schema"
NAMES = {
    "call_back", "ecsi_mobile", "network_experience", "service_choices", "servqual_telecom", "tcsi",
    "telecom_csi", "telecom_five_grade", "two_aspect",
}  # fmt: skip


def test_built_in_names() -> None:
    assert set(builtin_names()) == NAMES
    assert list(builtin_names()) == sorted(builtin_names())


@pytest.mark.parametrize("name", sorted(NAMES))
def test_file_name_is_schema_name(name: str) -> None:
    assert load_schema(name).name == name


@pytest.mark.parametrize("name", sorted(NAMES))
def test_no_header_fits_two_columns(name: str) -> None:
    schema = load_schema(name)
    owners: dict[str, set[str]] = defaultdict(set)
    for thing in [*schema.items, *schema.columns]:
        for header in (thing.code, thing.title.zh_CN, thing.title.en, *thing.aliases):
            owners[re.sub(r"\s", "", header).lower()].add(thing.code)
    assert {header: codes for header, codes in owners.items() if len(codes) > 1} == {}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_no_word_fits_two_choices_or_grades(name: str) -> None:
    schema = load_schema(name)
    for column in schema.columns:
        words = [word for choice in column.choices for word in {choice.code, choice.title.zh_CN, choice.title.en, *choice.aliases}]
        assert len(words) == len(set(words)), column.code
    for code, scale in schema.scales.items():
        words = [word.lower() for label in scale.labels for word in {*label.zh_CN, *label.en}] + [w.lower() for w in scale.missing_labels]
        assert len(words) == len(set(words)), code


@pytest.mark.parametrize("name", sorted(NAMES))
def test_chinese_titles_are_chinese(name: str) -> None:
    schema = load_schema(name)
    for thing in [*schema.items, *schema.columns, *schema.tree.walk()]:
        assert re.search(r"[\u4e00-\u9fff]", thing.title.zh_CN), thing.code
        assert not re.search(r"[\u4e00-\u9fff]", thing.title.en), thing.code


def test_telecom_csi_has_the_reference_tree() -> None:
    schema = load_schema("telecom_csi")
    dimensions = {child.code: len(child.items()) for child in schema.tree.children if isinstance(child, Indicator)}
    assert dimensions == {"C1": 4, "C2": 7, "C3": 3, "C4": 5}
    assert schema.tree.child_weights() == {"C1": 0.25, "C2": 0.25, "C3": 0.25, "C4": 0.25}
    assert schema.drivers == [f"P{number}" for number in range(1, 10)]
    assert schema.our_operator == "mobile"
    assert len(schema.choices(Role.BRANCH)) == 14
    assert schema.scale_of("Q1").missing_codes == [97, 98, 99]
    assert load_schema("telecom_five_grade").tree == schema.tree


def test_five_grade_scores_are_per_cent_of_the_maximum() -> None:
    schema = load_schema("telecom_five_grade")
    scale = schema.scale_of("C11")
    assert schema.convention == "percent"
    assert [grade / scale.maximum * 100 for grade in scale.grades] == [20, 40, 60, 80, 100]
    assert [label.text("zh_CN") for label in scale.labels] == ["很满意", "满意", "基本满意", "不满意", "很不满意"]


def test_two_aspect_weights_and_rivals() -> None:
    schema = load_schema("two_aspect")
    assert schema.tree.child_weights() == {"service_value": 0.7, "corporate_image": 0.3}
    image = schema.tree.children[1]
    assert isinstance(image, Indicator)
    assert [child.title.en for child in image.children if isinstance(child, Indicator)] == [
        "Cares for customers",
        "Leads the market",
        "Is popular",
    ]
    assert schema.comparison.rivals == {"gotone": "competitor_c", "m_zone": "competitor_c", "easyown": "competitor_g"}


@pytest.mark.parametrize(("name", "constructs"), [("ecsi_mobile", 7), ("tcsi", 8)])
def test_structural_surveys_take_the_satisfaction_construct_as_index(name: str, constructs: int) -> None:
    schema = load_schema(name)
    model = schema.path_models[0]
    satisfaction = next(construct for construct in model.constructs if construct.code == model.satisfaction)
    assert len(model.constructs) == constructs
    assert schema.tree.items() == satisfaction.items
    assert sorted(code for construct in model.constructs for code in construct.items) == sorted(item.code for item in schema.items)


def test_servqual_triples() -> None:
    schema = load_schema("servqual_telecom")
    assert len(schema.gap_items) == 22
    assert all(gap.perception and gap.expectation and gap.importance and gap.dimension for gap in schema.gap_items)
    assert [gap.perception for gap in schema.gap_items] == schema.tree.items()
    assert len({gap.dimension.en for gap in schema.gap_items if gap.dimension}) == 5


def test_network_experience_knows_the_headers_of_the_voice_workbook(foreign_workbook: Callable[[str], Path]) -> None:
    schema = load_schema("network_experience")
    known = {header for thing in [*schema.items, *schema.columns] for header in (thing.title.zh_CN, *thing.aliases)}
    sheet = CalamineWorkbook.from_path(foreign_workbook("voice")).get_sheet_by_index(0)
    headers = {str(value) for value in sheet.to_python(nrows=1)[0]}
    assert headers - known == {"其他，请注明"}


def test_readme_example_is_a_valid_schema() -> None:
    readme = (ROOM / "README.md").read_text("utf-8")
    example = re.search(r"<!-- example: loaded by a test -->\n```yaml\n(.*?)```", readme, re.S)
    assert example
    schema = parse_schema(example.group(1), "README.md")
    assert schema.tree.child_weights() == {"waiting": 0.4, "people": 0.6}
    assert schema.our_operator == "us"


def test_readme_names_every_kind_of_data_and_its_columns() -> None:
    readme = (ROOM / "README.md").read_text("utf-8")
    for kind in KINDS:
        line = next(line for line in readme.splitlines() if line.startswith(f"| `{kind.code}` |"))
        assert [column.code for column in kind.columns if f"`{column.code}`" not in line] == []
        assert kind.title.zh_CN in line


def test_readme_names_every_entry_role_and_built_in_schema() -> None:
    readme = (ROOM / "README.md").read_text("utf-8")
    definitions = json_schema()["$defs"]
    entries = {name for model in definitions.values() for name in model.get("properties", {})} | set(json_schema()["properties"])
    wanted = entries | {str(role) for role in Role} | NAMES
    assert sorted(name for name in wanted if not re.search(rf"\b{name}\b", readme)) == []


def test_json_schema_is_current() -> None:
    assert SCHEMA_FILE.read_text("utf-8") == json_schema_text()
    assert json.loads(SCHEMA_FILE.read_text("utf-8"))["additionalProperties"] is False


@pytest.mark.parametrize("name", sorted(NAMES))
def test_json_schema_accepts_the_built_in_schemas(name: str) -> None:
    document = yaml.safe_load((BUILT_IN / f"{name}.yaml").read_text("utf-8"))
    jsonschema.validate(document, json_schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document | {"naem": "x"}, json_schema())


def test_every_built_in_file_is_plain_utf8_with_a_heading() -> None:
    for path in BUILT_IN.glob("*.yaml"):
        assert path.read_text("utf-8").startswith("# "), path.name
