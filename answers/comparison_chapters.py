"""How comparisons come about: the chapters of *Methods* on groups, waves, competitors, ranks, parted changes and composites."""

from __future__ import annotations

from answers.topic import Chapter
from words.language import message

GROUPS = Chapter(
    "compare.compare_groups",
    message("Comparisons"),
    message(
        "A branch is compared with all other branches, not with a total that contains it; two branches that share a letter cannot be "
        "told apart. Where many tests are made, p is adjusted (Holm, or Benjamini–Hochberg for heat maps), and the adjusted p decides; the "
        "intervals of the differences are widened with it, so that they leave out zero exactly where it is certain. What is certain and "
        "smaller than what matters is called certain but small; what is not certain may be chance. Domains of one sample keep their "
        "covariance."
    ),
    r"1-\alpha^*,\quad \alpha^*_{\text{BH}} = \frac{\max(R,1)\,\alpha}{m},\quad "
    r"\alpha^*_{\text{Holm}} = \min\Big(\alpha^*_{\text{BH}}, \frac{\alpha}{m-R}\Big)",
)
CHANGES = Chapter(
    "compare.compare_waves",
    message("Change over time"),
    message(
        "A wave is compared with the one before and with the same period a year earlier. A change is called real only if it is "
        "significant and at least as large as the smallest interesting difference of the survey. An indicator contributes its weight times "
        "its change to the change of the index; the headline names the largest real contribution in the index's direction, and a second "
        "one where it is at least half as large."
    ),
    r"\Delta I = \sum_i a_i\, \Delta m_i",
)
COMPETITORS = Chapter(
    "compare.compare_competitors",
    message("Competitors and the composite by customers"),
    message(
        "Ours minus the competitor's, with the interval of the difference. "
        "Brands and branches are rolled up with the numbers of customers as weights, the same for both sides of a comparison, "
        "so that a different mix of customers is not taken for a different satisfaction."
    ),
    r"C = \frac{\sum_b N_b\, I_b}{\sum_b N_b}",
)
RANK_RANGES = Chapter(
    "compare.rank_intervals",
    message("Possible ranks"),
    message(
        "A rank is an estimate too. A branch stands behind those that are certainly better and before those that are certainly worse; "
        "in between every rank is possible. The same tests give the letters, and all ranges hold together with 95 % confidence."
    ),
    r"1 + \#\{\text{certainly better}\} \;\le\; \text{rank} \;\le\; J - \#\{\text{certainly worse}\}",
)
MIX_AND_SCORE = Chapter(
    "compare.decompose_change",
    message("Mix and score of a change"),
    message(
        "A figure can change because customers say something else or because others are asked. Shares and scores of groups part the "
        "change exactly in two: who answered (mix) and what they said (score), each with its interval (Kitagawa 1955)."
    ),
    r"\Delta = \sum_g (s_g^1-s_g^0)\frac{m_g^1+m_g^0}{2} + \sum_g \frac{s_g^1+s_g^0}{2}(m_g^1-m_g^0)",
)
BY_CUSTOMERS = Chapter(
    "compare.branch_composite",
    message("Branches by their customers"),
    message(
        "The scores of the branches weighted by their customers, beside the score of the answers as they came; the difference is what "
        "the make-up of the sample does to the headline. Hidden branches take no part; the share of customers covered is given."
    ),
    r"C = \sum_b P_b\, I_b, \qquad \sum_b P_b = 1",
)
