from partners.admin import (  # noqa: F401  (they register themselves)
    agreement,
    clause,
    contact,
    ends,
    instalment,
    ledger,
    partner,
    progress,
    sponsorship,
)
