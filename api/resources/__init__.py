"""What the API says of each kind of record: no more than its public page, and in the same words for both languages."""
