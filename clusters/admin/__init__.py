from clusters.admin import (  # noqa: F401  (they register themselves)
    account,
    cluster,
    exports,
    held,
    institution,
    outbox,
    overlaps,
    person,
    phase,
    staff,
    training,
)
