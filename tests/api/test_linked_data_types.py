"""What pages say to programs is of the types that schema.org has, as its definitions for TypeScript (schema-dts) say."""

import json
import subprocess
from pathlib import Path

import pytest

from clusters.enums import InstitutionKind, MembershipRole
from clusters.models import Membership
from tests.api.test_linked_data import PAGES, block_of, page_of
from tests.factories import make_institution, make_teaching

pytestmark = [pytest.mark.django_db, pytest.mark.audit]
PACKAGES = ["schema-dts@2.1.0", "typescript@7.0.2"]
HOW = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--moduleResolution", "nodenext"]
WAIT = 600


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A folder with the definitions and the compiler, as npm installs them."""
    folder = tmp_path_factory.mktemp("types")
    install = ["npm", "install", "--silent", "--no-fund", "--no-audit", *PACKAGES]
    subprocess.run(install, cwd=folder, check=True, capture_output=True, timeout=WAIT)
    return folder


def faults_of(folder: Path, contents: dict[str, dict]) -> str:
    """Return what the compiler says of blocks, each a constant of the type that it claims."""
    lines = ['import type { Graph, Thing, WithContext } from "schema-dts";']
    for name, content in contents.items():
        kind = "Graph" if "@graph" in content else "WithContext<Thing>"
        lines.append(f"export const {name}: {kind} = {json.dumps(content, ensure_ascii=False)};")
    (folder / "said.ts").write_text("\n".join(lines), "utf-8")
    run = subprocess.run(
        ["node_modules/.bin/tsc", *HOW, "said.ts"],
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
        timeout=WAIT,
    )
    assert (run.returncode == 0) == (run.stdout == ""), run.stdout + run.stderr
    return run.stdout


def test_the_compiler_finds_what_is_wrong(folder):
    """Else the next would find nothing on any page whatever."""
    right = {"@context": "https://schema.org", "@type": "Person", "name": "Ada"}
    assert faults_of(folder, {"right": right}) == ""
    assert "fundedItem" in faults_of(folder, {"wrong": right | {"fundedItem": "x"}})
    assert "said.ts" in faults_of(folder, {"odd": {"@context": "https://schema.org", "@graph": [{"@type": "Chair"}]}})


def test_every_page_says_what_schema_org_has(folder, client, records):
    make_teaching(records["chairs"], level="Master 2", institution=records["institutions"])
    contents = {}
    for language in ("en", "fr"):
        for name in PAGES:
            address = page_of(records, name).replace("/en/", f"/{language}/")
            contents[f"{name}_{language}".replace("-", "_")] = block_of(client, address)
    assert len(contents) == 2 * len(PAGES)
    for kind in InstitutionKind:
        institution = make_institution(kind=kind)
        Membership.objects.create(cluster=records["clusters"], institution=institution, role=MembershipRole.FOUNDING)
        contents[f"kind_{kind}"] = block_of(client, institution.get_absolute_url())
    assert faults_of(folder, contents) == ""
