"""Progress reports: what a chair did with a partner's money. docs/publication.md says who reads what."""
