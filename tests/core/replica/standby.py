"""A copy of the run's own PostgreSQL that follows it: taken by pg_basebackup, started as a hot standby."""

import os
import shutil
import subprocess
import tempfile
import time
import urllib.parse
from pathlib import Path

import psycopg
from django.db import connection

PATIENCE = 30
# A copy answers once it knows which transactions were open. Of one with more than 64 savepoints, as of a generated test with many
# examples in another process, it learns that only when it ends.
SECONDS_TO_START = 1800
# The system's user that the run's server is, where the run is root.
SERVER_USER = "pgserver"
SETTINGS = "fsync=off\nshared_buffers=32MB\nmax_standby_streaming_delay=0\n"


class Standby:
    """A copy of the run's server, or of another, taken and started when it is made."""

    def __init__(self, of: "Standby | None" = None) -> None:
        self.user = SERVER_USER if os.geteuid() == 0 else None
        self.folder = Path(tempfile.mkdtemp(prefix="cathedra-standby-"))
        if self.user:
            shutil.chown(self.folder, self.user)
        self.data = self.folder / "data"
        address = of.address() if of else os.environ["DATABASE_URL"]
        self.run(
            "pg_basebackup",
            f"--dbname={address}",
            f"--pgdata={self.data}",
            "--checkpoint=fast",
            "--write-recovery-conf",
        )
        with (self.data / "postgresql.auto.conf").open("a") as settings:
            settings.write(f"{SETTINGS}listen_addresses=''\nunix_socket_directories='{self.folder}'\n")
        self.start()

    def run(self, program: str, *arguments: str) -> None:
        path = Path(os.environ["POSTGRESQL_PROGRAMS"]) / program
        log = self.folder / "programs.log"
        with log.open("a") as output:
            done = subprocess.run(
                [path, *arguments], user=self.user, cwd=self.folder, stdout=output, stderr=output, check=False
            )
        assert done.returncode == 0, log.read_text()

    def start(self) -> None:
        started = ["start", "--wait", f"--timeout={SECONDS_TO_START}", f"--pgdata={self.data}"]
        self.run("pg_ctl", *started, f"--log={self.folder}/server.log")

    def kill(self) -> None:
        self.run("pg_ctl", "stop", "--mode=immediate", f"--pgdata={self.data}")

    def promote(self) -> None:
        """Let it take changes from now on: a database of its own, which may be killed."""
        self.run("pg_ctl", "promote", "--wait", f"--pgdata={self.data}")

    def remove(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self.kill()
        shutil.rmtree(self.folder)

    @property
    def database(self) -> str:
        return connection.settings_dict["NAME"]

    def address(self) -> str:
        """Return where the copy of this test's database is."""
        return f"postgres://postgres@/{self.database}?" + urllib.parse.urlencode({"host": str(self.folder)})

    def ask(self, question: str, database: str = "postgres"):
        with psycopg.connect(host=str(self.folder), user="postgres", dbname=database, autocommit=True) as line:
            row = line.execute(question).fetchone()
            return row[0] if row else None

    def pause(self) -> None:
        """Let the copy take what is sent, and show none of it."""
        self.catch_up()
        self.ask("SELECT pg_wal_replay_pause()")
        self.wait_for("SELECT pg_get_wal_replay_pause_state() = 'paused'")

    def resume(self) -> None:
        self.ask("SELECT pg_wal_replay_resume()")
        self.catch_up()

    def catch_up(self) -> None:
        """Wait until the copy shows all that is committed."""
        with connection.cursor() as cursor:
            # The run's server writes its log when it likes; this commit does not return before all is written.
            cursor.execute("SET synchronous_commit = on")
            cursor.execute("SELECT pg_current_wal_insert_lsn(), pg_logical_emit_message(true, '', '')")
            end = cursor.fetchone()[0]
            cursor.execute("RESET synchronous_commit")
        self.wait_for(f"SELECT pg_last_wal_replay_lsn() >= '{end}'")

    def has_all_of(self, primary: "Standby") -> None:
        """Wait until this copy shows all that is committed there."""
        primary.ask("SELECT set_config('synchronous_commit', 'on', false), pg_logical_emit_message(true, '', '')")
        end = primary.ask("SELECT pg_current_wal_flush_lsn()")
        self.wait_for(f"SELECT pg_last_wal_replay_lsn() >= '{end}'")

    def wait_for(self, question: str) -> None:
        until = time.monotonic() + PATIENCE
        while not self.ask(question):
            assert time.monotonic() < until, question
            time.sleep(0.02)
