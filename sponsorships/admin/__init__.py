from sponsorships.admin import agreement, chair_endings, clause, instalment, ledger, sponsorship  # noqa: F401  (they register themselves)
