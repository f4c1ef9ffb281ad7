"""What a page costs: `make bench` measures every sort of page beside a bare view and beside Django's floor.

docs/performance.md says how it is measured and what it found.
"""
