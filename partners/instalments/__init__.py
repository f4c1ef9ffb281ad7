"""What is asked of the partner and when, and what comes of it. docs/money.md has the model."""
