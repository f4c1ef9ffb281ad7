"""A log that cannot be rewritten unnoticed: a Merkle tree of fingerprints, signed each day. It knows no other app."""
