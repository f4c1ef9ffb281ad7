"""Reads the published directory from `data/` into the database: what a source proves, record by record.

`loading` runs the parts in order; one module per noun says how its records are read. A record is kept whole or
rejected whole, with a sentence for each thing that is wrong with it, and never takes another record down with it.
"""
