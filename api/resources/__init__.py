"""The content of each kind of record in the API: no more than its public page shows, in both languages."""
