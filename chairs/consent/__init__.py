"""Consent to be named: who is invited, how they answer, and the record of it. See docs/consent.md."""
