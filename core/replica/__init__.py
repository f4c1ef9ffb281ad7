"""Reading public pages from a copy of the database that follows it (docs/decisions/replica.md).

`reading` puts the copy in the place of the database, for one thread and one request; `health` says whether it may be read;
`middleware` decides for each request.
"""
