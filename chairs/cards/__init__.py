"""Cards: the entries, filters and sort keys of the lists of chairs, prepared when a chair is saved.

`writing` makes a row per published chair from its records; `reading` gives pages the entries. No verb reads a card, and
no decision depends on one.
"""
