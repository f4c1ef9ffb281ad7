"""The append-only account of a sponsorship: entries, their chain, what is posted when. docs/money.md has the model."""
