"""An output as a BibTeX entry, for whoever takes the list of outputs away."""

from django.utils.translation import gettext as _

from chairs.citation import TEX
from chairs.enums import OutputKind
from chairs.models import Output
from chairs.models.output import shown_authors
from clusters.enums import Origin

# What BibLaTeX calls them; a plain BibTeX style takes the last two for @misc.
KINDS = {OutputKind.SOFTWARE.value: "software", OutputKind.DATA_SET.value: "dataset"}


def bibtex_of(output: Output) -> str:
    """Return the entry, with what is known of the output. Its key is made of its own: two outputs never share one."""
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
    """Return a name as the registry writes it; whole where BibTeX would read two in it."""
    escaped = name.translate(TEX)
    return "{" + escaped + "}" if " and " in f" {name} " else escaped
