"""``estimate path-model --by branch``: do the constructs mean the same in the groups, and which paths and indices differ?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.measurement.path_model_groups import PathModelComparison, compare_all_path_models, compare_path_models
from analysis.results.estimates import Estimate
from analysis.sums.cross_moments import GroupMoments
from answers.flat import narrowed, refused, tagged
from command_line.output import console
from command_line.requests import Request, stored_value
from survey_schema.columns import DIMENSIONS, Choice, Role
from survey_schema.path_models import PathModel
from words.errors import ManyiError
from words.language import Message, message


def compared_groups(request: Request, groups: Sequence[GroupMoments], model: PathModel) -> tuple[PathModelComparison, ...]:
    """Two groups with each other, more of them each with everybody else; with ``--against GROUP`` each with that one."""
    frame, schema, limits = narrowed(request), request.schema, request.thresholds
    if request.against in (None, "rest"):
        return compare_all_path_models(groups, schema, model, frame=frame, thresholds=limits) if len(groups) > 1 else ()
    if len(request.by) != 1:
        raise ManyiError(message("Groups are compared along one column; name one with --by."))
    (column,) = request.by
    named = {str(group.keys[column]): group for group in groups}
    other = stored_value(_choices(request, column), request.against or "")
    if other not in named:
        raise ManyiError(message("There is no group {group}. There are: {known}.", group=request.against, known=", ".join(named)))
    return tuple(
        compare_path_models(group, named[other], schema, model, frame=frame, thresholds=limits)
        for name, group in named.items()
        if name != other
    )


def comparison_records(found: Sequence[PathModelComparison], model: PathModel, request: Request) -> tuple[list[Estimate], list[Message]]:
    """Invariance of every construct, then differences of paths and indices; and a sentence for each comparison."""
    estimates: list[Estimate] = []
    notes: list[Message] = []
    for one in found:
        against = " · ".join(str(value) for value in one.groups[1].values()) or "rest"
        keys: dict[str, str | None] = {**one.groups[0], "against": against}
        if one.reason:
            estimates.append(refused(model.code, one.reason, min(one.n), min(one.n_eff), figure="path_difference", **keys))
            continue
        if one.verdict:
            first, second = (_name(request, group) for group in one.groups)
            notes.append(message("{first} against {second}: {verdict}", first=first, second=second, verdict=one.verdict))
        paths = [
            _called(e, {**keys, "from": start, "to": end}, trusted=not {start, end} & one.unlike)
            for e, (start, end) in zip(one.paths, model.paths, strict=True)
        ]
        indices = [_called(e, keys, trusted=e.code not in one.unlike) for e in one.indices]
        estimates += [
            *(
                Estimate(
                    {"figure": "invariance", **keys}, row.construct, row.c, n=one.paths[0].n, n_eff=one.paths[0].n_eff, p=row.p,
                    verdict="same" if row.same else "unlike",
                )
                for row in one.invariance
            ),
            *tagged("path_difference", paths), *tagged("index_difference", indices),
        ]  # fmt: skip
    return estimates, notes


def _called(estimate: Estimate, keys: Mapping[str, str | None], *, trusted: bool) -> Estimate:
    return estimate._replace(keys=dict(keys), verdict=estimate.verdict if trusted else None)


def _name(request: Request, keys: Mapping[str, str | None]) -> Message | str:
    """The group in words; everybody else where it has no keys."""
    if not keys:
        return message("everybody else")
    schema, language = request.schema, console.language
    return " · ".join(schema.value_title(name, value, language) if name in DIMENSIONS else str(value) for name, value in keys.items())


def _choices(request: Request, column: str) -> list[Choice]:
    return request.schema.choices(Role(column)) if column in DIMENSIONS else []
