"""Makes the sample workbooks: ``python -m sample_data.make --out FOLDER``. The same workbooks at every run."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from sample_data import province_plan
from sample_data.dirty_workbook import write_dirty_workbook
from sample_data.module_plan import MODULE_WAVES
from sample_data.monthly_pulse import PULSE_SCHEMA, pulse_sheets
from sample_data.operations_sheets import operations_sheets
from sample_data.planted import planted
from sample_data.province_schema import SURVEY, province_schema
from sample_data.province_sheets import module_sheets, province_sheets
from sample_data.published_counts import cause_sheets, club_sheet, ministry_schema, ministry_sheets, named, project_schema, project_sheets
from sample_data.published_measures import measure_sheets, measures_schema
from sample_data.published_tables import (
    ELEMENTS_SCHEMA,
    branch_elements_sheets,
    brand_comparison_sheets,
    five_grade_sheets,
    nineteen_indicators_sheets,
)
from sample_data.service_choices import SCHEMA as CHOICES_SURVEY
from sample_data.service_choices import choice_sheets
from sample_data.sheets import Sheet, write_workbook
from survey_schema.loading import load_schema
from survey_schema.models import SurveySchema
from words.language import Message, message

#: Workbooks that lie in the project; the other waves of the province are made when wanted.
COMMITTED = Path(__file__).resolve().parent / "workbooks"
PLANTED_FILE = Path(__file__).resolve().parent / "planted.json"


@dataclass(frozen=True)
class Sample:
    """One sample workbook: ``schema`` is a built-in name or a path; ``committed`` ones lie in ``sample_data/workbooks``.

    ``stored_as`` makes the schema under which it is stored where that is another one: the province's own, or one of another name, so that a
    published table does not join the province's waves.
    """

    schema: str
    shows: Message
    group: Literal["province", "published", "dirty"]
    write: Callable[[Path], Path]
    committed: bool = True
    stored_as: Callable[[], SurveySchema] | None = None

    def survey(self) -> SurveySchema:
        """The schema it is stored under."""
        return self.stored_as() if self.stored_as else load_schema(self.schema)


def _sheets(make: Callable[[], list[Sheet]], path: Path) -> Path:
    return write_workbook(path, make())


def _province(wave: str) -> Sample:
    shows = message("Fourteen branches, three operators, nine brands, wave {wave}, with customers per cell.", wave=wave)
    committed = wave in province_plan.DESIGN_WAVES
    return Sample(SURVEY, shows, "province", partial(_sheets, partial(province_sheets, wave)), committed, province_schema)


def _module(wave: str) -> Sample:
    shows = message("The same wave {wave} with expectation, importance and what tells who might leave.", wave=wave)
    return Sample(SURVEY, shows, "province", partial(_sheets, partial(module_sheets, wave)), False, province_schema)


def _nineteen() -> SurveySchema:
    return named(SURVEY, "nineteen_indicators", "十九项指标（公开发表）", "Nineteen indicators (as published)")


#: File name → what it is.
SAMPLES: dict[str, Sample] = {
    **{f"province_{wave}.xlsx": _province(wave) for wave in province_plan.WAVES},
    **{f"province_{wave}_module.xlsx": _module(wave) for wave in MODULE_WAVES},
    "province_operations.xlsx": Sample(
        SURVEY,
        message("Two years of the same province beside its survey: tickets, inspections of 28 halls, KPIs by month."),
        "province",
        partial(_sheets, operations_sheets),
        committed=False,
        stored_as=province_schema,
    ),
    "monthly_pulse.xlsx": Sample(
        str(PULSE_SCHEMA),
        message("A short survey every month that follows the answer rate a month later, with its KPIs."),
        "province",
        partial(_sheets, pulse_sheets),
        committed=False,
    ),
    "brand_comparison.xlsx": Sample(
        "two_aspect",
        message("Three brands against their rivals and the composite: 79.21 against 65.89."),
        "published",
        partial(_sheets, brand_comparison_sheets),
    ),
    "complaint_causes.xlsx": Sample(
        "two_aspect",
        message("Tickets by cause whose printed shares are of 41, not of the 241 stated."),
        "published",
        partial(_sheets, cause_sheets),
    ),
    "nineteen_indicators.xlsx": Sample(
        "telecom_csi",
        message("Nineteen indicators with their published scores, under two header rows."),
        "published",
        partial(_sheets, nineteen_indicators_sheets),
        stored_as=_nineteen,
    ),
    "five_grade_lines.xlsx": Sample(
        "telecom_five_grade",
        message("Broadband and mobile customers answering in five grades: 67.61, 68.78, together 68.22."),
        "published",
        partial(_sheets, five_grade_sheets),
    ),
    "broadband_306.xlsx": Sample(
        "telecom_five_grade",
        message("The 306 broadband customers alone, answers as numbers."),
        "published",
        partial(_sheets, partial(five_grade_sheets, "broadband")),
    ),
    "branch_elements.xlsx": Sample(
        str(ELEMENTS_SCHEMA),
        message("Two branches by five competitive elements, with a schema of its own, and the inspection of a customer club."),
        "published",
        partial(_sheets, lambda: [*branch_elements_sheets(), club_sheet(load_schema(ELEMENTS_SCHEMA))]),
    ),
    "service_choices.xlsx": Sample(
        CHOICES_SURVEY,
        message("Channels and products of four branches (several answers), what matters most (a ranking), recommendation."),
        "province",
        partial(_sheets, choice_sheets),
    ),
    "ministry_complaints.xlsx": Sample(
        "call_back",
        message("Complaints to the ministry of three operators, by class and per million customers."),
        "published",
        partial(_sheets, ministry_sheets),
        stored_as=ministry_schema,
    ),
    "gotone_project.xlsx": Sample(
        "call_back",
        message("A QC project: 95.59 % satisfied, and unhappy call-backs that add up to 160, not to the 161 stated."),
        "published",
        partial(_sheets, project_sheets),
        committed=False,
        stored_as=project_schema,
    ),
    "network_measures.xlsx": Sample(
        "call_back",
        message("Measures with their quantities, 68 of 68 issues closed, 18,168 customers or 69.61 %, and complaints down by 42.51 %."),
        "published",
        partial(_sheets, measure_sheets),
        stored_as=measures_schema,
    ),
    "dirty.xlsx": Sample(
        "telecom_csi",
        message("Every slip the checks know, for trying the findings and the marked-up workbook."),
        "dirty",
        write_dirty_workbook,
    ),
}


def make_samples(folder: Path, names: Collection[str] | None = None) -> dict[str, Path]:
    """Writes the sample workbooks (all, or those named) into a folder; file name → path."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = SAMPLES if names is None else {name: SAMPLES[name] for name in names}
    return {name: sample.write(folder / name) for name, sample in wanted.items()}


def planted_text() -> str:
    """The text of ``planted.json``."""
    return json.dumps(planted(), ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    """Writes workbooks; ``--refresh`` renews what is committed, ``planted.json`` included."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=COMMITTED)
    parser.add_argument("--refresh", action="store_true", help="write the committed workbooks and planted.json anew")
    arguments = parser.parse_args()
    if arguments.refresh:
        PLANTED_FILE.write_text(planted_text(), "utf-8")
    names = [name for name, sample in SAMPLES.items() if sample.committed] if arguments.refresh else None
    for path in make_samples(arguments.out, names).values():
        sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
