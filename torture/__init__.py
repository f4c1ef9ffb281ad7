"""Faults under load: the site as production serves it, clients that count what was answered, and one fault after another.

Run from a checkout by `make torture`; no part of the site.
"""
