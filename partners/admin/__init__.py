from partners.admin import (  # noqa: F401  (they register themselves)
    agreement,
    contact,
    instalment,
    ledger,
    partner,
    sponsorship,
)
