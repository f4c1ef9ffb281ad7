"""On SQLite, who asks first writes first."""

import os
import threading
from pathlib import Path

import pytest
from django.db import connection, connections, transaction

from core.models import Heartbeat
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.only_on("sqlite")]
PATIENCE = 30
WRITERS = 6


def standing_in_line() -> int:
    """Return how many have the lock of the line or wait for it, as the system says."""
    inode = os.stat(f"{connection.settings_dict['NAME']}-queue").st_ino
    return sum(f":{inode} " in line for line in Path("/proc/locks").read_text().splitlines())


def test_writers_take_turns_in_the_order_in_which_they_came():
    order, writers = [], []

    def write(number):
        try:
            with transaction.atomic():
                order.append(number)
                Heartbeat.leave(number)
        finally:
            connections.close_all()

    with transaction.atomic():
        Heartbeat.leave(0)
        for number in range(1, WRITERS):
            writers.append(threading.Thread(target=write, args=[number]))
            writers[-1].start()
            while standing_in_line() < number:
                assert writers[-1].is_alive()
        assert order == []
    for writer in writers:
        writer.join(PATIENCE)
    assert order == list(range(1, WRITERS))


def test_who_reads_does_not_wait():
    cluster = factories.make_cluster()
    found = []

    def read():
        found.append(type(cluster).objects.get().pk)
        connections.close_all()

    with transaction.atomic():
        cluster.save()
        reader = threading.Thread(target=read)
        reader.start()
        reader.join(PATIENCE)
        assert found == [cluster.pk]
