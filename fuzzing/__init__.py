"""Hostile files, made by the hundred thousand, against everything of ours that reads what people bring.

Run from a checkout by `make audit`, or `python -m fuzzing --minutes 10`; no part of the site.
"""
