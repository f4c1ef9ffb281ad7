"""Tests that are tested: one mistake at a time in the rules of composition, money, permissions and publication.

Run from a checkout by `make mutants`; no part of the site.
"""
