"""A directory of any size, made up in bulk: what `manage.py generate_directory` writes and `make bench` measures.

The same seed on the same day gives the same records. Nothing here performs a verb: records are written as verbs leave
them behind, and `check_ledger` and `check_composition` find nothing to say about them. No history is kept of them, since
nobody edited them. Every record says by its origin that it is invented.
"""
