"""Faults under load: the site as in production, clients that record its responses, and one fault after another.

Run from a checkout by `make torture`; not part of the site.
"""
