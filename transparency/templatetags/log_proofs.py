from django import template

from transparency.proofs import inclusion_of, inclusions_of

register = template.Library()


@register.inclusion_tag("transparency/_proof.html")
def log_proof(sha256, subject=""):
    """Show the proof that a fingerprint, of this subject if one is given, is in the log, or that the next head will include it."""
    return {"sha256": sha256, "proof": inclusion_of(sha256, subject)}


@register.inclusion_tag("transparency/_proofs.html")
def log_proofs(records):
    """Show the proofs of records that have a `hash`, one below the other."""
    records = list(records)
    found = inclusions_of(record.hash for record in records)
    return {"proofs": [(record, found.get(record.hash)) for record in records]}
