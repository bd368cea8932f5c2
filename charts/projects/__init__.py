"""Charts of what a QC project holds itself: its check sheets, its levels, its countermeasures. Figures of the store have their own."""
