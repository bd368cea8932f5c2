"""How figures of complaints come about."""

from __future__ import annotations

from answers.topic import Chapter
from words.language import message

COMPLAINT_CHAPTERS = (
    Chapter(
        "complaints.complaint_rates",
        message("Complaint rates"),
        message(
            "Complaints per ten thousand or per million customers, with the exact interval of a Poisson count (Garwood 1936). Two rates "
            "are compared by their ratio, exactly, given the sum of both; p values by Holm. Fewer than five complaints, there or "
            "expected, mark a rate. Months and classes are of the same customers each; a rate over several months is of all of them."
        ),
        r"r = 10\,000\,\frac{c}{N}, \qquad \tfrac12\chi^2_{\alpha/2;\,2c} \le \lambda \le \tfrac12\chi^2_{1-\alpha/2;\,2c+2}",
    ),
    Chapter(
        "inference.poisson_rates",
        message("Rates of events"),
        message(
            "A count of events, such as complaints, has an exact interval, whatever its size (Garwood 1936). Of two counts, given their "
            "sum, the first is binomial; that gives the exact interval of the ratio of the two rates, and its p value."
        ),
    ),
    Chapter(
        "complaints.handling",
        message("How tickets are handled, and promised times"),
        message(
            "Shares solved at first contact and escalated have Wilson's interval over the tickets where it is known. Times are those of "
            "resolved tickets, mean and longest. The share within a promise counts open tickets older than promised as not kept and "
            "leaves out younger ones, whose fate is undecided."
        ),
    ),
    Chapter(
        "complaints.silent_unhappy",
        message("The unhappy who do not complain"),
        message(
            "A published rule of thumb has 25 unhappy customers behind one complaint; the survey can set another ratio. Beside it stands "
            "what the survey itself finds: the share dissatisfied times the customers, with its interval, and the ratio that follows."
        ),
    ),
)
