"""The directory's own search, with the same results on PostgreSQL and SQLite (docs/search.md).

`core.tokenizer` cuts texts into words, `documents` says what is indexed of a chair, `index` keeps the tables up to date,
`matching` runs queries.
"""
