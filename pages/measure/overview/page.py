"""Overview: are customers satisfied?"""

from __future__ import annotations

from answers.index import INDEX
from pages._shared.parts.pick_view import pick_view
from pages._shared.parts.show_answer import show_answer
from pages._shared.parts.show_chart import result_styles
from pages._shared.selection.choices import chosen
from pages._shared.selection.common_version import say_common_version
from pages._shared.selection.nobody_selected import stop_where_nobody
from pages._shared.session.asking import ask
from pages._shared.session.words import _, language
from pages.measure.overview.glance import show_glance
from pages.measure.overview.questions import show_grades, show_ranking, show_shares

here = chosen()
result_styles()

asked = ask(INDEX, here)
show_answer(_("Are customers satisfied?"), asked.sentence(language()))
stop_where_nobody(asked.result.estimates, here)
say_common_version(here)
views = {
    "glance": _("At a glance"), "ranking": _("Questions by score"), "shares": _("Satisfied customers"), "grades": _("Answers given")
}  # fmt: skip
show = {"glance": show_glance, "ranking": show_ranking, "shares": show_shares, "grades": show_grades}
show[pick_view(_("Part"), views, "overview_view")](here, asked.result)
