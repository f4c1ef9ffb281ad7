"""Invented records that give every screen something true to life. Loaded only where DEMONSTRATION is set.

Clusters and institutions are real; every person and every company here is made up, and every record says so by its
origin. The texts are in `data/`; verbs are performed for real, then dated back so that timelines look lived in.
"""
