"""A log that nobody can rewrite unseen: a Merkle tree of what must stay as it is, signed each day. It knows no domain."""
