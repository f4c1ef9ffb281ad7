"""Two sites to measure beside: *hello* is a bare view; *floor* is Django's default middleware, an indexed query, 25 rows."""
