"""The site with its demonstration on a scratch database, one copy for each scan, and a server that nobody but the site could ask."""

import http.cookiejar
import http.server
import os
import secrets
import shutil
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from bench.processes import BASE_DIR, free_port

PASSWORD = "cathedra-demo"
PATIENCE = 300
PREPARED = """
from config import demonstration as made
made.prepare(made.var_dir())
"""


class Site:
    """Serves a copy of what was prepared, with production's settings, until it is stopped."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.made, self.served, self.log = folder / "made", folder / "served", folder / "answers.log"
        self.key, self.web = secrets.token_urlsafe(64), None

    def prepare(self) -> None:
        """Make the demonstration once."""
        self.made.mkdir(exist_ok=True)
        subprocess.run([sys.executable, "-c", PREPARED], cwd=BASE_DIR, env=self._environment(self.made), check=True)

    def start(self) -> None:
        """Serve what was prepared as it was: whoever scans presses every button."""
        self.stop()
        shutil.rmtree(self.served, ignore_errors=True)
        shutil.copytree(self.made, self.served)
        self.log.unlink(missing_ok=True)
        command = [sys.executable, "-m", "gunicorn", "--log-level", "warning", "--access-logfile", str(self.log)]
        command += ["--access-logformat", "%(s)s %(m)s %(U)s"]
        errors = (self.folder / "errors.log").open("w")
        with errors:
            self.web = subprocess.Popen(
                command, cwd=BASE_DIR, env=self._environment(self.served), stdout=errors, stderr=errors
            )
        until = time.monotonic() + PATIENCE
        while self.answer("/readyz") != 200:
            if time.monotonic() > until:
                raise TimeoutError("The site does not start.")
            time.sleep(0.2)

    def stop(self) -> None:
        if self.web is not None:
            self.web.terminate()
            self.web.wait()
            self.web = None

    def _environment(self, var: Path) -> dict[str, str]:
        return {
            **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DEMONSTRATION": "1",
            "DATABASE_URL": f"sqlite:///{var}/cathedra.sqlite3",
            "SECRET_KEY": self.key,
            "SITE_URL": self.url,
            "ALLOWED_HOSTS": "127.0.0.1",
            "EMAIL_URL": "file://",
            "VAR_DIR": str(var),
            "PORT": str(self.port),
            "ASK_REGISTRIES": "no",
        }

    def answer(self, path: str, cookies: http.cookiejar.CookieJar | None = None) -> int:
        """Return the status with which an address answers, without following where it leads."""
        browser = urllib.request.build_opener(_Unmoved, urllib.request.HTTPCookieProcessor(cookies))
        try:
            with browser.open(self.url + path, timeout=PATIENCE) as response:
                return response.status
        except urllib.error.HTTPError as error:
            with error:
                return error.code
        except OSError:
            return 0

    def cookies_of(self, address: str | None) -> http.cookiejar.CookieJar:
        """Return the cookies of whoever looks at the sign-in page, and signs in there if an address is given."""
        jar = http.cookiejar.CookieJar()
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        page = f"{self.url}/en/accounts/login/"
        browser.open(page, timeout=PATIENCE).close()
        if address is not None:
            token = next(one.value for one in jar if one.name == "csrftoken")
            typed = {"login": address, "password": PASSWORD, "csrfmiddlewaretoken": token}
            browser.open(page, urllib.parse.urlencode(typed).encode(), timeout=PATIENCE).close()
        return jar


class _Unmoved(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


class Elsewhere(http.server.ThreadingHTTPServer):
    """Where hostile input tries to lead the site: whatever is asked here, but for the scanner's own questions, the site asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.asked = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"


class _Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        # The scanner looks whether it can be reached, and asks what came.
        if self.path != "/" and not self.path.startswith("/get_"):
            self.server.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b"{}")

    do_POST = do_HEAD = do_GET

    def log_message(self, *args) -> None:
        """Say nothing."""
