"""A small directory for tests: one institution, one cluster, one chair, each valid until a test breaks it."""

import json
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command


def institution_record(**changes) -> dict:
    return {"name": "Université d'Essai", "kind": "university", "aliases": ["UE"], "ror": None} | changes


def cluster_record(**changes) -> dict:
    return {
        "slug": "essai",
        "name": "Cluster d'essai",
        "city": "Paris",
        "region": "Île-de-France",
        "public_grant": {"value": 20000000, "unit": "EUR", "source": "https://example.org/grant"},
        "members": [{"institution": "UE", "role": "lead", "source": "https://example.org/members"}],
    } | changes


def chair_record(**changes) -> dict:
    return {
        "cluster": "essai",
        "slug": "une-chaire",
        "title": "Une chaire",
        "title_lang": "fr",
        "phase": "cluster_2024",
        "people": [{"name": "Ada Essai", "person": "ada-essai", "role": "holder", "institution": "UE"}],
        "sources": ["https://example.org/chair"],
    } | changes


def programme_record(**changes) -> dict:
    return {
        "slug": "un-master",
        "name": {"fr": "Un master", "en": None},
        "level": "master",
        "audience": "both",
        "clusters": ["essai"],
        "institutions": ["UE"],
        "source": "https://example.org/master",
    } | changes


def write_directory(
    folder: Path, *, institutions=None, clusters=None, chairs=None, more_chairs=None, programme=None
) -> list[str]:
    """Write the files and answer the command's options for them. Text stands as it is, in place of a file.

    The last two files are found beside the others, where they are.
    """
    holder = {
        "institutions": [institution_record()] if institutions is None else institutions,
        "clusters": [cluster_record()] if clusters is None else clusters,
    }
    _write(folder / "clusters.json", clusters if isinstance(clusters, str) else holder)
    _write(folder / "chairs.json", [chair_record()] if chairs is None else chairs)
    for name, content in (("chairs-more", more_chairs), ("programme", programme)):
        if content is not None:
            _write(folder / f"{name}.json", content)
    # Its own reference file would name the real clusters; kinds are tested with the real directory.
    _write(folder / "reference.json", {"phases": [PHASE], "disciplines": [], "kinds": []})
    return [f"--{name}={folder / name}.json" for name in ("clusters", "chairs", "reference")]


PHASE = {"slug": "cluster_2024", "name": {"en": "Clusters", "fr": "Clusters"}, "start_year": 2024, "current": True}


def load(*options: str) -> str:
    out = StringIO()
    call_command("load_directory", *options, stdout=out)
    return out.getvalue()


def failure_of(*options: str) -> str:
    """Return what the command says when it ends with an error; fail if it does not."""
    try:
        load(*options)
    except CommandError as error:
        return str(error)
    raise AssertionError("load_directory should have ended with an error")


def _write(path: Path, content) -> None:
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
