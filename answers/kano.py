"""Kano's classes of features from pairs of questions, by group too, and beside them the classes of penalty and reward."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.drivers.drivers_by_group import DriversByGroup
from analysis.drivers.penalty_reward import PenaltyReward
from analysis.kano.beside_penalty_reward import CLASS_OF, BothClasses, beside_penalty_reward
from analysis.kano.estimate_kano import Kano, KanoFeature, estimate_kano
from analysis.kano.evaluation_table import CLASSES
from analysis.kano.kano_sums import KanoTallies, kano_tallies
from analysis.kano.sentence import contrasts_sentence, kano_sentence, other_classes
from analysis.results.estimates import Estimate, Result
from analysis.results.sentences import Segment
from answers.driver_figures import DRIVER_WORDS, penalty_reward_rows
from answers.drivers import DRIVERS, DriversOptions, settled_drivers
from answers.figure_words import VERDICT_WORDS
from answers.flat import collected, refused, tagged
from answers.question import Question, option
from answers.source import Source
from answers.topic import Asked, Chapter, Topic
from survey_schema.columns import Role
from survey_schema.models import SurveySchema
from words.errors import ManyiError, unknown
from words.language import Language, Message, message
from words.lists import Listed


@dataclass(frozen=True)
class KanoOptions:
    """``outcome`` and ``drivers`` of the penalty–reward classes; those of the survey unless others are named."""

    outcome: str | None = option("--outcome", message("Penalty and reward: the item explained; else the survey's own."), metavar="CODE")
    drivers: tuple[str, ...] = option(
        "--drivers", message("Penalty and reward: the items that may explain it; else the survey's own."), default=(), metavar="CODE,…",
        joined=True,
    )  # fmt: skip


@dataclass(frozen=True)
class KanoFound:
    """Classes from the pairs (None: the survey has none), from penalty and reward (None: no outcome, or asked by group), and both."""

    kano: Kano | None
    contrasts: PenaltyReward | None
    both: tuple[BothClasses, ...] = ()

    @property
    def features(self) -> tuple[KanoFeature, ...]:
        """Every feature of every group."""
        return self.kano.features if self.kano else ()


def has_drivers(schema: SurveySchema) -> bool:
    """Whether the survey names what penalty and reward need."""
    return bool(schema.outcome and [code for code in schema.drivers or schema.tree.items() if code != schema.outcome])


def _settled(question: Question[KanoOptions], source: Source) -> Question[KanoOptions]:
    schema, options = source.schema, question.options
    pairs = [pair.code for pair in schema.kano_pairs]
    for code in question.codes:
        if code not in pairs:
            raise unknown(message("feature of kano_pairs"), code, pairs)
    if question.by and not pairs:
        raise ManyiError(message("Classes by group need question pairs; name them under kano_pairs of the schema, or leave out --by."))
    explained = bool(options.outcome or options.drivers) or has_drivers(schema)
    if not pairs and not explained:
        raise ManyiError(
            message("This survey has neither question pairs (kano_pairs) nor an overall question with drivers; add one to its schema.")
        )
    found = KanoOptions()
    if explained and not question.by:
        found = KanoOptions(*settled_drivers(DriversOptions(options.outcome, options.drivers), schema))
    return replace(question, codes=question.codes or tuple(pairs), options=found)


def _compute(asked: Asked[KanoOptions]) -> KanoFound:
    kano = _from_pairs(asked) if asked.question.codes else None
    contrasts = _contrasts(asked) if asked.options.outcome else None
    driver_of = {pair.code: pair.satisfaction for pair in asked.schema.kano_pairs if pair.satisfaction}
    both = beside_penalty_reward(kano.features, contrasts.contrasts, driver_of) if kano and contrasts else ()
    return KanoFound(kano, contrasts, both)


def _from_pairs(asked: Asked[KanoOptions]) -> Kano:
    pairs = [pair for pair in asked.schema.kano_pairs if pair.code in asked.question.codes]
    columns = tuple(dict.fromkeys((str(Role.WAVE), *asked.columns)))
    key = ("kano sums", tuple((pair.code, pair.functional, pair.dysfunctional) for pair in pairs), columns, asked.source.key(asked.reads))

    def added_up() -> KanoTallies:
        return kano_tallies(asked.frame, asked.schema, pairs, columns)

    tallies = asked.source.kept.get(key, added_up)
    return estimate_kano(tallies, by=asked.by, where=asked.where, thresholds=asked.thresholds)


def _contrasts(asked: Asked[KanoOptions]) -> PenaltyReward:
    options = DriversOptions(asked.options.outcome, asked.options.drivers)
    found = asked.ask(DRIVERS, options=options, codes=())
    if isinstance(found, DriversByGroup):
        raise TypeError("asked by group")
    return found.penalty_reward


def _figures(asked: Asked[KanoOptions], found: KanoFound) -> Result:
    """Of each feature its shares by class, coefficients and strengths; after them penalties and rewards."""
    estimates = [entry for feature in found.features for entry in _of_feature(feature)]
    estimates += penalty_reward_rows(found.contrasts) if found.contrasts else []
    known = [part.provenance for part in (found.kano, found.contrasts) if part is not None]
    shown = found.contrasts.contrasts if found.contrasts else ()
    return collected(
        estimates,
        known[0].joined(*known[1:]),
        classes={_name(feature): feature.candidates for feature in found.features if feature.kind},
        fong_ambiguous=[_name(feature) for feature in found.features if feature.fong_ambiguous],
        classes_by_penalty_reward={each.driver: CLASS_OF[each.kind] for each in shown},
        answers_at_the_ends={each.driver: (each.lowest_n, each.highest_n) for each in shown},
        agree={each.feature.code: each.agree for each in found.both},
    )


def _name(feature: KanoFeature) -> str:
    return " · ".join([*(str(value) for value in feature.keys.values() if value), feature.code])


def _of_feature(feature: KanoFeature) -> list[Estimate]:
    if feature.reason is not None:
        base = feature.strength
        return [refused(feature.code, feature.reason, base.n, base.n_eff, figure="kano_share", **feature.keys)]
    strength = feature.strength._replace(verdict=feature.kind if feature.ambiguous is False else "unclear")
    return [
        *(entry for name in CLASSES for entry in tagged("kano_share", [feature.shares[name]], tested=False, **{"class": name})),
        *tagged("better", [feature.better], tested=False),
        *tagged("worse", [feature.worse], tested=False),
        *tagged("strength", [strength]),
        *tagged("total_strength", [feature.total_strength], tested=False),
    ]


def titles_of(schema: SurveySchema, language: Language) -> Mapping[str, str]:
    """What the features are called."""
    return {pair.code: pair.title.text(language) for pair in schema.kano_pairs}


def _sentence(asked: Asked[KanoOptions], found: KanoFound, language: Language) -> Sequence[Segment]:
    if asked.by:
        return ()
    if found.kano is not None:
        return kano_sentence(found.features, titles_of(asked.schema, language), language)
    if found.contrasts is None or found.contrasts.reason is not None:
        return ()
    return contrasts_sentence(found.contrasts.contrasts, {e.code: e.title.text(language) for e in asked.schema.items}, language)


def _remarks(asked: Asked[KanoOptions], found: KanoFound, language: Language) -> Sequence[str | Message]:
    titles = {pair.code: pair.title for pair in asked.schema.kano_pairs}
    other = [titles[each.feature.code] for each in found.both if each.agree is False]
    rest = "" if asked.by else other_classes(found.features, titles_of(asked.schema, language), language)
    told: list[str | Message] = [rest] if rest else []
    told += [message("Pairs and penalty–reward say different classes of {features}.", features=Listed(other))] if other else []
    if found.contrasts is not None:
        told += [*found.contrasts.notes, *([found.contrasts.reason] if found.contrasts.reason else [])]
    return told


KANO = Topic(
    name="kano",
    options=KanoOptions,
    compute=_compute,
    figures=_figures,
    sentence=_sentence,
    remarks=_remarks,
    settle=_settled,
    figure_words={
        **DRIVER_WORDS,
        **{name: VERDICT_WORDS[name] for name in CLASSES},
        "kano_share": message("share of the class, %"),
        "better": message("better: satisfaction if there, %"),
        "worse": message("worse: dissatisfaction if not, %"),
        "strength": message("first class less the second, points"),
        "total_strength": message("total strength (A + O + M), %"),
    },
    chapters=(
        Chapter(
            "kano.estimate_kano",
            message("Kano's classes"),
            message(
                "Each respondent's two answers give a class by Kano's table; a feature has the class that most fall in. Where the first is "
                "not beyond chance above the second (variance of their difference, Holm), it stands between two classes; Fong's rule "
                "beside it. Better and worse after Berger: how satisfaction grows with the feature, and how it falls without it. "
                "Respondents who lack one of the two answers are left out of that feature. Checked against R survey."
            ),
            r"\text{better} = \frac{A + O}{A + O + M + I}, \qquad \text{worse} = -\frac{O + M}{A + O + M + I}",
        ),
        Chapter(
            "kano.beside_penalty_reward",
            message("Kano's classes from penalty and reward"),
            message(
                "Without pairs: a basic factor (it hurts more than it pleases) is must-be, a performance factor one-dimensional, an "
                "excitement factor attractive, one without effect indifferent. What customers say they would feel and what moves their "
                "satisfaction may differ, which is said."
            ),
        ),
    ),
)
TOPICS = {KANO.name: KANO}
