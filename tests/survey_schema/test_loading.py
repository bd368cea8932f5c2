"""Schemas come in from text; a mistake is refused with its place in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from survey_schema.loading import (
    MAXIMUM_BYTES,
    builtin_names,
    dump_schema,
    load_schema,
    parse_schema,
    refuse_mistaken_judgements,
    schema_hash,
)
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import LANGUAGES

SMALL = """
name: small
title: {zh_CN: 小, en: Small}
scales:
  ten: {minimum: 1, maximum: 10, satisfied_from: 8, missing_codes: [99]}
columns:
  - code: branch
    role: branch
    title: {zh_CN: 分公司, en: Branch}
    choices:
      - {code: east, title: {zh_CN: 东, en: East}}
  - code: operator
    role: operator
    title: {zh_CN: 运营商, en: Operator}
    choices:
      - {code: us, title: {zh_CN: 我, en: Us}, ours: true}
      - {code: them, title: {zh_CN: 它, en: Them}}
items:
  - {code: A, title: {zh_CN: 甲, en: A}, scale: ten}
  - {code: B, title: {zh_CN: 乙, en: B}, scale: ten}
tree:
  code: csi
  title: {zh_CN: 指数, en: Index}
  children: [A, B]
path_models:
  - code: model
    title: {zh_CN: 模型, en: Model}
    constructs:
      - {code: x, title: {zh_CN: 甲, en: X}, items: [A]}
      - {code: y, title: {zh_CN: 乙, en: Y}, items: [B]}
    paths: [[x, y]]
    satisfaction: y
