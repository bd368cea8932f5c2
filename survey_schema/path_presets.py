"""Which path models fit a survey: its own, and the known index models (ACSI, ECSI, TCSI) as far as it measures their constructs.

A survey's own models say which questions measure which construct. A preset takes those constructs by their role (image,
expectation, quality, value, fairness, satisfaction, complaints, loyalty) and draws the published arrows between them. ACSI:
Fornell et al. 1996; ECSI: Tenenhaus et al. 2005; TCSI: the ministry's model with perceived fairness. A preset whose constructs are
not all measured, or whose arrows are those of a model of the survey, is not offered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from survey_schema.models import SurveySchema
from survey_schema.path_models import Construct, PathModel
from survey_schema.schema_parts import LocalText

#: Codes under which the surveys that come with the product know a role.
_ROLES = {"expected_quality": "expectation", "perceived_quality": "quality", "perceived_value": "value"}


@dataclass(frozen=True)
class Preset:
    """A published model as arrows between roles."""

    code: str
    title: LocalText
    arrows: tuple[tuple[str, str], ...]

    @property
    def roles(self) -> tuple[str, ...]:
        """All constructs the model needs, in the order of its arrows."""
        return tuple(dict.fromkeys(role for arrow in self.arrows for role in arrow))


PRESETS = (
    Preset(
        "acsi",
        LocalText(zh_CN="美国满意度指数模型（ACSI）", en="ACSI model"),
        (
            ("expectation", "quality"), ("expectation", "value"), ("expectation", "satisfaction"), ("quality", "value"),
            ("quality", "satisfaction"), ("value", "satisfaction"), ("satisfaction", "complaints"), ("satisfaction", "loyalty"),
            ("complaints", "loyalty"),
        ),
    ),
    Preset(
        "ecsi",
        LocalText(zh_CN="欧洲满意度指数模型（ECSI）", en="ECSI model"),
        (
            ("image", "expectation"), ("image", "satisfaction"), ("image", "loyalty"), ("expectation", "quality"), ("expectation", "value"),
            ("expectation", "satisfaction"), ("quality", "value"), ("quality", "satisfaction"), ("value", "satisfaction"),
            ("satisfaction", "complaints"), ("satisfaction", "loyalty"), ("complaints", "loyalty"),
        ),
    ),
    Preset(
        "tcsi",
        LocalText(zh_CN="电信用户满意度指数模型（TCSI）", en="TCSI model"),
        (
            ("image", "expectation"), ("image", "quality"), ("image", "satisfaction"), ("image", "loyalty"), ("expectation", "quality"),
            ("expectation", "value"), ("quality", "value"), ("quality", "fairness"), ("quality", "satisfaction"), ("value", "satisfaction"),
            ("fairness", "satisfaction"), ("satisfaction", "complaints"), ("satisfaction", "loyalty"), ("complaints", "loyalty"),
        ),
    ),
)  # fmt: skip


def path_models_for(schema: SurveySchema) -> Mapping[str, PathModel]:
    """Code → model: the survey's own first, then the presets that fit."""
    models = {model.code: model for model in schema.path_models}
    for preset in PRESETS:
        for own in schema.path_models:
            fitted = _fitted(preset, own)
            if fitted and fitted.code not in models and all(_arrows(fitted) != _arrows(model) for model in models.values()):
                models[fitted.code] = fitted
    return models


def _fitted(preset: Preset, own: PathModel) -> PathModel | None:
    """The preset on the constructs of a model of the survey; None when it lacks one."""
    by_role: dict[str, Construct] = {_role(construct.code): construct for construct in own.constructs}
    if not set(preset.roles) <= set(by_role) or _role(own.satisfaction) != "satisfaction":
        return None
    constructs = [construct for construct in own.constructs if _role(construct.code) in preset.roles]
    paths = [(by_role[start].code, by_role[end].code) for start, end in preset.arrows]
    return PathModel(code=preset.code, title=preset.title, constructs=constructs, paths=paths, satisfaction=own.satisfaction)


def _role(code: str) -> str:
    return _ROLES.get(code, code)


def _arrows(model: PathModel) -> frozenset[tuple[str, str]]:
    return frozenset(model.paths)
