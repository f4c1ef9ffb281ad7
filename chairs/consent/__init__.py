"""Consent to be named: who is asked, how they answer, and the record of it. docs/consent.md has the whole."""