"""

MISTAKES = [
    ("en: East", "fr: Est", "columns[0].choices[0].title.en (line 11): this required entry is missing"),
    ("en: East", "fr: Est", "columns[0].choices[0].title.fr (line 11): this entry is not known here"),
    ("role: branch", "rolle: branch", "columns[0].rolle (line 8): this entry is not known here; did you mean role?"),
    ("role: branch", "role: brunch", "columns[0].role (line 8): expected one of 'wave', 'date'"),
    ("minimum: 1,", "minimum: low,", "scales.ten.minimum (line 5): expected a number, found 'low'"),
    ("maximum: 10", "maximum: 1", "scales.ten.maximum (line 5): must be above the minimum 1, found 1"),
    ("satisfied_from: 8", "satisfied_from: 11", "scales.ten.satisfied_from (line 5): must be above 1 and at most 10, found 11"),
    ("satisfied_from: 8", "satisfied_from: 8, dissatisfied_to: 8",
     "scales.ten.dissatisfied_to (line 5): must be at least 1 and below satisfied_from 8, found 8"),
    ("en: A}, scale: ten", "en: A}, scale: ten, net_promoter: true",
     "items[0].net_promoter (line 19): the net promoter score needs a scale of whole grades from 0 to 10; ten is another"),
    ("[99]", "[99, 9]", "scales.ten.missing_codes[1] (line 5): 9 is a grade of the scale"),
    ("code: B, title: {zh_CN: 乙, en: B}, scale: ten", "code: B, title: {zh_CN: 乙, en: B}, scale: tenn",
     "items[1].scale (line 20): expected one of the scales ten, found tenn"),
    ("- {code: B,", "- {code: A,", "items[1].code (line 20): A occurs twice"),
    ("name: small", "name: 1st", "name (line 2): expected a code of letters, digits and _"),
    ("en: East}", "en: 7}", "columns[0].choices[0].title.en (line 11): expected text, found 7; put numbers"),
    ("children: [A, B]", "children: [A, C]", "tree (line 21): C is not an item of this schema"),
    ("children: [A, B]", "children: [A, A]", "tree (line 21): A occurs twice"),
    ("children: [A, B]", "children: []", "tree.children (line 24): this entry must not be empty"),
    ("children: [A, B]", "children: A", "tree.children (line 24): expected a list, found 'A'"),
    ("children: [A, B]", "children: [A, {item: B, weight: 0.5}]", "tree.children[1].weight (line 24): the weighting of csi is equal"),
    ("children: [A, B]", "children: [A, {item: B, wieght: 0.5}]",
     "tree.children[1].wieght (line 24): this entry is not known here; did you mean weight?"),
    ("children: [A, B]", "children: [A, {code: d, children: [B]}]", "tree.children[1].title (line 24): this required entry is missing"),
    ("children: [A, B]", "weighting: given\n  children: [A, {item: B, weight: 0.5}]",
     "tree.children[0] (line 25): the weighting of csi is given"),
    ("children: [A, B]", "weighting: given\n  children: [{item: A, weight: 0.6}, {item: B, weight: 0.5}]",
     "tree.children (line 25): the children's weights must sum to 1, found 1.1"),
    ("code: csi", "code: A", "tree (line 21): A occurs twice"),
    ("them, title: {zh_CN: 它, en: Them}", "them, title: {zh_CN: 它, en: Them}, ours: true",
     "columns[1].choices (line 15): only one operator"),
    ("{zh_CN: 东, en: East}", "{zh_CN: 东, en: East}, ours: true", "columns[0].choices (line 10): only an operator can be ours"),
    ("paths: [[x, y]]", "paths: [[x, z]]", "path_models[0].paths[0][1] (line 31): z is not one of the constructs x, y"),
    ("paths: [[x, y]]", "paths: [[x, y], [y, x]]", "path_models[0].paths (line 31): the paths form a cycle among x, y"),
    ("satisfaction: y", "satisfaction: q", "path_models[0].satisfaction (line 32): q is not one of the constructs"),
    ("satisfaction: y", "satisfaction: y\noutcome: Q", "outcome (line 33): Q is not an item of this schema"),
    ("satisfaction: y", "satisfaction: y\ncomparison: {targets: {Q: 80}}", "comparison.targets.Q (line 33): Q is not an indicator or item"),
    ("satisfaction: y", "satisfaction: y\ncomparison: {rivals: {gold: them}}", "comparison.rivals.gold (line 33): gold is not a choice"),
    ("satisfaction: y", "satisfaction: y\nname: again", "name (line 33): this entry is written twice, first in line 2"),
    ("satisfaction: y", "satisfaction: [", "line 33: this is not YAML: did not find expected node content"),
    ("  ten: {minimum", "  10: {minimum", "scales[10] (line 5): expected text, found 10"),
    ("name: small", "name: 2024-01-01", "name (line 2): expected text, found 2024-01-01; put numbers, dates"),
    ("name: small", "name: yes", "name (line 2): expected text, found true"),
    ("name: small", "name:", "name (line 2): expected text, found null"),
    ("name: small", "name: small\nversion: 1.5", "version (line 3): expected a number, found 1.5"),
    ("role: branch", "role: attribute\n    code2: x", "columns[0].code (line 7): branch is kept for the role of the same name"),
]  # fmt: skip


def _refusal(text: str) -> ManyiError:
    with pytest.raises(ManyiError) as caught:
        parse_schema(text, "my.yaml")
    return caught.value


def test_the_small_schema_itself_is_right() -> None:
    assert parse_schema(SMALL, "small.yaml").name == "small"


@pytest.mark.parametrize(("right", "wrong", "sentence"), MISTAKES, ids=[sentence[:40] for _, _, sentence in MISTAKES])
def test_mistakes_are_refused_with_their_place(right: str, wrong: str, sentence: str) -> None:
    assert right in SMALL
    refusal = _refusal(SMALL.replace(right, wrong, 1))
    if "code2" in wrong:
        refusal = _refusal(SMALL.replace(right, "role: attribute", 1))
    assert sentence in refusal.text("en")
    assert refusal.text("en").startswith("The schema my.yaml cannot be used:\n- ")


def test_the_place_is_told_in_both_languages() -> None:
    refusal = _refusal(SMALL.replace("en: East", "fr: Est"))
    for language in LANGUAGES:
        assert "columns[0].choices[0].title.en" in refusal.text(language)
        assert "11" in refusal.text(language)


def test_all_mistakes_are_told_at_once_and_capped() -> None:
    choices = "\n".join(f"      - {{code: b{number}, title: {{zh_CN: 东}}}}" for number in range(12))
    text = SMALL.replace("      - {code: east, title: {zh_CN: 东, en: East}}", choices).replace("minimum: 1,", "minimum: low,")
    lines = _refusal(text).text("en").splitlines()
    assert len(lines) == 12
    assert lines[1].startswith("- scales.ten.minimum")
    assert lines[-1] == "- … and 3 more"


def test_equal_meaning_has_equal_hash_and_survives_a_round_trip() -> None:
    for name in builtin_names():
        schema = load_schema(name)
        again = parse_schema(dump_schema(schema), "stored")
        assert again == schema
        assert schema_hash(again) == schema_hash(schema)
    spaced = SMALL.replace("children: [A, B]", "children:\n    - A\n    - {item: B}")
    assert schema_hash(parse_schema(spaced, "a")) == schema_hash(parse_schema(SMALL, "b"))
    assert schema_hash(parse_schema(SMALL.replace("en: East", "en: Est"), "a")) != schema_hash(parse_schema(SMALL, "b"))


def test_unknown_names_point_to_the_nearest() -> None:
    with pytest.raises(ManyiError, match=r"no ready-made survey telecom_cis\. .*two_aspect.* Did you mean telecom_csi\?"):
        load_schema("telecom_cis")
    with pytest.raises(ManyiError, match=r"no ready-made survey xyz\. There are: call_back.*path of a \.yaml file"):
        load_schema("xyz")


def test_a_path_no_file_can_have() -> None:
    with pytest.raises(ManyiError, match="cannot be read"):
        load_schema("a\0b.yaml")


def test_own_file(tmp_path: Path) -> None:
    path = tmp_path / "我的 问卷.yaml"
    path.write_text("\ufeff" + SMALL, "utf-8")
    assert load_schema(path) == parse_schema(SMALL, "x")
    assert load_schema(str(path)).name == "small"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "cannot be read"),
        ("", "is empty"),
        ("# only a comment", "is empty"),
        ("满意度".encode("gb18030"), "is not UTF-8 text"),
        (b"x" * (MAXIMUM_BYTES + 1), "is larger than 1000 kB"),
        ("[" * 41 + "]" * 41, "line 1: entries are nested more than 40 deep"),
        ("[" * 5000, "The schema my.yaml cannot be used:\n- line 1: "),  # our limit or the YAML library's own, whichever comes first
        ("a: &a [1]\nb: *a", "line 2: anchors and aliases"),
        ("name: a\nitems:\n" + "- {}\n" * 190_000, "line 30000: there are more than 60000 entries"),
        ("a: 1" + ":1" * 400_000, "line 1: this number has more than 1000 digits"),
        ("a: 1" + ":1" * 400 + ".5", "this is not YAML"),
        ("a: 2024-13-40", "The schema my.yaml cannot be used:\n- this is not YAML: "),
        ("just text", "expected entries of the form name: value, found 'just text'"),
        ("- a\n- b", "expected entries of the form name: value, found ['a', 'b']"),
        ("a: !!python/object:os.system x", "line 1: this is not YAML: "),
        ("\x00", "this is not YAML"),
    ],
)
def test_hostile_files_are_a_sentence(tmp_path: Path, content: str | bytes | None, sentence: str) -> None:
    path = tmp_path / "my.yaml"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ManyiError) as caught:
        load_schema(path)
    assert sentence in caught.value.text("en")


@pytest.mark.parametrize("name", builtin_names())
def test_entries_that_came_later_do_not_change_a_schemas_fingerprint(name: str) -> None:
    """A wave stored before them must not look as if it were of another version of the survey."""
    canonical = dump_schema(load_schema(name))
    assert "dissatisfied_to" not in canonical
    assert "net_promoter" not in canonical
    assert "kano_pairs" not in canonical
    used = SMALL.replace("satisfied_from: 8", "satisfied_from: 8, dissatisfied_to: 4")
    assert parse_schema(dump_schema(parse_schema(used, "small.yaml")), "small.yaml").scales["ten"].dissatisfied_to == 4


def judged(weights: str, *times: float) -> str:
    """The small schema with three items below an indicator weighted by judgements: A over B, A over C, B over C."""
    pairs = zip((("A", "B"), ("A", "C"), ("B", "C")), times, strict=True)
    written = ", ".join(f"{{more: {one}, less: {other}, times: {value}}}" for (one, other), value in pairs)
    children = ", ".join(f"{{item: {code}, weight: {weight}}}" for code, weight in zip("ABC", weights.split(), strict=True))
    text = SMALL.replace("tree:", "  - {code: C, title: {zh_CN: 丙, en: C}, scale: ten}\ntree:", 1)
    return text.replace("  children: [A, B]", f"  weighting: ahp\n  judgements: [{written}]\n  children: [{children}]")


def test_weights_that_are_not_those_of_the_judgements_are_refused() -> None:
    assert parse_schema(judged("0.65 0.23 0.12", 3, 5, 2), "own.yaml").tree.weighting == "ahp"
    with pytest.raises(ManyiError) as refused:
        parse_schema(judged("0.34 0.33 0.33", 3, 5, 2), "own.yaml")
    told = refused.value.message.text("en")
    assert "tree.judgements (line 26): the written weights contradict the judgements" in told
    assert "A 0.648, B 0.230, C 0.122" in told
    assert "A 0.340, B 0.330, C 0.330" in told


def test_judgements_that_contradict_each_other_are_refused_with_the_worst_triple() -> None:
    with pytest.raises(ManyiError) as refused:
        parse_schema(judged("0.4 0.3 0.3", 9, 1, 9), "own.yaml")
    told = refused.value.message.text("en")
    assert "The judgements contradict each other: consistency ratio" in told
    assert "Most at odds: A, B and C" in told
    assert "make A 81 times as important as C, the third says 1" in told


def test_a_schema_kept_from_before_still_opens_but_is_not_checked_against_anew() -> None:
    definition = dump_schema(parse_schema(judged("0.65 0.23 0.12", 3, 5, 2), "own.yaml")).replace("0.65", "0.35").replace("0.12", "0.42")
    kept = SurveySchema.model_validate_json(definition)
    assert kept.tree.child_weights()["A"] == 0.35
    with pytest.raises(ManyiError, match=r"small cannot be used:\n- tree.judgements: the written weights contradict"):
        refuse_mistaken_judgements(kept)
