"""Two sites to compare with: *hello* is a bare view; *floor* is Django's default middleware, an indexed query, 25 rows."""
