from sponsorships.admin import agreement, clause, instalment, ledger, sponsorship  # noqa: F401  (they register themselves)
