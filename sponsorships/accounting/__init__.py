"""A sponsorship's account: its instalments, and the append-only ledger. docs/money.md."""
