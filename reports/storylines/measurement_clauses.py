"""What GB/T 19038—2009 and ISO 10004:2018 ask of a measurement of customer satisfaction, clause by clause, and what answers each here.

The titles are ours and say what a clause is about; the texts of the standards are not repeated. Clauses about the organisation itself
(purpose, responsibilities, resources) cannot be shown by survey data and say so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reports.figures.scoped_ask import ScopedAsk
from reports.storylines import measurement_evidence as evidence
from reports.storylines.measurement_evidence import Evidence, no_evidence
from words.language import Language, Message, message


@dataclass(frozen=True)
class Clause:
    """A part of the file: what it is about, where the standards speak of it, and the evidence, which raises ManyiError for none.

    ``figure`` is a figure of reports shown with it.
    """

    title: Message
    gb: str
    iso: str
    evidence: Callable[[ScopedAsk, Language], Evidence]
    figure: str = ""


def _outside(what: Message) -> Callable[[ScopedAsk, Language], Evidence]:
    def none(_ask: ScopedAsk, _language: Language) -> Evidence:
        raise no_evidence(what)

    return none


CLAUSES = (
    Clause(message("Purpose and objectives"), "", "6.1", _outside(message("The purpose of the measurement is not in the data; add it."))),
    Clause(message("Scope and frequency"), "", "6.2", evidence.frequency),
    Clause(
        message("Methods, responsibilities and resources"), "", "6.3, 6.4",
        _outside(message("Who is responsible, and with which resources, is not in the data; add it.")),
    ),
    Clause(message("Expectations of customers"), "", "7.2", evidence.expectations),
    Clause(message("Structure of the model"), "4.1, A", "7.3.1", evidence.model_structure),
    Clause(message("Mathematical form of the model"), "4.2, A", "7.4", evidence.mathematical_form),
    Clause(message("Indirect indicators"), "", "7.3.2", evidence.indirect),
    Clause(message("Sampling"), "5, B", "7.3.3, 7.3.4", evidence.sampling),
    Clause(message("Way of collecting data"), "6", "7.3.4", evidence.collection),
    Clause(message("Structure of the questionnaire"), "7.1", "7.3.3", evidence.questionnaire),
    Clause(message("Reliability and validity"), "7.2, C", "7.3.3", evidence.reliability),
    Clause(message("Checks of the data"), "8.1", "7.4", evidence.checked_data),
    Clause(message("Bases, weights and limits"), "8.2", "7.4", evidence.weighting),
    Clause(message("Results"), "8.3", "7.4", evidence.results, "branch-league"),
    Clause(message("Matrix of importance"), "8.3, D", "7.4", evidence.importance, "importance-map"),
    Clause(
        message("Communication"), "", "7.5",
        _outside(message("Who was told of the results, and when, is not in the data; add it. The monthly report is made for it.")),
    ),
    Clause(message("Monitoring"), "", "7.6", evidence.monitoring, "trend"),
    Clause(
        message("Maintenance and improvement"), "", "8",
        _outside(message("Whether the measurement itself was reviewed is not in the data; add it.")),
    ),
)  # fmt: skip
