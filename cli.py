"""The same jobs without a screen: ``python cli.py …``, for scripts, schedules and checks.

Exit codes: 0 done; 1 the workbook has errors; 2 it could not be done, with one sentence saying why.
"""

from __future__ import annotations

from typing import ClassVar

from blas_threads import limit_blas_threads

limit_blas_threads()

import typer  # noqa: E402

from command_line.lazy_group import Entry, LazyGroup  # noqa: E402
from command_line.output import environment_language  # noqa: E402
from words.language import message, translator  # noqa: E402

_ = translator(environment_language())


class Commands(LazyGroup):
    """What there is to do."""

    table: ClassVar[dict[str, Entry]] = {
        "template": Entry("template", message("Write a blank workbook for a survey.")),
        "draft": Entry("draft", message("Make a survey from a workbook of another program.")),
        "check": Entry("check", message("Check a workbook against a survey.")),
        "commit": Entry("commit", message("Store a workbook as a wave.")),
        "waves": Entry("waves", message("List the stored waves.")),
        "export": Entry("export", message("Write the responses of a stored wave as an SPSS file or a workbook with code book.")),
        "withdraw": Entry("withdraw", message("Take a wave out of force.")),
        "restore": Entry("restore", message("Put a replaced or withdrawn version of a wave in force again.")),
        "delete": Entry("delete", message("Delete a wave or a respondent for good.")),
        "store": Entry("store", message("The store: verify, backup, restore, rebuild, new-key.")),
        "sample": Entry("sample", message("Fill a new store with the sample data.")),
        "estimate": Entry("estimate", message("Compute figures from the store or from a workbook.")),
        "report": Entry("report", message("Make a report of a wave: slides, a document, a workbook, or a deck a branch.")),
        "refresh": Entry("refresh", message("Put the figures of a wave into a presentation that was edited since it was made.")),
        "reports": Entry("reports", message("Saved reports: list them, show one, make a file of it, delete it.")),
        "project": Entry("project", message("QC projects: list, show, export, import, new, set, put aside, history, go back.")),
        "verify": Entry("verify", message("Whether figures with a seal code would be the same today, else what changed.")),
        "glossary": Entry("glossary", message("What the words mean that stand on pages and in reports.")),
        "annotations": Entry("annotations", message("What happened when: list annotations, add or remove one.")),
        "recovery": Entry("recovery", message("Customers still to be contacted, as a workbook that comes back filled in.")),
        "scenarios": Entry("scenarios", message("Saved what-if scenarios with their figures: list them, show, save or delete one.")),
        "repairs": Entry("repairs", message("What unknown values mean, remembered for the next workbook: list, revoke.")),
        "branches": Entry("branches", message("Branches renamed or merged: list, map or undo.")),
        "schema": Entry("schema", message("Versions of a survey: list, show, save or use one.")),
        "weights": Entry("weights", message("Respondent weights of a stored wave: list, save or use a weighting.")),
    }


app = typer.Typer(
    cls=Commands, name="manyi", help=_("Telecom satisfaction, without a screen."), no_args_is_help=True, add_completion=False,
    pretty_exceptions_enable=False, rich_markup_mode=None,
)  # fmt: skip


@app.callback()
def manyi() -> None:
    """Nothing before the command itself."""


if __name__ == "__main__":
    from survey_schema.workbook.worker.private_folder import use_private_folder

    use_private_folder()
    app()
