"""Response profile: who answered, set against who the customers are, by branch, operator, brand and business line.

For each column the shares of its values among respondents (unweighted, and with respondent weights) stand beside those among
customers. Goodness of fit of the unweighted shares is Pearson's chi square against the customers' shares; of the weighted ones
the Rao-Scott chi square, whose reference distribution follows from the design covariance of the shares (strata and clusters
included; Satterthwaite's two-moment approximation; Rao and Scott 1981; as R ``survey::svygofchisq``). The index of dissimilarity is
half the sum of absolute differences: the share of respondents who would have to be in another group (Duncan and Duncan 1955).

Numbers of respondents protect nobody's answers, so small groups are shown here: that they are small is the finding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
from scipy import stats

from analysis.data_quality.flagged_response_shares import quality_provenance
from analysis.data_quality.quality_rules import DEFAULT_QUALITY, QualityRules
from analysis.inference.adjusted_tests import with_verdicts
from analysis.inference.parts import fails_alone
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Thresholds
from analysis.results.provenance import Fact, Provenance
from analysis.sums.customers import customers_by
from analysis.sums.linearised_variance import LinearisedVariance
from analysis.sums.tallies import CLUSTER, STRATUM, WEIGHT, Array
from survey_schema.columns import DIMENSIONS, Role
from survey_schema.models import SurveySchema
from words.language import Message, message

METHOD = message(
    "Shares of respondents against shares of customers: Pearson's chi square for the shares as they came in, Rao–Scott's for the weighted "
    "ones; each group by the exact binomial test, Benjamini–Hochberg within a column; index of dissimilarity = half the sum of the "
    "absolute differences."
)
CODE = "respondents"


@dataclass(frozen=True)
class ProfileRow:
    """One value of a column: shares 0-1 of respondents as they came in (with test and verdict), weighted, and of customers.

    ``expected`` is the number of respondents its share of the customers would give.
    """

    value: str
    share: Estimate
    weighted: float
    customers: float
    expected: float

    @property
    def ratio(self) -> float:
        """Share among respondents over share among customers."""
        return (self.share.value or 0.0) / self.customers


@dataclass(frozen=True)
class Fit:
    """How well shares fit: chi square, its degrees of freedom, p, and the index of dissimilarity 0-1."""

    chi2: float
    df: float
    p: float
    dissimilarity: float


@dataclass(frozen=True)
class ProfileColumn:
    """The profile along one column. ``unknown_customers`` are values respondents have and the population sheet does not."""

    column: str
    rows: tuple[ProfileRow, ...]
    fit: Fit
    weighted_fit: Fit
    n: int
    unknown_customers: tuple[str, ...]

    @property
    def short(self) -> list[ProfileRow]:
        """Under-represented values, the largest shortfall of respondents first."""
        found = [row for row in self.rows if row.share.verdict == "lower"]
        return sorted(found, key=lambda row: row.share.n - row.expected)

    @property
    def over(self) -> list[ProfileRow]:
        """Over-represented values, the largest surplus of respondents first."""
        found = [row for row in self.rows if row.share.verdict == "higher"]
        return sorted(found, key=lambda row: row.expected - row.share.n)


@dataclass(frozen=True)
class ResponseProfile:
    """The profile along every column the population knows; ``reason`` says why there is none. ``weighted``: the weights differ."""

    columns: tuple[ProfileColumn, ...]
    weighted: bool
    provenance: Provenance
    reason: Message | None = None


@fails_alone(lambda: ResponseProfile((), False, Provenance(METHOD)))
def response_profile(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    population: pd.DataFrame | None,
    *,
    where: Mapping[str, str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    rules: QualityRules = DEFAULT_QUALITY,
) -> ResponseProfile:
    """Respondents against customers along every dimension and attribute with at least two values in the population, within ``where``.

    ``frame`` holds one wave, unfiltered; ``population`` has the dimensions, any attributes and ``customers``, a blank meaning all. One
    engine pass.
    """
    named = Fact("representation_share", rules.representation_share, message("Named below this share of the expected answers"))
    how = quality_provenance(METHOD, thresholds, named)
    if population is None or not len(population):
        return ResponseProfile((), False, how, message("The numbers of customers are not known."))
    profiled = [*map(str, DIMENSIONS), *_attributes(schema, population)]
    cells = _cells(frame, profiled)
    weighted = bool(_weights_differ(cells))
    columns = []
    for column in profiled:
        narrowed = {name: value for name, value in (where or {}).items() if name != column}
        customers = customers_by(population, schema, column, narrowed)
        if cells[column].notna().any() and len(customers) > 1 and sum(customers.values()) > 0:
            found = _profile(cells, column, narrowed, {str(k): v for k, v in customers.items()}, thresholds, rules)
            columns += [found] if found else []
    reason = None if columns else message("The numbers of customers do not tell branches, operators or brands of this selection apart.")
    return ResponseProfile(tuple(columns), weighted, how, reason)


def _attributes(schema: SurveySchema, population: pd.DataFrame) -> list[str]:
    """Attributes kept as text that the population tells apart."""
    texts = [column.stored_as for column in schema.columns if column.role is Role.ATTRIBUTE and column.kind == "text"]
    return [name for name in texts if name in population.columns and population[name].notna().any()]


def _cells(frame: nw.LazyFrame[Any], columns: Sequence[str]) -> pd.DataFrame:
    w = nw.col("w")
    keys = [*columns, STRATUM, CLUSTER]
    made = frame.filter(nw.col(WEIGHT) > 0).select(*keys, nw.col(WEIGHT).cast(nw.Float64).alias("w"))
    aggregated = made.group_by(*keys).agg(
        nw.len().alias("n"), w.sum().alias("sum"), (w * w).sum().alias("squares"), w.min().alias("low"), w.max().alias("high")
    )
    table: pd.DataFrame = aggregated.collect("pandas").to_native()
    table[keys] = table[keys].astype(object).where(table[keys].notna(), None)
    return table


def _weights_differ(cells: pd.DataFrame) -> bool:
    return len(cells) > 0 and cells["high"].max() - cells["low"].min() > 1e-9 * cells["high"].max()


def _profile(
    cells: pd.DataFrame,
    column: str,
    where: Mapping[str, str],
    customers: Mapping[str, float],
    thresholds: Thresholds,
    rules: QualityRules,
) -> ProfileColumn | None:
    values = [value for value, amount in customers.items() if amount > 0]
    place = {value: number for number, value in enumerate(values)}
    inside = np.ones(len(cells), dtype=bool)
    for name, value in where.items():
        inside &= (cells[name] == value).to_numpy(dtype=bool)
    unknown = sorted({str(v) for v in cells.loc[inside, column].dropna() if str(v) not in place})
    category = np.array([place.get(str(v), -1) if ok else -1 for v, ok in zip(cells[column], inside, strict=True)], dtype=np.intp)
    known = category >= 0
    tables = cells.loc[known, ["n", "sum"]].to_numpy(dtype=np.float64)
    counts, weights = np.zeros(len(values)), np.zeros(len(values))
    np.add.at(counts, category[known], tables[:, 0])
    np.add.at(weights, category[known], tables[:, 1])
    n = int(counts.sum())
    if n == 0:
        return None
    target = np.array([customers[value] for value in values])
    target = target / target.sum()
    shares, weighted = counts / n, weights / weights.sum()
    covariance = shares_covariance(cells, category, weighted)
    rows = _rows(column, values, counts, shares, weighted, target, thresholds, rules)
    return ProfileColumn(column, rows, pearson_fit(counts, target), rao_scott_fit(weighted, target, covariance, n), n, tuple(unknown))


def _rows(
    column: str, values: Sequence[str], counts: Array, shares: Array, weighted: Array, target: Array, thresholds: Thresholds,
    rules: QualityRules,
) -> tuple[ProfileRow, ...]:  # fmt: skip
    n = int(counts.sum())
    gaps = []
    for value, count, share, expected in zip(values, counts, shares, target, strict=True):
        test = stats.binomtest(int(count), n, float(expected))
        small = rules.representation_share < (share / expected) < 1 / rules.representation_share
        # within the band a certain difference is still no finding: its size is set to nothing for the verdict
        gaps.append(Estimate({column: value}, CODE, 0.0 if small else float(share - expected), p=float(test.pvalue)))
    judged = with_verdicts(gaps, "fdr_bh", thresholds, smallest=1e-12)
    found = []
    for number, (value, gap) in enumerate(zip(values, judged, strict=True)):
        interval = stats.binomtest(int(counts[number]), n).proportion_ci(thresholds.confidence, method="wilson")
        estimate = gap._replace(value=float(shares[number]), low=float(interval.low), high=float(interval.high), n=int(counts[number]),
            n_eff=float(counts[number]), marked=bool(counts[number] < thresholds.marked_below),
        )  # fmt: skip
        found.append(ProfileRow(value, estimate, float(weighted[number]), float(target[number]), float(n * target[number])))
    return tuple(found)


def pearson_fit(counts: Array, target: Array) -> Fit:
    """Pearson's chi square of counts against target shares (sum 1, none zero)."""
    n = counts.sum()
    chi2, df = float(((counts - n * target) ** 2 / (n * target)).sum()), len(target) - 1
    return Fit(chi2, df, float(stats.chi2.sf(chi2, df)), _dissimilarity(counts / n, target))


