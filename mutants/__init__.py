"""Mutation tests: they test the tests, with one error at a time in the rules of composition, money, permissions, publication.

Run from a checkout by `make mutants`; not part of the site.
"""
