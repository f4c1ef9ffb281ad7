"""The directory's own search: the same hits on PostgreSQL and on SQLite (docs/search.md).

`words` cuts text into terms, `documents` says what of a chair is indexed, `index` keeps the table, `matching` asks it.
"""
