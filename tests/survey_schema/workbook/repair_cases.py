"""A survey with closed and open lists, and workbooks of it, for the tests of repairs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from survey_schema.loading import parse_schema
from survey_schema.models import SurveySchema
from tests.stores.workbook_files import write_rows

YAML = """
name: repaired
title: {zh_CN: 待修正的调查, en: Survey to be repaired}
scales:
  five:
    minimum: 1
    maximum: 5
    satisfied_from: 4
    labels:
      - {grade: 5, zh_CN: [非常满意], en: [very satisfied]}
      - {grade: 1, zh_CN: [很不满意], en: [very dissatisfied]}
columns:
  - {code: wave, role: wave, title: {zh_CN: 期次, en: Wave}}
  - {code: day, role: date, title: {zh_CN: 日期, en: Date}}
  - code: place
    role: branch
    title: {zh_CN: 分公司, en: Branch}
    choices:
      - {code: lanzhou, title: {zh_CN: 兰州, en: Lanzhou}, aliases: [兰州分公司]}
      - {code: tianshui, title: {zh_CN: 天水, en: Tianshui}}
      - {code: jiuquan, title: {zh_CN: 酒泉, en: Jiuquan}}
  - {code: brand, role: brand, title: {zh_CN: 品牌, en: Brand}}
  - code: star
    role: attribute
    title: {zh_CN: 星级, en: Stars}
    choices:
      - {code: one, title: {zh_CN: 一星, en: One}}
      - {code: five, title: {zh_CN: 五星, en: Five}}
items:
  - {code: q1, scale: five, title: {zh_CN: 网络, en: Network}}
  - {code: q2, scale: five, title: {zh_CN: 服务, en: Service}}
tree: {code: index, title: {zh_CN: 指数, en: Index}, children: [q1, q2]}
"""
HEADER = ("期次", "分公司", "星级", "网络", "服务")


def survey() -> SurveySchema:
    return parse_schema(YAML, "repaired.yaml")


def survey_file(folder: Path) -> Path:
    path = folder / "repaired.yaml"
    path.write_text(YAML, encoding="utf-8")
    return path


def rows_of(branches: Sequence[str], wave: str = "2026Q1", star: str = "一星") -> list[tuple[object, ...]]:
    """A response for each branch named."""
    return [(wave, branch, star, 1 + place % 5, 1 + place % 4) for place, branch in enumerate(branches)]


def workbook(path: Path, branches: Sequence[str], wave: str = "2026Q1", star: str = "一星") -> Path:
    return write_rows(path, [HEADER, *rows_of(branches, wave, star)])
