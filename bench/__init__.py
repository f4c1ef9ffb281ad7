"""The cost of pages: `make bench` measures every kind of page, compared with a bare view and a minimal Django site.

docs/performance.md says how it is measured and what it found.
"""
