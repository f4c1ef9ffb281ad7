"""Agreements between partner and managing institution: terms, conditions, signing. docs/money.md has the model."""
