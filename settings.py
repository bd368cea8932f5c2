"""What can be configured: ``MANYI_…`` in the environment or in a file ``.env``; the environment wins.

Groups are reached with two underscores: ``MANYI_THRESHOLDS__MARKED_BELOW=50``, ``MANYI_READ__MAX_ROWS=1000000``. Responses
are scanned by DuckDB, or by Apache Spark: ``MANYI_ENGINE=spark``, ``MANYI_SPARK=spark://host:7077``.
"""

from __future__ import annotations

import dataclasses
import getpass
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from analysis.data_quality.quality_rules import QualityRules
from analysis.results.estimates import Thresholds
from analysis.root_causes.cause_test import LEAST_INFLUENCE
from answers.rules import Rules
from storage.engine import EngineLimits
from storage.place import StorePlace
from storage.store import Store
from survey_schema.workbook.check.check_draft import CheckSettings
from survey_schema.workbook.match.score_headers import MatchSettings
from survey_schema.workbook.read.read_workbook import ReadLimits
from words.errors import ManyiError
from words.language import Language, Message, message

PREFIX = "MANYI_"
#: Who is acting where the machine has no name for its user.
NOBODY_NAMED = "local"
_HIDDEN = ("catalog",)  # an address may hold a password
_SHARES = (
    "confidence", "alpha", "efficiency_warned_below", "efficiency_stopped_below", "speeder_share", "representation_share",
    "difference_share", "open_share", "variance_share",
)  # fmt: skip
#: Thresholds of which the first is at most the second, and what is expected of it.
_ORDERED = (("hidden_below", "marked_below", "marked"), ("efficiency_stopped_below", "efficiency_warned_below", "warned"))


class Settings(BaseSettings):
    """All settings, checked. Make them with :func:`load_settings`, which says in a sentence what is wrong."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        env_nested_delimiter="__",
        env_ignore_empty=True,
        frozen=True,
        extra="ignore",
    )

    data: Path = Field(Path("data"), description="data folder")
    responses: str | None = Field(None, description="folder or address (s3://…) of the Parquet files; default: waves in the data folder")
    catalog: str | None = Field(None, description="SQLAlchemy address of the catalogue; default: an SQLite file in the data folder")
    id_key: Path | None = Field(None, description="file of the key that makes ids opaque; default: keys/ids.key in the data folder")
    engine: Literal["duckdb", "spark"] = Field("duckdb", description="what scans the responses")
    spark: str = Field("local[*]", description="master of Apache Spark, or sc://… for Spark Connect, where it is the engine")
    language: Language | None = Field(None, description="language of the command line; default: the locale's")
    hosts: str = Field("", description="names under which others reach this server, by commas; default: this machine only")
    read: ReadLimits = Field(ReadLimits(), description="what reading a workbook may cost")
    match: MatchSettings = Field(MatchSettings(), description="how sure a column must be matched")
    check: CheckSettings = Field(CheckSettings(), description="when something in a workbook is worth a finding")
    thresholds: Thresholds = Field(Thresholds(), description="when a base is marked or hidden, and the level of decisions")
    quality: QualityRules = Field(QualityRules(), description="when the data quality of a wave is worth a remark")
    least_influence: float = Field(
        LEAST_INFLUENCE, gt=0, le=100, description="per cent of a problem that a root cause must at least account for"
    )
    workers: int | None = Field(
        None, ge=0, description="processes beside the serving one for reports and pictures; 0: none, default: all cores but one"
    )
    engine_limits: EngineLimits = Field(EngineLimits(), description="memory and threads for scanning")

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        for name, value in _numbers(self):
            share = name.rsplit("__", 1)[-1] in _SHARES
            if value <= 0 or (share and value >= 1):
                expected = "share" if share else "positive"
                raise PydanticCustomError("manyi", "{name} {expected}", {"name": name, "value": f"{value:g}", "expected": expected})
        for low, high, expected in _ORDERED:
            value = getattr(self.thresholds, low)
            if value > getattr(self.thresholds, high):
                details = {"name": f"thresholds__{low}", "value": f"{value:g}", "expected": expected}
                raise PydanticCustomError("manyi", "{name} {expected}", details)
        return self

    @property
    def host_names(self) -> tuple[str, ...]:
        """The names of ``hosts``, in small letters."""
        return tuple(name.strip().lower() for name in self.hosts.split(",") if name.strip())

    @property
    def place(self) -> StorePlace:
        """Where the store lies that these settings describe."""
        return StorePlace(self.data, self.catalog, self.responses, self.id_key)

    @property
    def spark_address(self) -> str | None:
        """Where Spark is reached; None where DuckDB is the engine."""
        return self.spark if self.engine == "spark" else None

    @property
    def rules(self) -> Rules:
        """What answers depend on beside question and responses."""
        return Rules(self.thresholds, self.quality, self.check.straight_line_items, self.least_influence)

    def open_store(self) -> Store:
        """The store these settings describe."""
        return Store(self.data, self.catalog, self.responses, self.engine_limits, self.id_key, self.spark_address)


def load_settings() -> Settings:
    """The settings in force; raises :class:`ManyiError` naming the setting, what was found and what was expected."""
    try:
        return Settings()
    except ValidationError as error:
        raise ManyiError(_sentence(error.errors(include_url=False)[0])) from error
    except SettingsError as error:
        raise ManyiError(message("The settings cannot be read: {detail}", detail=str(error))) from error
    except (UnicodeDecodeError, OSError) as error:
        raise ManyiError(message("The file .env cannot be read. Save it as UTF-8 text.")) from error


def acting_user() -> str:
    """Who is acting, for the audit: the user of this machine, whether by screen or command line, until sign-in is configured."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # no such user on this machine, as in some containers
        return NOBODY_NAMED


def _numbers(settings: Settings) -> Iterator[tuple[str, float]]:
    for group in type(settings).model_fields:
        values = getattr(settings, group)
        if dataclasses.is_dataclass(values):
            for field in dataclasses.fields(values):
                value = getattr(values, field.name)
                if isinstance(value, int | float):
                    yield f"{group}__{field.name}", value


def _sentence(error: ErrorDetails) -> Message:
    context: dict[str, Any] = error.get("ctx") or {}
    if error["type"] == "manyi":
        name, value, expected = context["name"], context["value"], _EXPECTED[context["expected"]]
    else:
        name, value = "__".join(str(part) for part in error["loc"]), error["input"]
        expected = _EXPECTED.get(error["type"].split("_")[0], _EXPECTED["other"])
        if error["type"] == "literal_error":
            choices: object = str(context["expected"]).replace("'", "").replace(" or ", ", ")
            return _refusal(name, value, choices)
    return _refusal(name, value, expected)


def _refusal(name: str, value: object, expected: object) -> Message:
    shown = "…" if name in _HIDDEN else value
    return message("The setting {name} is {value}; expected {expected}.", name=PREFIX + name.upper(), value=shown, expected=expected)


_EXPECTED = {
    "share": message("a number between 0 and 1"),
    "positive": message("a number above 0"),
    "marked": message("at most the base below which figures are marked"),
    "warned": message("at most the efficiency below which weights are warned of"),
    "int": message("a whole number"),
    "float": message("a number"),
    "greater": message("a number above 0"),
    "less": message("a number up to 100"),
    "path": message("a folder"),
    "other": message("another value"),
}
