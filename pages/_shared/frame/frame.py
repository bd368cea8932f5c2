"""The frame every page is shown in: page config, look, language, menu, global selections, then the page itself."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages._shared.frame.empty_state import show_empty_store
from pages._shared.frame.look import apply_look
from pages._shared.frame.menu import is_printed, menu, needs_waves, shows_selections
from pages._shared.frame.menu_reasons import known_reasons, reasons_now
from pages._shared.frame.print_menu import show_print_menu
from pages._shared.frame.streamlit_words import say_streamlits_words
from pages._shared.selection.choices import choose, show_bar
from pages._shared.session import address
from pages._shared.session.asked_here import begin
from pages._shared.session.shown_here import begin_showing
from pages._shared.session.store_access import active_waves, schema_of, schemas_in_force
from pages._shared.session.window import measure_window
from pages._shared.session.words import _, decide_language

SIDEBAR_WIDTH = 220
HERE = Path(__file__).resolve().parent
st.set_page_config(page_title="满意 Manyi", page_icon=str(HERE / "icon.svg"), layout="wide", initial_sidebar_state=SIDEBAR_WIDTH)
shown_in = decide_language(address.codes().get("lang"))
apply_look()
begin()
shown = begin_showing()

reasons = known_reasons()
page = st.navigation(menu(reasons), expanded=True)
address.follow_url(page.url_path)
if decide_language(address.codes().get("lang")) != shown_in:  # the browser went back to a link in the other language
    st.rerun()

measure_window()
say_streamlits_words()
every_wave = active_waves()
waves = every_wave if shows_selections(page) else ()
stored = every_wave if is_printed(page) else ()
here = choose(waves) if waves else None
with st.container(horizontal=True, vertical_alignment="center", key="frame_bar"):
    with st.container(horizontal=True, vertical_alignment="center", key="frame_pills"):
        if here:
            show_bar(here, schemas_in_force(waves))
    if here:
        show_print_menu(shown, page.title, here.schema)
    elif stored:
        show_print_menu(shown, page.title, schema_of(stored[-1].schema_hash))
    other = "en" if shown_in == "zh_CN" else "zh"
    st.button("中 / EN", key="language_switch", help=_("Change the language"), on_click=address.pick, args=("lang", other))
address.write_url()
if every_wave and (now := reasons_now(every_wave, here)) != reasons:  # another survey, another wave, another language, a sheet that came
    page = st.navigation(menu(now), expanded=True)

if waves or not needs_waves(page):
    with st.spinner(_("The answers are being computed …")):  # shown only where it takes longer than half a second
        page.run()
else:
    show_empty_store()
