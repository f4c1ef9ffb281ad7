"""What the files in deploy/ promise. Whether programs accept them is tried by `make deploy-check`."""

import re

import pytest
from django.conf import settings

DEPLOY = settings.BASE_DIR / "deploy"


def test_the_proxy_logs_no_address_of_a_page_or_a_visitor():
    """Neither of requests nor of their errors: it would log the secret part of the address of a letter that it could not fetch."""
    servers = re.split(r"(?m)^server \{", (DEPLOY / "nginx.conf").read_text("utf-8"))[1:]
    assert len(servers) == 2
    for server in servers:
        assert re.search(r"(?m)^    access_log off;$", server)
        assert re.search(r"(?m)^    error_log \S+ alert;$", server)


@pytest.mark.parametrize("ending", ["zip", "unfinished"])
def test_what_backups_leave_behind_is_removed_in_time(ending):
    unit = (DEPLOY / "cathedra-backup.service").read_text("utf-8")
    assert re.search(rf'(?m)^Exec\w+=/usr/bin/find /var/backups/cathedra .*{ending}".* -delete$', unit)
