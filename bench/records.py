"""Look into a database to be measured: records for the paths of pages, sessions, and each page's size and queries.

Prints JSON. Run by bench/__main__.py in the environment of the site.
"""

import datetime
import gzip
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import django

FEW, OK = 3, 200


def known_records() -> dict[str, str]:
    """Return the values for the paths of the pages, by name."""
    from chairs.enums import ChairStatus
    from chairs.models import Chair
    from sponsorships.enums import SponsorshipStatus
    from sponsorships.models import Sponsorship

    running = Chair.objects.filter(cluster__slug="dataia", status=ChairStatus.ACTIVE)
    theme = running.filter(themes__isnull=False).order_by("pk").first().themes.first()
    chair = running.filter(themes=theme, activities__isnull=False).order_by("pk").first() or running.first()
    sponsorship = Sponsorship.objects.filter(chair__cluster=chair.cluster, status=SponsorshipStatus.ACTIVE).first()
    return {
        "cluster": chair.cluster.slug,
        "theme": f"{chair.cluster.slug}/{theme.slug}",
        "wish": f"{chair.cluster.slug}/{theme.slug}",
        "chair": f"/en/chairs/{chair.cluster.slug}/{chair.slug}/",
        "chair_key": str(chair.pk),
        "sponsorship_key": str(sponsorship.pk),
        "day": (datetime.date.today() - datetime.timedelta(days=365)).isoformat(),
        "sitemap": _first_section_of_chairs(),
    }


def _first_section_of_chairs() -> str:
    from django.test import Client

    index = Client().get("/sitemap.xml", headers={"host": "127.0.0.1"}).content.decode()
    found = re.findall(r"<loc>https?://[^/]+(/[^<]*)</loc>", index)
    return next((path for path in found if "chair" in path), found[0])


def new_session(account: str) -> str:
    """Return the session key of an account, with the second factor if it is staff's; an empty text for no account."""
    if not account:
        return ""
    from allauth.mfa.models import Authenticator
    from django.test import Client, RequestFactory

    from accounts import second_factor
    from accounts.models import User

    user, client = User.objects.get(email=account), Client()
    client.force_login(user)
    if user.is_staff:
        request = RequestFactory().get("/")
        request.user, request.session = user, client.session
        factor, _is_new = Authenticator.objects.get_or_create(
            user=user, type=Authenticator.Type.TOTP, defaults={"data": {}}
        )
        second_factor.remember_set_up(request, factor)
        request.session.save()
    return client.cookies["sessionid"].value


def weigh(path: str, session: str) -> dict[str, int]:
    """Return a page's number of queries and its size in bytes, plain and compressed, after a warm-up and without caches."""
    from django.test import Client

    from bench.pages import FRESH

    client = Client()
    if session:
        client.cookies["sessionid"] = session
    joint = "&" if "?" in path else "?"
    for turn in range(FEW):
        with counted() as queries:
            address = path if session else f"{path}{joint}{FRESH}=weighed{turn}"
            answer = client.get(address, headers={"host": "127.0.0.1"})
    if answer.status_code != OK:
        sys.exit(f"{path} answers {answer.status_code}, and should be a page.")
    content = b"".join(answer) if answer.streaming else answer.content
    return {
        "queries": len(queries),
        "bytes": len(content),
        "compressed": len(gzip.compress(content, 6)),
    }


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the SQL statements that are executed."""
    from django.db import connection

    found: list[str] = []

    def note(execute, sql, params, many, context):
        found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def main() -> dict:
    from bench.pages import PAGES

    records = known_records()
    # A session for each page: a chair's form stores in it whether the user prefers all steps on one page.
    pages = {page.name: {"path": page.path.format(**records), "session": new_session(page.account)} for page in PAGES}
    for page in pages.values():
        page |= weigh(page["path"], page["session"])
    return {"records": records, "pages": pages}


if __name__ == "__main__":
    django.setup()
    json.dump(main(), sys.stdout)
