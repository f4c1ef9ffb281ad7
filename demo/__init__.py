"""Invented records that fill every page with realistic content. Loaded only if DEMONSTRATION is set.

Clusters and institutions are real. Every person and company here is made up, and its record's origin says so. The texts
are in `data/`. Real verbs run on the records, with dates in the past, so that timelines look realistic.
"""
