"""The site's logs: one JSON object per line, with allowed keys only. docs/deploy.md."""
