from clusters.admin import account, cluster, institution, outbox, person, phase, staff  # noqa: F401  (they register themselves)
