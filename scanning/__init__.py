"""A scanner of web sites against ours, as nobody and as each person of the demonstration.

Run from a checkout by `make audit`; no part of the site.
"""
