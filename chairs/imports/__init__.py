"""Loads the published directory from `data/` into the database: what sources prove, record by record.

`loading` runs the steps in order; one module per kind of record reads it. A record is saved whole or rejected whole,
with a sentence per error, and a rejected record does not stop the others.
"""
