"""What an estimated path model consists of: frozen figures of constructs, questions and arrows, or the reason why there are none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.inference.replicates import Jackknife
from analysis.results.estimates import Estimate
from analysis.results.provenance import Provenance
from analysis.sums.mean_replacement import Missing
from words.language import Message


@dataclass(frozen=True)
class ImportancePoint:
    """One point of the importance–performance map: a construct or an item, its effect on the target and its level (0–100)."""

    code: str
    construct: str
    importance: Estimate
    performance: Estimate


@dataclass(frozen=True)
class ConstructQuality:
    """Reliability of one construct; the figures are None where they are not defined, the verdict says why. ``root_ave`` is √AVE."""

    construct: str
    alpha: Estimate | None
    rho_a: Estimate | None
    rho_c: Estimate | None
    ave: Estimate | None
    root_ave: Estimate | None
    verdict: Message


@dataclass(frozen=True)
class Separation:
    """Heterotrait–monotrait ratio of two constructs."""

    constructs: tuple[str, str]
    htmt: Estimate
    verdict: Message


@dataclass(frozen=True)
class Correlated:
    """Correlation of two constructs' scores, and what it says beside the roots of their AVE (Fornell and Larcker)."""

    constructs: tuple[str, str]
    correlation: Estimate
    verdict: Message


@dataclass(frozen=True)
class PathModelResult:
    """An estimated path model, or the ``reason`` why there is none.

    Codes are items or constructs; estimates of an item carry the key ``construct``, those of an arrow the keys ``from``
    and ``to``; so do ``inner_vif`` (arrows into a construct that has other predecessors too) and ``f_squared``.
    ``cross_loadings`` are correlations of every item with every construct. ``indirect_effects`` are those of pairs with a
    way over a third construct. ``index_weights`` sum to 1 in each construct. ``misled`` are the constructs whose index and
    importance a negative outer weight takes, with the reason; ``map_reason`` says why there is no importance map at all.
    ``target_effects`` are the unstandardised total effects on the satisfaction construct, of every construct in the model's
    order, with their replicates. ``losses`` says what missing answers cost.
    """

    model: str
    target: str
    missing: Missing
    n: int
    n_eff: float
    dropped: int
    provenance: Provenance
    weights: tuple[Estimate, ...] = ()
    loadings: tuple[Estimate, ...] = ()
    index_weights: tuple[Estimate, ...] = ()
    paths: tuple[Estimate, ...] = ()
    total_effects: tuple[Estimate, ...] = ()
    indirect_effects: tuple[Estimate, ...] = ()
    r_squared: tuple[Estimate, ...] = ()
    indices: tuple[Estimate, ...] = ()
    equal_weight_indices: tuple[Estimate, ...] = ()
    quality: tuple[ConstructQuality, ...] = ()
    separations: tuple[Separation, ...] = ()
    correlated: tuple[Correlated, ...] = ()
    inner_vif: tuple[Estimate, ...] = ()
    f_squared: tuple[Estimate, ...] = ()
    cross_loadings: tuple[Estimate, ...] = ()
    misled: Mapping[str, Message] = field(default_factory=dict)
    importance_map: tuple[ImportancePoint, ...] = ()
    item_importance_map: tuple[ImportancePoint, ...] = ()
    map_reason: Message | None = None
    target_effects: Jackknife | None = None
    iterations: int = 0
    losses: Message | None = None
    notes: tuple[Message, ...] = ()
    reason: Message | None = None

    def arrow(self, start: str, end: str) -> Estimate | None:
        """The path coefficient of one arrow."""
        return next((path for path in self.paths if path.keys["from"] == start and path.keys["to"] == end), None)
