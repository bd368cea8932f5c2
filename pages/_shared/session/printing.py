"""What a page showed, as a page of paper whose charts are still to be drawn; collected when it is asked for, outside of the page's run."""

from __future__ import annotations

from datetime import datetime

from pages._shared.session.asked_here import behind
from pages._shared.session.sealing import sealed
from pages._shared.session.shown_here import Answers, Shown, ShownChart, ShownWords
from pages._shared.session.words import speaking
from reports.origins import origin_of
from reports.print.chart_figure import paper_canvas, told_sources, why_no_pictures
from reports.print.printed_page import Phrase, Sentence
from reports.print.unset_page import ChartPiece, UnsetPage
from survey_schema.models import SurveySchema
from words.language import Language


def page_to_print(shown: Shown, title: str, schema: SurveySchema, language: Language) -> UnsetPage:
    """The page named ``title``: its answer, every chart drawn for paper with its whole table, every sentence, and where all of it is from.

    The head says the origin of the answer; a figure that is of another wave, selection or base says so below. One seal is for all figures.
    """
    pieces, now = shown.flat(), datetime.now()
    charts = [piece for piece in pieces if isinstance(piece, ShownChart)]
    sources = [chart.answers if chart.of is None else behind(chart.of, chart.answers) for chart in charts]
    every: Answers = tuple({id(answered): answered for each in (shown.answered, *sources) for answered in each}.values())
    origin = origin_of(shown.answered or every, schema, language, now, sealed(every))
    told = iter(told_sources(origin, [origin_of(each, schema, language, now) for each in sources]))
    why_not = why_no_pictures(language)
    pieces_to_set: list[Sentence | ChartPiece] = [Sentence((Phrase(why_not.text(language)),), "small")] if why_not and charts else []
    for piece in pieces:
        if isinstance(piece, ShownWords):
            pieces_to_set.append(Sentence(piece.phrases, piece.place))
        else:
            on = paper_canvas(piece.schema, language)
            with speaking(language):
                chart = piece.draw(on)
            pieces_to_set.append(ChartPiece(chart, on, next(told), drawn=piece.drawn and why_not is None).portable())
    return UnsetPage(title, origin, language, tuple(pieces_to_set), shown.question, shown.answer)
