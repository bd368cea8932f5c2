"""What the figures of service gaps are called, and how they come about."""

from __future__ import annotations

from answers.topic import Chapter
from words.language import message

GAP_WORDS = {
    "understanding_gap": message("gap 1, understanding: importance customers state − what staff believe"),
    "understanding_plus": message("gap 1: importance customers state"),
    "understanding_minus": message("gap 1: importance staff believe"),
    "understanding_change": message("gap 1: change since the wave before"),
    "standards_gap": message("gap 2, standards: importance customers state − standard"),
    "standards_plus": message("gap 2: importance customers state"),
    "standards_minus": message("gap 2: standard"),
    "standards_change": message("gap 2: change since the wave before"),
    "delivery_gap": message("gap 3, delivery: standard − delivered"),
    "delivery_plus": message("gap 3: standard"),
    "delivery_minus": message("gap 3: delivered"),
    "delivery_change": message("gap 3: change since the wave before"),
    "communication_gap": message("gap 4, communication: hours promised − taken"),
    "communication_plus": message("gap 4: hours promised"),
    "communication_minus": message("gap 4: hours taken"),
    "communication_change": message("gap 4: change since the wave before"),
    "service_gap": message("gap 5, service: perception − expectation"),
    "service_plus": message("gap 5: perception"),
    "service_minus": message("gap 5: expectation"),
    "service_change": message("gap 5: change since the wave before"),
}
GAP_CHAPTERS = (
    Chapter(
        "gaps.service_gap",
        message("Service gap"),
        message(
            "Perception minus expectation of the same respondents, each on 0–100, weighted; who lacks one of the two answers drops out of "
            "that service only. A dimension is the mean of its services by indicator weights, so the table adds up by hand; on wish the "
            "importance that customers state takes the place of the weights. The variance is that of the difference, so it knows that both "
            "answers are of one person. p values of services, of dimensions and of the total are adjusted among themselves. A negative gap "
            "falls short. Agrees with svymean and svyttest of the R package survey."
        ),
        r"g_i = \frac{\sum_k w_k (p_{ik} - e_{ik})}{\sum_k w_k}, \qquad g = \frac{\sum_i a_i\, g_i}{\sum_i a_i}",
    ),
    Chapter(
        "gaps.two_source_gaps",
        message("Gaps of understanding, standards and delivery"),
        message(
            "Gap 1 is the importance customers state minus what staff believe it to be, gap 2 that importance minus the standard, gap 3 "
            "the standard minus the score of inspections (or what staff say is met). The two sides are independent, a standard is known. "
            "Both sides of a dimension stand on the services both have; where these carry less than half of its weight there is no gap. "
            "A positive gap falls short. A sheet may name a service or an indicator; an indicator stands for the services below it that "
            "have no row of their own. Of standards those in force at the end of the wave count."
        ),
        r"g = m_1 - m_2, \qquad \operatorname{var}(g) = \operatorname{se}_1^2 + \operatorname{se}_2^2",
    ),
    Chapter(
        "gaps.promise_gap",
        message("Gap of communication"),
        message(
            "The mean time promised minus the mean time that resolved tickets of the promise took, in hours; a negative gap falls short. "
            "Times of different promises are not averaged."
        ),
        r"g = T - \bar t, \qquad \operatorname{var}(g) = s_t^2 / n",
    ),
    Chapter(
        "gaps.gap_changes",
        message("Change of a gap"),
        message(
            "The gap of this wave minus that of the wave before, where both stand on the same questions; waves are independent samples."
        ),
    ),
)
