"""What Streamlit says in English only, in the reader's language: hints of controls, calendars, waiting, a connection that was lost.

Streamlit has no other language, and what it says stands in the browser. So a script there replaces whole texts and labels of its
controls, and tells calendars which language they are in; texts of pages and of surveys are left alone.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages._shared.session.window import has_browser
from pages._shared.session.words import _, language

_component = st.components.v2.component("manyi_words", js=Path(__file__).with_name("streamlit_words.js").read_text("utf-8"))


def say_streamlits_words() -> None:
    """Puts the script on the page where a browser shows it; in English there is nothing to say but which language it is."""
    if not has_browser():
        return
    english = language() == "en"
    data = {"locale": "en-GB" if english else "zh-CN", "words": {} if english else words(), "patterns": [] if english else patterns()}
    with st.container(key="streamlit_words"):
        _component(key="streamlit_words_script", data=data)


def words() -> dict[str, str]:
    """Streamlit's texts and labels as they stand in version 1.67 → ours."""
    return {
        "Running...": _("Working …"), "Stop": _("Stop"), "Stopping...": _("Stopping …"), "Please wait...": _("Please wait …"),
        "Connecting": _("Connecting …"), "CONNECTING": _("Connecting …"), "Connecting to Streamlit server": _("Connecting to the server …"),
        "Error": _("Something went wrong"), "Unable to connect to Streamlit server": _("The server does not answer."),
        "Connection error": _("No connection"), "Connection failed": _("No connection"),
        "Connection timed out": _("The server does not answer."),
        "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:": _(
            "The server does not answer. Who runs it can start it again:"
        ),
        "streamlit run yourscript.py": "streamlit run app.py",
        "Streamlit server is not responding. Are you connected to the internet?": _("The server does not answer. Is the network up?"),
        "Connection lost. Please wait for the app to reconnect, then try again.": _("The connection was lost. Try again in a moment."),
        "Close": _("Close"), "Close dialog": _("Close"), "Open": _("Show the choices"), "Dismiss": _("Close"), "Main menu": _("Menu"),
        "Sidebar": _("Menu"), "App pages": _("Pages"), "Skip to main content": _("Go to the content"), "file upload": _("Choose a file"),
        "Collapse sidebar": _("Close the menu"), "Expand sidebar": _("Open the menu"), "Help": _("Help"),
        "Fullscreen": _("Full screen"), "Close fullscreen": _("Leave full screen"), "Copy to clipboard": _("Copy"), "Copied": _("Copied"),
        "Add files": _("Choose more files"), "Add file": _("Choose another file"), "Upload": _("Choose a file, or drop it here"),
        "Browse files": _("Choose a file, or drop it here"), "Drag and drop file here": _("Choose a file, or drop it here"),
        "Drag and drop a file here": _("Choose a file, or drop it here"), "Drag and drop files here": _("Choose a file, or drop it here"),
        "Choose options": _("Choose"), "Choose an option": _("Choose"), "Select...": _("Choose"), "No results": _("Nothing found"),
        "No options to select": _("Nothing to choose from"), "No options to select.": _("Nothing to choose from"),
        "Select all": _("Choose all"), "Clear all": _("Clear all"), "Clear value": _("Clear"), "Selected values": _("Chosen"),
        "Multiselect options": _("Choices"), "Selectbox options": _("Choices"), "Multiselect": _("Choices"), "Selectbox": _("Choices"),
        "Choose date": _("Choose a day"), "Clear date": _("Clear"), "Date range": _("Period"), "Previous month": _("Previous month"),
        "Next month": _("Next month"), "yyyy": _("year"), "mm": _("month"), "dd": _("day"), "Calendar": _("Calendar"),
        "Use arrow keys to navigate dates. Enter to select. Escape to close.": _("Arrow keys move, Enter chooses, Escape closes."),
        "Increment": _("More"), "Decrement": _("Less"), "Press Enter to apply": _("Enter keeps it"),
        "Press Ctrl+Enter to apply": _("Ctrl+Enter keeps it"), "Press ⌘+Enter to apply": _("⌘+Enter keeps it"),
        "Press Enter to submit form": _("Enter sends it"), "Number is above the allowed range.": _("This number is too large."),
        "Number is below the allowed range.": _("This number is too small."),
        "Add row": _("Add a row"), "Delete row(s)": _("Remove the rows"), "Clear selection": _("Clear the selection"),
        "Search": _("Search"),
        "Close Search": _("Close the search"), "Show/hide columns": _("Columns shown"), "Sort ascending": _("Smallest first"),
        "Sort descending": _("Largest first"), "Autosize": _("Fit the width"), "Pin column": _("Keep in view"),
        "Unpin column": _("No longer keep in view"), "Hide column": _("Hide"), "Format": _("Format"), "Statistics": _("Statistics"),
        "Copy column name": _("Copy the column's name"), "Show summary": _("Statistics"), "Undo": _("Undo"), "Redo": _("Redo"),
        "Dataframe column menu": _("Menu of the column"), "empty": _("empty"), "Link to heading": _("Link to this heading"),
        "File is not allowed": _("This kind of file is not read here."),
    }  # fmt: skip


def patterns() -> list[tuple[str, str]]:
    """Those with a number or a name in them: regular expressions, as browsers read them → ours with ``$1``."""
    return [
        (r"^\((\d+(?:\.\d+)?) seconds\)$", _("($1 seconds)")),
        (r"^\((\d+) minutes?, (\d+(?:\.\d+)?) seconds\)$", _("($1 minutes, $2 seconds)")),
        (r"^Remove (.+)$", _("Remove $1")),
        (r"^Choose date, (.+)$", _("Choose a day, $1")),
        (r"^Choose date range, (.+)$", _("Choose a day, $1")),
        (r"^Select (\d+) matches$", _("Choose the $1 found")),
        (r"^Add: (.+)$", _("Add $1")),
        (r"^(.+) files are not allowed\.?$", _("Files of the kind $1 are not read here.")),
        (r"^File must be (.+) or smaller\.$", _("A file may have at most $1.")),
        (r"^(\d+[KMG]B) per file(?: • (.+))?$", _("At most $1 a file")),
        (
            r"^Number is (?:above|below|outside) the allowed range\. .*?(-?[\d.,]+)(?: and (-?[\d.,]+))?\.?$",
            _("This number is out of bounds: $1 $2"),
        ),
        (r"^You can only select up to (\d+) options?\..*$", _("At most $1 can be chosen.")),
    ]  # fmt: skip
