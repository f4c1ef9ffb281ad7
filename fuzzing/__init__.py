"""Fuzz tests: hundreds of thousands of hostile files against all code that reads uploads.

Run from a checkout by `make audit`, or `python -m fuzzing --minutes 10`; not part of the site.
"""
