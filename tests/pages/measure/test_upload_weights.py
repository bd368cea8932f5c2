"""Upload, respondent weights: tried, kept, put in force; every figure follows at once; what cannot be weighted is a sentence."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from analysis.index.estimate_index import estimate_index
from analysis.sums.tallies import sums
from answers.index import INDEX
from answers.items import DISTRIBUTION
from answers.measurement import RELIABILITY
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask, source_of
from pages._shared.session.store_access import responses_of, store
from storage.records import Selection, Wave
from tests.pages.page_reader import standing_on
from tests.places import ROOT
from tests.stores.weighable_store import BRANCHES, CUSTOMERS, SCHEMA, SURVEY, fill

FRAME = ROOT / "pages" / "_shared" / "frame" / "frame.py"
UPLOAD = "measure/upload/page.py"


@pytest.fixture(scope="module")
def weighable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weights") / "data"
    fill(folder, CUSTOMERS)
    return folder


@pytest.fixture
def copied(weighable: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(weighable, tmp_path / "data")
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def opened(lang: str = "en") -> AppTest:
    app = AppTest.from_file(str(FRAME), default_timeout=120)
    app.query_params["lang"] = lang
    app.session_state["upload_part"] = "weights"
    standing_on(app, UPLOAD).run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    shown = [*app.markdown, *app.caption, *app.error, *app.success]
    return " ".join(part.value for part in shown).replace("\\", "")


def named(app: AppTest, name: str) -> AppTest:
    next(field for field in app.text_input if str(field.key).startswith("weighting_name_")).set_value(name)
    return app.run()


def wave_now() -> Wave:
    (wave,) = store().waves()
    return wave


def test_weights_are_tried_kept_and_put_in_force(copied: Path) -> None:
    app = opened()
    assert "Q2 2026: the weights as stored; every response counts the same." in words(app)
    assert "design effect 1.25, effective base 480 of 600" in words(app)
    assert len(app.get("plotly_chart")) == 3
    assert app.button(key="save_weighting").disabled
    app = named(app, "by branch *1*")
    app.button(key="save_weighting").click().run()
    assert not app.exception
    assert "Q2 2026: weighting “by branch *1*” is in force." in words(app)
    assert "600 responses count as 480" in words(app)
    (kept,) = store().weightings.of(wave_now().wave_id)
    assert kept.report["headline"]["code"] == SCHEMA.tree.code
    assert kept.report["headline"]["after"]["se"] > 0
    assert kept.recipe["population"] == "province.xlsx"
    weights = store().scan(Selection(SURVEY)).select("branch", "respondent_weight").collect().to_pandas()
    shares = weights.groupby("branch")["respondent_weight"].sum() / weights["respondent_weight"].sum()
    expected = {branch: customers / sum(CUSTOMERS.values()) for branch, customers in CUSTOMERS.items()}
    assert shares.to_dict() == pytest.approx(expected)

    app.selectbox(key=f"use_{wave_now().content_id}").set_value("").run()
    app.button(key="use_weighting_yes").click().run()
    assert wave_now().weighting is None
    assert "the weights as stored are in force" in words(app)
    assert [entry.action for entry in store().audit()][1:] == ["weighting", "use weighting", "weights as stored"]


def test_a_name_another_user_took_meanwhile_is_a_sentence(copied: Path) -> None:
    app = named(opened(), "final")
    wave = wave_now()
    store().weightings.save(wave.wave_id, "final", np.ones(wave.n), recipe={"trim": None, "targets": []},
                           report={"deff": 1.0, "n_eff": 1.0, "n": 1, "trimmed": 0}, by="other")  # fmt: skip
    app.button(key="save_weighting").click().run()
    assert not app.exception
    assert "has a weighting “final” already. Give this one another name." in words(app)
    assert [kept.made_by for kept in store().weightings.of(wave.wave_id)] == ["other"]


def test_both_languages_and_a_rule_of_cells_with_trimming(copied: Path) -> None:
    app = opened("zh")
    assert any(part.value.startswith("## 2026年二季度") for part in app.markdown)
    app.button_group(key="weights_method").set_value("cells").run()
    app.number_input(key="weights_trim").set_value(1.2).run()
    assert not app.exception
    assert "1.2" in words(app)
    assert not [button for button in app.button if button.key == "save_weighting"], "weights that miss the population are not kept"


def _figures(chosen: Chosen) -> dict[str, float | None]:
    """One figure from each kind of cache behind the pages."""
    code = SCHEMA.tree.code
    index = ask(INDEX, chosen).result.find(code)
    assert index is not None
    some = SCHEMA.tree.items()[:4]
    alpha = ask(RELIABILITY, chosen, codes=some).figures.find(code="asked", figure="alpha")
    assert alpha is not None
    return {
        "index": index.value,
        "n_eff": index.n_eff,
        "sums": float(source_of(chosen).tallies([chosen.wave.label], []).first.sum()),
        "share": max(shares.value or 0.0 for shares in ask(DISTRIBUTION, chosen).result.estimates),
        "alpha": alpha.value,
    }


def test_every_figure_follows_the_weighting_in_force_and_comes_back(copied: Path) -> None:
    def chosen() -> Chosen:
        wave = wave_now()
        return Chosen(
            SURVEY, SCHEMA, wave.schema_hash, wave, (wave,), {}, responses_of(SURVEY, wave.schema_hash, (wave,)).values(wave.label)
        )

    before, old = _figures(chosen()), chosen()
    weights = np.random.default_rng(1).uniform(0.2, 3.0, wave_now().n)
    store().weightings.save(wave_now().wave_id, "a", weights, recipe={}, report={}, by="li")
    after = _figures(chosen())
    assert [name for name in before if before[name] == after[name]] == []
    again = estimate_index(sums(store().scan(Selection(SURVEY)), SCHEMA), SCHEMA).find(SCHEMA.tree.code)
    assert again is not None
    assert after["index"] == pytest.approx(again.value)
    assert _figures(old) == before, "who began before the change finishes with the weights he began with"
    store().weightings.use(wave_now().wave_id, None, "li")
    assert _figures(chosen()) == before


def test_a_late_reader_does_not_poison_what_is_kept(copied: Path) -> None:
    """The sums of the old weights are first asked for when others are in force; they are those of the old weights all the same."""
    old = wave_now()
    expected = sums(store().scan(Selection(SURVEY)), SCHEMA)
    store().weightings.save(old.wave_id, "late", np.linspace(0.1, 5, old.n), recipe={}, report={}, by="li")
    found = responses_of(SURVEY, old.schema_hash, (old,)).tallies([old.label], [])
    assert found.first.sum() == pytest.approx(expected.first.sum())


def test_the_weighting_in_force_is_named_where_figures_are_explained(copied: Path) -> None:
    store().weightings.save(wave_now().wave_id, "final *2*", np.linspace(0.5, 1.5, wave_now().n), recipe={}, report={}, by="li")
    app = AppTest.from_file(str(FRAME), default_timeout=120)
    app.query_params["lang"] = "en"
    app.run()
    assert not app.exception
    facts = [str(table.value.to_dict()) for table in app.table]
    assert any(r"final \\*2\\*" in text for text in facts), "the name is shown as it was written"


@pytest.mark.parametrize(
    ("customers", "sentence"),
    [
        (None, "There is no population to weight to."),
        ({**CUSTOMERS, "atlantis": 500.0}, "atlantis (Branch): there is a target but no respondent."),
        ({name: count for name, count in CUSTOMERS.items() if name != "Lanzhou"}, "Lanzhou (Branch): there are respondents but no target."),
    ],
    ids=["none", "nobody", "unknown"],
)
def test_what_cannot_be_weighted_is_said_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, customers: Mapping[str, float] | None, sentence: str
) -> None:
    fill(tmp_path / "data", customers)
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    app = opened()
    assert sentence in words(app)
    assert not [button for button in app.button if button.key == "save_weighting"]


def test_weights_that_lose_too_much_need_a_second_yes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path / "data", {branch: 200_000.0 if branch == "Lanzhou" else 100.0 for branch in BRANCHES})
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    app = named(opened(), "steep")
    assert app.button(key="save_weighting").disabled
    next(box for box in app.checkbox if str(box.key).startswith("weighting_sure_")).check().run()
    assert not app.button(key="save_weighting").disabled


def test_an_empty_store_says_what_is_missing(empty_app: AppTest) -> None:
    empty_app.query_params["lang"] = "en"
    empty_app.session_state["upload_part"] = "weights"
    standing_on(empty_app, UPLOAD).run()
    assert not empty_app.exception
    assert "No wave is stored yet." in words(empty_app)


def test_who_sees_a_part_of_the_responses_cannot_weight_them(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from storage.records import Scope

    monkeypatch.setattr("pages.measure.upload.weights.scope", lambda: Scope({"branch": frozenset({"Lanzhou"})}))
    assert "weights follow from all of them" in words(opened())
