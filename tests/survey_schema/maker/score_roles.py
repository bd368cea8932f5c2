"""How many roles of columns a draft gets right: ``python -m tests.survey_schema.maker.score_roles [--set-aside]``.

A mistake is silent where no open question names the column: then nobody would notice it. The half that is set aside is for judging, not
for writing rules.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

from survey_schema.maker.draft_workbook import draft_here
from survey_schema.maker.proposal import Proposal, ProposedColumn
from tests.stores.platform_workbooks import Made, platform_workbooks, set_aside


@dataclass(frozen=True)
class Score:
    """Columns judged, and those with a wrong role (workbook, heading, true, proposed); ``silent`` ones are asked about nowhere."""

    columns: int
    wrong: tuple[tuple[str, str, str, str], ...]
    silent: tuple[tuple[str, str, str, str], ...]

    @property
    def accuracy(self) -> float:
        """The share of right roles (0–1)."""
        return 1 - len(self.wrong) / self.columns


def score(made: list[Made]) -> Score:
    """Roles, and of scored columns the highest grade, against what the workbooks were made of."""
    columns, wrong, silent = 0, [], []
    for each in made:
        proposal = draft_here(each.workbook())
        assert (len(proposal.table.header_rows), proposal.table.respondents) == (each.header_rows, each.respondents), each.name
        asked = {header for question in proposal.questions for header in question.columns}
        for column, truth in zip(proposal.columns, each.truth, strict=True):
            columns += 1
            if (found := _role(proposal, column)) != truth:
                wrong.append((each.name, column.header, truth, found))
                if column.header not in asked:
                    silent.append(wrong[-1])
    return Score(columns, tuple(wrong), tuple(silent))


def _role(proposal: Proposal, column: ProposedColumn) -> str:
    scale = proposal.scale(column.scale)
    return f"{column.part.value}:{scale.ends[1]}" if scale is not None and column.part.scored else column.part.value


def halves(*, judged: bool) -> list[Made]:
    """The workbooks rules are written from, or those they are judged on."""
    return [each for each in platform_workbooks() if set_aside(each.name) == judged]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set-aside", action="store_true", help="the half that is only for judging")
    found = score(halves(judged=parser.parse_args().set_aside))
    for mistake in found.wrong:
        print("silent" if mistake in found.silent else "asked ", *mistake, sep=" | ")
    print(f"{found.columns} columns, roles right {found.accuracy:.1%}, silent mistakes {len(found.silent) / found.columns:.1%}")
