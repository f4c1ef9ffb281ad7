"""Conflicts that staff resolve in writing before a sponsorship is accepted. docs/conflicts.md."""
