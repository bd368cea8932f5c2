"""What may be shown: statistical disclosure control, one rule for means and indices, cross-moments, tiers and counts of fieldwork.

*Cells* of a table are groups of respondents; each figure of a cell has an effective base (Kish 1965). See ``base_table``.

* **Primary suppression**: a figure whose effective base is below ``Thresholds.hidden_below`` is not shown, not tested, not exported.
* **Secondary suppression** (complementary): what would give it back is hidden with it: siblings of a shown total, lower parts of a shown
  indicator, and what tables beside each other give away together. Hidden siblings must not be too small together either.
* **Judged together** is a table with all its margins, and one whose cells lie within those of another (interviewers within branches)
  beside that other. Every column that is grouped by or narrowed down to is opened, so "by branch" and "where branch = X" agree.
  Respondents without a value are a cell too, since the total less the others gives them away. Waves are no siblings: no total over
  waves is shown.
* **As little as needed**: of the sets of cells that protect, the one of the least base (``optimal_suppression``).
* **Disclosure audit**: linear algebra asks what all tables shown give away, and further cells are hidden until it is nothing (``audit``).

``suppression.suppress`` applies it to a ``BaseTable``; ``protected_domains``, ``protected_moments``, ``protected_counts`` and the tiers
make the tables.
"""
