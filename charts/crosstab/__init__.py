"""Cross tables."""
