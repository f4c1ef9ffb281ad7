"""An output as a BibTeX entry, for readers who download the list of outputs."""

from django.utils.translation import gettext as _

from chairs.citation import TEX
from chairs.enums import OutputKind
from chairs.models import Output
from chairs.models.output import shown_authors
from clusters.enums import Origin

# The entry types of BibLaTeX; plain BibTeX styles treat unknown types as @misc.
KINDS = {OutputKind.SOFTWARE.value: "software", OutputKind.DATA_SET.value: "dataset"}


def bibtex_of(output: Output) -> str:
    """Return the BibTeX entry of an output. Its key holds the primary key, so it is unique."""
    named = shown_authors(output.authors, output.hidden_authors)
    kind = KINDS.get(output.kind, "article" if output.venue else "misc")
    fields = {
        "author": " and ".join(map(_author, named)),
        "title": "{" + output.title.translate(TEX) + "}" if output.title else "",
        "journal" if kind == "article" else "howpublished": output.venue.translate(TEX),
        "year": str(output.year or ""),
        "doi": output.doi or "",
        "hal_id": output.hal_id or "",
        "url": "" if output.origin == Origin.DEMONSTRATION else output.doi_url or output.hal_url or output.url,
        "note": _("Invented demonstration record").translate(TEX) if output.origin == Origin.DEMONSTRATION else "",
    }
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@{kind}{{cathedra-output-{output.pk},\n{body}\n}}"


def _author(name: str) -> str:
    """Return a name as the registry writes it, in braces if BibTeX would read it as two."""
    escaped = name.translate(TEX)
    return "{" + escaped + "}" if " and " in f" {name} " else escaped
