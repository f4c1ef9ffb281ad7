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
    second_person,
    staff,
    training,
)
