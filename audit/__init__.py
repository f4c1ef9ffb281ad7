"""The auditor's archive: entries, fingerprints, signed heads, definitions and figures, with a program that verifies them."""
