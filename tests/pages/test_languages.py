"""Nothing English stands on a Chinese page and nothing Chinese on an English one, but for names: every page, view, tooltip and sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from html import unescape
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from babel.messages.pofile import read_po

from load_samples import load_samples
from settings import Settings
from storage.records import Selection
from storage.store import Store
from survey_schema.loading import builtin_names, load_schema
from tests.answers.looks import LOOKS
from tests.pages.page_reader import frame, turned_to
from tests.pages.shown_texts import every_text
from tests.places import ROOT
from words.language import CATALOGUES

BY = "检验员"
SHOWN_FIRST = ("province_2026Q1_module.xlsx", "province_2026Q2_module.xlsx", "province_operations.xlsx")
PAGES = sorted(str(path.relative_to(ROOT / "pages")) for path in (ROOT / "pages").glob("*/*/page.py"))
#: Page and what is picked on it: the page as it opens, and each view that the looks know.
OPENED: tuple[tuple[str, str, str], ...] = tuple(
    dict.fromkeys(
        [(page, "", "") for page in PAGES]
        + [("explain/methods/page.py", "methods_view", view) for view in ("words", "settings", "verify")]
        + [(look.page, key, str(view)) for look in LOOKS for key, view in look.picked.items() if key.endswith(("_view", "_part"))]
    )
)
#: Words a Chinese reader of the trade reads in Latin letters: methods, who they are named after, programs, kinds of files, standards.
_ACCEPTED = """
    Bacon Benjamini Berger Better Bonett Bonferroni Borda Breusch Cook Cronbach Deville Fisher Fong Fornell Garwood Hartung Hochberg Holm
    James Johnson Kaiser Kano Kitagawa Knapp Koopman Laney Larcker Logit Mandel Martilla McDonald Montgomery Nelson Newcombe Pagan
    Paule Pearson Rao Reichheld Saaty Satterthwaite Scott Shapley Slack Spearman Spiegelhalter Student Särndal Taylor Tukey Wald Welch
    Wilson Worse Wright AVE AHP ACSI ECSI TCSI HTMT KANO KMO KPI LMG NPS PLS QC VIF DB DEA HC better worse logit minres raking range percent
    varimax Chrome Chromium Edge Excel Google LimeSurvey OpenDocument PowerPoint Qualtrics SPSS SurveyMonkey WPS Word HiGHS NIST pccpy
    statsmodels lm svymean svyratio svyttest svyvar survey vcovHC SERVQUAL GB EN ISO UTF Manyi IP URL cm MB kB Noto Sans CJK
    Varimax Promax Oblimin
    CSV DOCX HTML JSON PDF PNG PPTX SAV SVG XLSX YAML ZIP Ctrl Esc csv docx json ods pdf potx pptx sav xls xlsb xlsm xlsx yaml zip
"""
ACCEPTED = frozenset(_ACCEPTED.split())
#: Names that are Chinese in every language.
_CHINESE_NAMES = ("问卷星", "是", "否")
_LATIN, _HAN = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ_']+"), re.compile(r"[\u4e00-\u9fff]+")
#: Where surveys are edited in both languages.
_BOTH = ("measure/indicators/page.py",)
#: Not for readers: Streamlit's colours, icons and escapes; Plotly's places and tags; our ids and the users of a machine.
_SIGNS = re.compile(
    r":(?:red|blue|gray|orange)(?:-\w+)?\[|:material/\w+:|\\(?=_)|%\{[^}]*\}|</?\w+/?>|\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}\b|\b[0-9a-f]{12}\b|\b[0-9a-f]{32}\b"
)


@pytest.fixture(scope="module")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples") / "data"
    store = Store(folder)
    list(load_samples(store, Settings(data=folder), BY, SHOWN_FIRST))
    store.close()
    return folder


@pytest.fixture(scope="module")
def named(sample_folder: Path) -> str:
    """All that the data and the surveys themselves say, in Chinese or as codes."""
    texts = {text for name in builtin_names() for text in _texts(load_schema(name).model_dump(mode="json"))}
    store = Store(sample_folder)
    texts |= set(_texts(store.schema_for(Selection("telecom_csi")).model_dump(mode="json")))
    store.close()
    for path in sample_folder.rglob("*.parquet"):
        for column in pq.read_table(path).columns:
            if pa.types.is_dictionary(column.type):
                column = column.cast(column.type.value_type)
            if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
                texts |= {value for value in column.unique().to_pylist() if value}
    return "\n".join(
        (
            *texts,
            *builtin_names(),
            *(path.stem for path in (ROOT / "sample_data" / "schemas").glob("*")),
            *SHOWN_FIRST,
            BY,
            "province_extras.yaml",
        )
    )


def _texts(part: object, without: str = "en", name: str = "") -> Iterator[str]:
    """Texts of a survey but for those of one language."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from _texts(value, without, key)
    elif isinstance(part, list):
        for value in part:
            yield from _texts(value, without, name)
    elif isinstance(part, str) and name != without:
        yield part


def _seen(page: str, key: str, view: str, language: str) -> list[str]:
    app = frame(lang=language)
    if key:
        app.session_state[key] = view
    return [_SIGNS.sub("", unescape(text)) for text in every_text(turned_to(app, page)) if not text.startswith("`")]


@pytest.mark.parametrize(("page", "key", "view"), OPENED)
def test_nothing_english_in_chinese(
    page: str, key: str, view: str, sample_folder: Path, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MANYI_DATA", str(sample_folder))
    english = "\n".join(text for name in builtin_names() for text in _texts(load_schema(name).model_dump(mode="json"), "zh_CN"))
    known = _words_of(named) | ACCEPTED | (_words_of(english) if page in _BOTH else set())
    assert {
        word: text for text in _seen(page, key, view, "zh") for word in _LATIN.findall(text) if not (word in known or _is_letters(word))
    } == {}


@pytest.mark.parametrize(("page", "key", "view"), OPENED)
def test_nothing_chinese_in_english(
    page: str, key: str, view: str, sample_folder: Path, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MANYI_DATA", str(sample_folder))
    assert {word: text for text in _seen(page, key, view, "en") for word in _HAN.findall(text) if word not in named} == {}


def _is_letters(word: str) -> bool:
    """Letters of significance, such as bcd."""
    return all(ord(after) == ord(before) + 1 for before, after in pairwise(word))


@cache
def _words_of(named: str) -> frozenset[str]:
    return frozenset(_LATIN.findall(named))


def _catalogue() -> Iterator[tuple[str, str, set[str]]]:
    """English, Chinese and the rooms where a sentence stands."""
    with (CATALOGUES / "zh_CN" / "LC_MESSAGES" / "manyi.po").open("rb") as file:
        for entry in read_po(file, locale="zh_CN"):
            if isinstance(entry.id, str) and isinstance(entry.string, str) and entry.id:
                yield entry.id, entry.string, {place.partition("/")[0] for place, _line in entry.locations}


def _latin(text: str) -> Iterable[str]:
    return _LATIN.findall(re.sub(r"\{[^}]*\}", "", text))


def test_no_sentence_of_pages_and_charts_has_english_words_in_chinese() -> None:
    """Also what only errors, tooltips, questions before a deletion and empty pages say."""
    found = {word: chinese for _english, chinese, rooms in _catalogue() if rooms & {"pages", "charts"} for word in _latin(chinese)}
    assert {word: text for word, text in found.items() if word not in ACCEPTED} == {}


def test_no_english_sentence_has_chinese_words() -> None:
    assert {word for english, _chinese, _rooms in _catalogue() for word in _HAN.findall(english)} == set(_CHINESE_NAMES)
