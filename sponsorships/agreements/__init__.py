"""What partner and managing institution sign: terms, conditions, coming into force. docs/money.md has the model."""
