"""Data quality: can the answers of this wave be relied on?"""

from __future__ import annotations

import streamlit as st

from analysis.data_quality.data_quality_sentence import suspects_sentence
from answers.data_quality import suspects_of
from pages._shared.parts.how_computed import how_computed
from pages._shared.parts.pick_view import pick_view
from pages._shared.parts.say import say
from pages._shared.parts.show_answer import show_answer
from pages._shared.parts.show_chart import result_styles
from pages._shared.selection.choices import chosen
from pages._shared.session.words import _, language
from pages.measure.data_quality.checks import make_checks
from pages.measure.data_quality.parts import quality

#: Checks that mark single responses; what leaving those out would do is told with them.
ABOUT_RESPONSES = ("lines", "speed", "duplicates")
here = chosen()
result_styles()
asked = quality(here)
checks = make_checks(here, asked)
show_answer(_("Can the answers of this wave be relied on?"), asked.sentence(language()))
worrying = [name for name, check in checks.items() if check.verdict.sound is False]
names = {code: check.name + (" :red[●]" if code in worrying else "") for code, check in checks.items()}
view = pick_view(_("Check"), names, "quality_view", worrying[0] if worrying else "profile")
if worrying:
    st.caption(":red[●] " + _("Cause for concern. Branches are set side by side, whichever is chosen above."))
check = checks[view]
suspicious = suspects_of(asked.asked) if view in ABOUT_RESPONSES else None
if told := suspects_sentence(suspicious, here.schema, language()):
    say(told)
check.show()
how_computed([check.found, *([suspicious] if suspicious else [])], here, formula=check.formula)
