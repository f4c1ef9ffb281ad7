"""A sponsorship's account: what is asked of the partner and when, and the append-only ledger. docs/money.md."""
