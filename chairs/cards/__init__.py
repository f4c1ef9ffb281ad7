"""The read side of the lists of chairs: entries, filters and orders made ready when a chair is saved.

`writing` makes a row of each published chair from its records; `reading` gives pages their entries. Nothing here decides
anything: a verb never reads it.
"""
