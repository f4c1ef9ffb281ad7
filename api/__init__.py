"""The public data for programs: /api/v1/, read-only JSON. docs/api.md."""
