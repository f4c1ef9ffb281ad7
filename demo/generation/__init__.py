"""A directory of any size, invented in bulk: `manage.py generate_directory` writes it, and `make bench` measures it.

The same seed on the same day gives the same records. No verb runs: records are written as verbs would leave them, so
that `check_ledger` and `check_composition` find no error. They have no history, since nobody edited them. Each record's
origin says that it is invented.
"""
