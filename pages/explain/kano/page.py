"""Kano: what is taken for granted, and what delights?"""

from __future__ import annotations

from answers.kano import KANO, titles_of
from pages._shared.parts.how_computed import how_computed
from pages._shared.parts.lacking import bring_pairs, stop_where_lacking
from pages._shared.parts.pick_view import pick_view
from pages._shared.parts.say import say
from pages._shared.parts.show_answer import Words, show_answer
from pages._shared.parts.show_chart import result_styles
from pages._shared.parts.show_figure import show_figure
from pages._shared.parts.show_missing import show_missing
from pages._shared.selection.choices import chosen
from pages._shared.session.asking import ask
from pages._shared.session.words import _, language, said
from pages.explain.kano.groups import show_groups
from pages.explain.kano.penalty import show_contrasts
from reports.figures.kano import CLASSES, EFFECTS

here = chosen()
schema = here.schema
result_styles()
question = _("What is taken for granted, and what delights?")
stop_where_lacking("kano", here, question)

asked = ask(KANO, here)
found, titles = asked.result, titles_of(schema, language())
shown = [each for each in found.features if each.kind is not None]
show_answer(question, asked.sentence(language()) or [Words(_("That cannot be said for this selection."))])
view = "classes"
if shown:
    views = {"classes": _("Classes"), "groups": _("Group by group")}
    if found.contrasts is not None:
        views["penalty"] = _("Hurts or pleases")
    view = pick_view(_("Part"), views, "kano_view")
elif found.features:
    reason = next(each.reason for each in found.features if each.reason is not None)
    show_missing(said(reason), _("Choose a wider selection or another wave."), "kano_pairs")
else:
    show_missing(_("This survey has no question pairs, so the classes are those of penalty and reward."), bring_pairs(), "kano_pairs")
if shown and view == "classes":
    show_figure(CLASSES, here, "kano_classes")
    for remark in asked.remarks(language()):
        say(remark, "small")
    show_figure(EFFECTS, here, "kano_better_worse")
elif view == "groups":
    show_groups(here, titles)
elif found.contrasts is not None:
    show_contrasts(here, found.contrasts)
formula = r"\text{better} = \frac{A + O}{A + O + M + I}, \qquad \text{worse} = -\frac{O + M}{A + O + M + I}" if shown else ""
how_computed([part for part in (found.kano, found.contrasts) if part is not None], here, formula=formula)
