"""The stack that .ci/deploy stands up: PostgreSQL, Redis, a store of files, the site as two machines and a worker, nginx."""

import contextlib
import http.client
import os
import re
import secrets
import shlex
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = "chairs.example.org"
PACKAGES = {"nginx": "nginx-light", "redis-server": "redis-server", "openssl": "openssl", "systemd-analyze": "systemd"}
PATIENCE = 60
# Answers of the API to one address in a minute, on both machines together.
API_LIMIT = 20


def run(*command: str, **options) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    if done.returncode:
        raise SystemExit(f"{shlex.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def install() -> Path:
    """Install what is missing; return the folder of PostgreSQL's programs, the newest."""
    versions = lambda: sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: int(one.parent.name))  # noqa: E731
    missing = [package for program, package in PACKAGES.items() if not shutil.which(program)]
    missing += [] if versions() else ["postgresql"]
    if missing:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
        run("apt-get", "update", "-qq")
        run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing, env=environment)
    return versions()[-1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        time.sleep(0.1)
    raise SystemExit(f"Nothing listens on {port}.")


class Stack:
    """Everything that runs, in one folder; `stop` ends it."""

    def __init__(self) -> None:
        self.place = Path(tempfile.mkdtemp(prefix="cathedra-deploy-"))
        self.place.chmod(0o755)  # PostgreSQL runs as a user of its own
        self.processes: dict[str, subprocess.Popen] = {}
        self.ports = {name: free_port() for name in ("postgresql", "redis", "store", "http", "https", "one", "two")}
        self.sockets = {}

    def start(self, name: str, *command: str, **options) -> None:
        with (self.place / f"{name}.log").open("a") as log:
            self.processes[name] = subprocess.Popen(
                command, stdout=log, stderr=log, start_new_session=True, **{"cwd": self.place, **options}
            )

    def end(self, name: str) -> None:
        """Stop a service as systemd does: it finishes what is under way."""
        process = self.processes.pop(name)
        process.terminate()
        try:
            process.wait(15)  # TimeoutStopSec of cathedra.service
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def stop(self) -> None:
        for name in reversed(list(self.processes)):
            with contextlib.suppress(OSError):
                self.end(name)
        shutil.rmtree(self.place, ignore_errors=True)

    # What stands around the site.

    def start_database(self, programs: Path) -> None:
        data = self.place / "postgresql"
        data.mkdir()
        shutil.chown(data, "postgres")
        as_its_user = ("runuser", "-u", "postgres", "--")
        run(*as_its_user, programs / "initdb", "-D", data, "-A", "trust", "-U", "cathedra", "-E", "UTF8", cwd="/")
        # Nothing here outlives the run, so nothing is forced to the disk.
        given = ["-F", "-p", str(self.ports["postgresql"]), "-h", "127.0.0.1", "-k", ""]
        self.start("postgresql", "setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups",
                   str(programs / "postgres"), "-D", str(data), *given, cwd="/")  # fmt: skip
        there = ("-h", "127.0.0.1", "-p", str(self.ports["postgresql"]))
        until = time.monotonic() + PATIENCE
        while (
            subprocess.run([programs / "pg_isready", "-q", *there], check=False).returncode and time.monotonic() < until
        ):
            time.sleep(0.1)
        run(programs / "createdb", *there, "-U", "cathedra", "cathedra")

    def start_cache_and_store(self) -> None:
        self.start("redis", "redis-server", "--bind", "127.0.0.1", "--port", str(self.ports["redis"]), "--save", "")
        self.start("store", str(ROOT / ".venv/bin/moto_server"), "-H", "127.0.0.1", "-p", str(self.ports["store"]))
        wait_for(self.ports["redis"])
        wait_for(self.ports["store"])
        line = http.client.HTTPConnection("127.0.0.1", self.ports["store"], timeout=PATIENCE)
        line.request(
            "PUT",
            "/files",
            headers={"Authorization": "AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/s3/aws4_request"},
        )
        if line.getresponse().status != 200:
            raise SystemExit("The store makes no bucket.")
        line.close()

    # The site, as deploy/ has it.

    def here(self, text: str) -> str:
        """Return a file of deploy/ with the places of this stack."""
        for there, ours in {
            "/srv/cathedra": self.place / "srv",
            "/etc/cathedra/environment": self.place / "environment",
            "/var/lib/cathedra": self.place / "var",
            "/var/backups/cathedra": self.place / "backups",
        }.items():
            text = text.replace(there, str(ours))
        return text

    def release(self, name: str) -> Path:
        """Copy the program to a folder of its own, with the packages that are installed already."""
        there = self.place / "srv/releases" / name
        # Neither what was made here nor what is hidden: a clone would have neither, and there may be no version control.
        shutil.copytree(ROOT, there, ignore=shutil.ignore_patterns(".*", "var", "__pycache__", "node_modules"))
        (there / ".venv").symlink_to(ROOT / ".venv")
        # By this address a client tells which version answers.
        (there / "static/root/release.txt").write_text(name)
        return there

    def switch_to(self, name: str) -> None:
        new = self.place / "srv/new"
        new.symlink_to(self.place / "srv/releases" / name)
        os.replace(new, self.place / "srv/current")

    def write_settings(self) -> None:
        for folder in ("var", "backups", "units"):
            (self.place / folder).mkdir(mode=0o700)
        example = (ROOT / "deploy/environment.example").read_text()
        given = {
            "SECRET_KEY": secrets.token_urlsafe(64),
            "EMAIL_URL": "smtp://127.0.0.1:9",
            "DATABASE_URL": f"postgres://cathedra@127.0.0.1:{self.ports['postgresql']}/cathedra",
            "CACHE_URL": f"redis://127.0.0.1:{self.ports['redis']}/0",
            "VAR_DIR": str(self.place / "var"),
            "WEB_CONCURRENCY": "1",
            **dict.fromkeys(re.findall(r"(?m)^((?:PUBLI|HOST_)\w+)=$", example), "Example"),
        }
        for name, value in given.items():
            example = re.sub(rf"(?m)^{name}=.*$", lambda _found, line=f"{name}={value}": line, example)
        example += (
            f"FILES_URL=s3+http://key:secret@127.0.0.1:{self.ports['store']}/files\n"
            f"ASK_REGISTRIES=no\nAPI_REQUESTS_A_MINUTE={API_LIMIT}\n"
        )
        (self.place / "environment").write_text(example)
        self.settings = dict(line.split("=", 1) for line in example.splitlines() if line and line[0] != "#")
        self.settings["LOG_SIGNING_KEY"] = ""
        self.settings = {name: value for name, value in self.settings.items() if value}
        for unit in [*ROOT.glob("deploy/*.service"), *ROOT.glob("deploy/*.socket"), *ROOT.glob("deploy/*.timer")]:
            (self.place / "units" / unit.name).write_text(self.here(unit.read_text()))

    def environment(self) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], "HOME": str(self.place), "LANG": "C.UTF-8", **self.settings}

    def manage(self, folder: Path, *arguments: str) -> str:
        return run(".venv/bin/python", "manage.py", *arguments, cwd=folder, env=self.environment())

    def command_of(self, unit: str) -> list[str]:
        """Return what a unit runs."""
        text = (self.place / "units" / f"{unit}.service").read_text()
        line = re.search(r"(?m)^ExecStart=(.*)$", text).group(1)
        return shlex.split(line.replace("%%", "%").replace("$$", "$"))

    def serve(self, machine: str) -> None:
        """Start the web server of a machine on its socket, which stays open when the server is replaced."""
        if machine not in self.sockets:
            self.sockets[machine] = opened = socket.create_server(("127.0.0.1", self.ports[machine]), backlog=4096)
            opened.set_inheritable(True)
        opened = self.sockets[machine]
        command = shlex.join(self.command_of("cathedra"))
        self.start(
            machine, "/bin/sh", "-c", f"LISTEN_PID=$$ LISTEN_FDS=1 exec {command}",
            cwd=(self.place / "srv/current").resolve(), env={**self.environment(), "PORT": str(self.ports[machine])},
            preexec_fn=lambda: os.dup2(opened.fileno(), 3, inheritable=True), pass_fds=(3,),
        )  # fmt: skip

    def work(self) -> None:
        self.start(
            "worker", *self.command_of("cathedra-worker"), cwd=self.place / "srv/current", env=self.environment()
        )

    def once(self, unit: str) -> None:
        run(*self.command_of(unit), cwd=self.place / "srv/current", env=self.environment())

    # The proxy.

    def start_proxy(self) -> None:
        run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}", "-addext",
            f"subjectAltName=DNS:{HOST}", "-keyout", self.place / "key.pem", "-out", self.place / "cert.pem")  # fmt: skip
        config = (ROOT / "deploy/nginx.conf").read_text()
        config = re.sub(r"(?m)^ *listen \[::\].*\n", "", config)
        for before, after in {
            "listen 80;": f"listen 127.0.0.1:{self.ports['http']};",
            "listen 443 ": f"listen 127.0.0.1:{self.ports['https']} ",
            f"/etc/letsencrypt/live/{HOST}/fullchain.pem": f"{self.place}/cert.pem",
            f"/etc/letsencrypt/live/{HOST}/privkey.pem": f"{self.place}/key.pem",
            "error_log /var/log/nginx/error.log ": f"error_log {self.place}/nginx-errors.log ",
            "proxy_pass http://127.0.0.1:8000;": "proxy_pass http://cathedra;",
        }.items():
            if before not in config:
                raise SystemExit(f"deploy/nginx.conf has no {before!r} any more.")
            config = config.replace(before, after)
        machines = "".join(f"server 127.0.0.1:{self.ports[name]} max_fails=0; " for name in ("one", "two"))
        folders = "".join(
            f"{kind}_temp_path {self.place}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        whole = (
            f"user root;\npid {self.place}/nginx.pid;\nerror_log {self.place}/nginx-errors.log;\nevents {{}}\nhttp {{\n"
        )
        whole += f"{folders}include /etc/nginx/mime.types;\nupstream cathedra {{ {machines}}}\n{config}}}\n"
        path = self.place / "nginx.conf"
        path.write_text(whole)
        run("nginx", "-t", "-c", path)
        self.start("proxy", "nginx", "-c", str(path), "-g", "daemon off;")
        wait_for(self.ports["https"])
