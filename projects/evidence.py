"""What a project shows as evidence: a figure of the store as it was asked, or a check sheet of counts somebody took."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer, model_validator


class Part(BaseModel):
    """The base of everything a project is made of: frozen, and nothing in it that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class AsOfThen(Part):
    """What a live figure said when it was last taken into the project; it stays when its data are withdrawn or replaced.

    ``at``: ISO time; ``sentence`` by language (``zh_CN``, ``en``); ``records``: the figures as ``--json`` prints them; ``content``: the
    content ids of the waves and deliveries they followed from, by which a later look knows whether the data changed.
    """

    at: str
    sentence: Mapping[str, str] = Field(default_factory=dict)
    records: tuple[Mapping[str, Any], ...] = ()
    content: tuple[str, ...] = ()


class _Evidence(Part):
    """Says of which kind it is even where everything usual is left out, so that a file of a project can be read again."""

    @model_serializer(mode="wrap")
    def _with_kind(self, dumped: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {"kind": getattr(self, "kind"), **dumped(self)}  # noqa: B009 - each kind of evidence has its own


class LiveFigure(_Evidence):
    """A figure of the store: its code and choices (``reports.figures``), wave and selection; ``wave`` "": that of the project."""

    kind: Literal["figure"] = "figure"
    id: str
    figure: str
    choices: Mapping[str, Any] = Field(default_factory=dict)
    wave: str = ""
    where: Mapping[str, str] | None = None
    caption: str = ""
    as_of: AsOfThen | None = None


class SheetRow(Part):
    """One row of a check sheet: counts by column, None where nothing was counted; what the source states as its total and share.

    ``stated_share`` is text in per cent as printed ("92.68"), since its decimals say how it was rounded.
    """

    name: str
    counts: tuple[Annotated[float, Field(ge=0)] | None, ...]
    stated_total: float | None = None
    stated_share: str | None = None


class CheckSheet(_Evidence):
    """Counts by row and column, such as reasons by month, with what the source states of them. Sums and shares are computed, never typed.

    ``stated_total`` is the total the source gives for the whole sheet, ``stated_base`` the number of cases it says its shares are of.
    ``columns_add_up`` is False where columns count the same thing twice, such as before and after: then only columns have totals.
    """

    kind: Literal["check_sheet"] = "check_sheet"
    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    unit: str = ""
    source: str = ""
    columns_add_up: bool = True
    stated_total: float | None = None
    stated_base: int | None = None
    caption: str = ""

    @model_validator(mode="after")
    def _as_wide_as_its_columns(self) -> CheckSheet:
        wrong = next((row.name for row in self.rows if len(row.counts) != len(self.columns)), None)
        if wrong is not None:
            raise ValueError(f"row {wrong!r} has another number of counts than the sheet has columns")
        return self


Evidence: TypeAlias = Annotated[LiveFigure | CheckSheet, Field(discriminator="kind")]
