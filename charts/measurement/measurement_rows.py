"""How well questions measure: reliability of question sets, the questions of a set, constructs of a path model, pairs told apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.measurement.measurement_levels import (
    ITEM_REST_FROM,
    construct_level,
    fits_its_set,
    hardly_told_apart,
    lowers_alpha,
    reliability_level,
)
from analysis.measurement.path_model_quality import AVE_FROM, HTMT_BELOW
from analysis.measurement.path_model_result import ConstructQuality, PathModelResult
from analysis.measurement.reliability import RELIABLE_FROM, Reliability
from analysis.results.estimates import Estimate
from charts.kit.description.description import Description
from charts.kit.description.numbers import MUTED, OURS, WORSE, Axis, Form, Reference, Tone, numbers_of
from charts.kit.description.rows import Column, Drawn, Place, Rows, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from words.language import translator

MOST_PAIRS = 10
#: Such figures lie between 0 and 1, and are written without the margin that the bar shows.
_SHARES = Axis(holds=(0.0, 1.0))
_PLAIN = Form(2, margin=False)


def reliability_rows(sets: Sequence[tuple[str, Reliability]], on: Canvas) -> Chart:
    """α of every question set with its interval, ω and the verdict in a word; sets without figures say why in the table."""
    _ = translator(on.language)
    found = [one for _name, one in sets]
    tones = tuple(map(_reliability_tone, found))
    described = Description(
        title=_("Does each set of questions measure one thing?"),
        caption=_("Cronbach's α and McDonald's ω; dashed line: {limit}, from which a set is called reliable.").format(
            limit=on.number(RELIABLE_FROM, 2)
        ),
        body=Rows(
            _("Question set"),
            names_of_rows([name for name, _found in sets]),
            (
                _main("α", [one.alpha for one in found], tones, on),
                Column(_("α standardised"), numbers_of([one.alpha_standardised for one in found], on.language)),
                Column("ω", numbers_of([one.omega for one in found], on.language), _PLAIN, place="always"),
                Column("KMO", tuple(one.kmo for one in found)),
                Column(_("Questions"), tuple(len(one.items) for one in found), Form(0), place="wide"),
                Column(_("Base"), tuple(one.n for one in found), Form(0), place="wide"),
                Column(
                    _("Verdict"), tuple(_said(one, on) for one in found), place="wide", tones=tones,
                    texts=tuple(_reliability_word(one, on) for one in found),
                ),
            ),
            heading=_("Cronbach's α"),
            references=(Reference(RELIABLE_FROM, _("reliable")),),
            axis=_SHARES,
        ),
    )  # fmt: skip
    return draw(described, on)


def item_rows(found: Reliability, on: Canvas, *, name: str) -> Chart:
    """Every question of a set: how it goes with the others, its mean, and α without it."""
    _ = translator(on.language)
    items = found.item_analysis
    better_without = [lowers_alpha(item, found) for item in items]
    sentences = [_said(found, on), *(note.text(on.language) for note in found.notes)]
    if any(better_without):
        sentences.append(_("Red: α would rise without this question."))
    described = Description(
        title=_("{name}: which question fits, which does not?").format(name=name),
        caption=" ".join(sentences),
        body=Rows(
            _("Question"),
            names_of_rows([on.title(item.code) for item in items]),
            (
                _main(
                    _("Correlation with the others"), [item.item_rest for item in items],
                    tuple(OURS if fits_its_set(item) else WORSE for item in items), on, head=_("Correlation"),
                ),
                Column(
                    _("α without it"), numbers_of([item.alpha_if_dropped for item in items], on.language), _PLAIN, place="always",
                    tones=tuple(WORSE if flag else MUTED for flag in better_without),
                ),
                Column(_("Mean"), numbers_of([item.mean for item in items], on.language), place="wide"),
                Column("KMO", tuple(item.kmo for item in items), _PLAIN, place="wide"),
                Column(_("Base"), tuple(item.mean.n for item in items)),
            ),
            heading=_("With the other questions"),
            references=(Reference(ITEM_REST_FROM, _("fits")),),
            axis=_SHARES,
        ),
    )  # fmt: skip
    return draw(described, on)


def construct_rows(result: PathModelResult, on: Canvas, *, names: Mapping[str, str]) -> Chart:
    """Quality of every construct: composite reliability with its interval, ρ_A, AVE, R² and the verdict."""
    _ = translator(on.language)
    rows = result.quality
    explained = {e.code: e for e in result.r_squared}
    tones = tuple(map(_construct_tone, rows))
    verdicts = [row.verdict.text(on.language) for row in rows]
    doubts = [
        _("{set}: {verdict}").format(set=names[row.construct], verdict=verdict)
        for row, verdict in zip(rows, verdicts, strict=True)
        if construct_level(row) in ("weak", "narrow")
    ]
    limits = _("Dashed line: {limit}. AVE from {ave} on means the questions share at least half of their variance.")

    def column(header: str, estimates: Sequence[Estimate | None], place: Place = "wide", head: str | None = None) -> Column:
        return Column(header, numbers_of(estimates, on.language), _PLAIN, place=place, head=head)

    described = Description(
        title=_("How well is each construct measured?"),
        caption=" ".join([limits.format(limit=on.number(RELIABLE_FROM, 2), ave=on.number(AVE_FROM, 2)), *doubts]),
        body=Rows(
            _("Construct"),
            names_of_rows([names[row.construct] for row in rows]),
            (
                column(_("α standardised"), [row.alpha for row in rows], head="α"),
                column("ρ_A", [row.rho_a for row in rows]),
                _main("ρ_C", [row.rho_c for row in rows], tones, on),
                column("AVE", [row.ave for row in rows], "always"),
                column("R²", [explained.get(row.construct) for row in rows]),
                Column(_("Base"), (result.n,) * len(rows)),
                Column(
                    _("Verdict"), tuple(verdicts), place="wide", tones=tones, texts=tuple(_construct_word(row, on) for row in rows)
                ),
            ),
            heading=_("Composite reliability"),
            references=(Reference(RELIABLE_FROM, _("reliable")),),
            axis=_SHARES,
        ),
    )  # fmt: skip
    return draw(described, on)


def separation_rows(result: PathModelResult, on: Canvas, *, names: Mapping[str, str]) -> Chart:
    """The pairs of constructs that are hardest to tell apart, by HTMT; the table has all of them."""
    _ = translator(on.language)
    pairs = sorted(result.separations, key=lambda pair: -(pair.htmt.value or 0.0))
    titles = [f"{names[pair.constructs[0]]} – {names[pair.constructs[1]]}" for pair in pairs]
    tones = tuple(WORSE if hardly_told_apart(pair) else OURS for pair in pairs)
    words = tuple(_("hardly told apart") if hardly_told_apart(pair) else _("told apart") for pair in pairs)
    caption = _("Heterotrait–monotrait ratio; from {limit} on (dashed) respondents hardly tell two constructs apart.")
    more = [_("The {count} highest of {total} pairs.").format(count=MOST_PAIRS, total=len(pairs))] if len(pairs) > MOST_PAIRS else []
    described = Description(
        title=_("Do respondents tell the constructs apart?"),
        caption=" ".join([caption.format(limit=on.number(HTMT_BELOW, 2)), *more]),
        body=Rows(
            _("Pair of constructs"),
            names_of_rows(titles, most=MOST_PAIRS),
            (
                _main("HTMT", [pair.htmt for pair in pairs], tones, on),
                Column(
                    _("Verdict"), tuple(pair.verdict.text(on.language) for pair in pairs), place="wide", tones=tones, texts=words
                ),
            ),
            heading="HTMT",
            references=(Reference(HTMT_BELOW, _("limit")),),
            axis=_SHARES,
        ),
    )  # fmt: skip
    return draw(described, on)


def _main(header: str, estimates: Sequence[Estimate | None], tones: tuple[Tone, ...], on: Canvas, head: str | None = None) -> Column:
    """The figure that is drawn, with its interval in the table."""
    _ = translator(on.language)
    return Column(
        header, numbers_of(estimates, on.language), _PLAIN, (_("Lower end"), _("Upper end")), Drawn("dot", tones=tones or (OURS,)),
        "always", head=head, strong=True,
    )  # fmt: skip


def _reliability_word(found: Reliability, on: Canvas) -> str:
    _ = translator(on.language)
    return {
        "single": _("one question only"), "none": _("no figure"), "opposed": _("questions run against each other"), "weak": _("weak"),
        "exploratory": _("for exploration only"), "reliable": _("reliable"), "redundant": _("nearly the same question"),
    }[reliability_level(found)]  # fmt: skip


def _reliability_tone(found: Reliability) -> Tone:
    return {"opposed": WORSE, "weak": WORSE, "reliable": OURS}.get(reliability_level(found), MUTED)


def _construct_tone(row: ConstructQuality) -> Tone:
    return {"weak": WORSE, "reliable": OURS, "redundant": OURS}.get(construct_level(row), MUTED)


def _construct_word(row: ConstructQuality, on: Canvas) -> str:
    _ = translator(on.language)
    return {
        "none": _("no reliability figure"), "weak": _("weak"), "narrow": _("reliable, little in common"), "reliable": _("reliable"),
        "redundant": _("nearly the same question"),
    }[construct_level(row)]  # fmt: skip


def _said(found: Reliability, on: Canvas) -> str:
    told = found.reason or found.verdict
    return told.text(on.language) if told else ""
