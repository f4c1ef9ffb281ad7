from clusters.admin import account, cluster, institution, person, phase, staff  # noqa: F401  (they register themselves)
