"""Reading public pages from a read replica of the database (docs/decisions/replica.md).

`reading` replaces the database by the replica, for one thread and one request; `health` says whether it may
be read; `middleware` decides for each request.
"""
