"""The public API of the data: /api/v1/, read-only JSON. docs/api.md."""