def rao_scott_fit(shares: Array, target: Array, covariance: Array, n: int) -> Fit:
    """Rao-Scott chi square of weighted shares; ``covariance`` (k, k) is that of the shares under the sampling design.

    X² = n Σ (p−π)²/π; its reference is a mix of chi squares with the generalised design effects δ as weights, which Satterthwaite
    matches by one chi square: X²/(δ̄(1+a²)) on (k−1)/(1+a²) degrees of freedom, a the coefficient of variation of δ.
    """
    chi2 = float(n * ((shares - target) ** 2 / target).sum())
    multinomial = (np.diag(target) - np.outer(target, target)) / n
    effects = np.linalg.eigvals(np.linalg.solve(multinomial[1:, 1:], covariance[1:, 1:])).real
    effects = effects[effects > 0]
    if not len(effects):
        return Fit(chi2, len(target) - 1, 1.0 if chi2 < 1e-9 else 0.0, _dissimilarity(shares, target))
    scale = float((effects**2).sum() / effects.sum())
    df = float(effects.sum() ** 2 / (effects**2).sum())
    return Fit(chi2, df, float(stats.chi2.sf(chi2 / scale, df)), _dissimilarity(shares, target))


def shares_covariance(cells: pd.DataFrame, category: np.ndarray, shares: Array) -> Array:
    """Linearised covariance (k, k) of weighted shares of the categories 0 … k−1; −1 is outside the domain and counts as a unit only.

    ``cells`` has stratum, cluster, ``n``, ``sum`` (Σw) and ``squares`` (Σw²). Influence of a respondent of category c is
    w (e_c − p)/Σw; respondents without a cluster are sampling units of their own; a stratum with one unit is centred at the grand
    mean, which is 0.
    """
    alone_first = np.argsort(cells[CLUSTER].notna().to_numpy(), kind="stable")
    cells, category = cells.iloc[alone_first], category[alone_first]
    single, inside = cells[CLUSTER].isna().to_numpy(), category >= 0
    sums = cells["sum"].to_numpy(dtype=float)
    vectors = np.zeros((len(cells), len(shares)))
    vectors[inside] = (np.eye(len(shares))[category[inside]] - shares) / sums[inside].sum()
    strata, stratum = np.unique(cells[STRATUM].map(str).to_numpy(dtype=str), return_inverse=True)
    _clusters, cluster = np.unique(stratum.astype(str) + "\x1f" + cells[CLUSTER].map(str).to_numpy(dtype=str), return_inverse=True)
    grouped = np.unique(np.column_stack([stratum, cluster])[~single], axis=0)[:, 0]
    alone = np.bincount(stratum[single], cells["n"].to_numpy(dtype=float)[single], minlength=len(strata))
    units = np.asarray(alone + np.bincount(grouped, minlength=len(strata)), dtype=np.float64)
    squares = cells["squares"].to_numpy(dtype=float)[single, None, None]
    return LinearisedVariance(vectors.T[:, :, None], squares, sums[:, None], stratum, np.where(single, -1, cluster), units).covariance()


def _dissimilarity(shares: Array, target: Array) -> float:
    return float(np.abs(shares - target).sum() / 2)
