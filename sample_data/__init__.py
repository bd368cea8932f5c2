"""Workbooks with planted, known answers, and the seeded script that makes them."""
