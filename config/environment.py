"""Reads the settings that differ between machines, and rejects invalid values with a sentence."""

import ipaddress
import re
from collections.abc import Collection
from email.utils import getaddresses
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email
from django.http.request import validate_host
from django.utils.module_loading import import_string
from environs import Env, EnvError

from config.file_permissions import private_database, private_folder

LOOPBACK_HOSTS = {"127.0.0.1", "localhost", "[::1]", "::1"}
# Django's own check has the same limit: a shorter key can be guessed.
SECRET_KEY_MIN_LENGTH = 50
# A random key of that length has more distinct characters in any encoding; a repeated letter or word has fewer.
SECRET_KEY_MIN_CHARACTERS = 10
HOST = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\]")
# Control characters and line breaks, which would end a header.
CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
MAX_PORT = 65_535
# More processes than this site needs on any machine; a higher number is a typing mistake.
MAX_WEB_CONCURRENCY = 256
# Seconds that a connection is kept: opening one for each request would cost more than most pages.
CONNECTION_MAX_AGE = 600
# Django's backend, with fair turns for writers.
SQLITE_ENGINE = "core.fair_sqlite"
POSTGRESQL_ENGINE = "django.db.backends.postgresql"
# Seconds that a request waits for another one's write on SQLite.
SQLITE_BUSY_TIMEOUT = 20
# Each cached statement takes 25 kB per connection, and each thread has a connection. A page makes some 25 queries.
SQLITE_STATEMENTS = 32
SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
# After this many seconds without an answer, the database counts as down.
POSTGRESQL_CONNECT_TIMEOUT = 5
# Shorter, because a request waits for it before it falls back to the primary database.
REPLICA_CONNECT_TIMEOUT = 2
# Our queries take milliseconds, but PostgreSQL takes fifty to compile one (JIT) where it expects many rows.
# A generic plan makes prepared statements (core/prepared.py) planned once; by default the first five
# executions on each connection are planned anew. To start parallel workers takes fifty milliseconds too.
POSTGRESQL_OPTIONS = "-c jit=off -c plan_cache_mode=force_generic_plan -c max_parallel_workers_per_gather=0"
# Options that Django reads itself and does not pass to libpq.
DJANGO_S_OPTIONS = {"assume_role", "isolation_level", "pool", "server_side_binding"}

# What Python says of a URL that it cannot cut quotes a part of it, perhaps of a password with a slash.
CUT_WRONGLY = re.compile(r"Port could not be cast.*|\S* does not appear to be an IPv4 or IPv6 address", re.DOTALL)

env = Env()


def reason(error: Exception) -> str:
    """Return what an error says of a value, without quoting a part of a URL."""
    return CUT_WRONGLY.sub("its host or its port cannot be read", str(error).strip("'\""))


def read(reader: str, name: str, *args: Any, **kwargs: Any) -> Any:
    """Return `env.<reader>(name)`. Raise ImproperlyConfigured with a sentence if it is missing or cannot be read."""
    try:
        return getattr(env, reader)(name, *args, **kwargs)
    except (EnvError, ValueError, KeyError) as error:
        raise ImproperlyConfigured(
            f"the environment variable {name} is missing or unusable ({reason(error)})."
        ) from error


def number(name: str, *, default: int, most: int) -> int:
    """Return a whole number from 1 to `most`. Raise ImproperlyConfigured for anything else."""
    value = read("str", name, default=str(default))
    if not value.isascii() or not value.isdigit() or not 1 <= int(value[:9]) <= most or len(value) > 9:
        raise ImproperlyConfigured(f"{name} must be a number between 1 and {most}, not {value!r}.")
    return int(value)


def choice(name: str, *values: str, default: str) -> str:
    """Return one of the allowed words. Raise ImproperlyConfigured for anything else."""
    value: str = read("str", name, default=default)
    if value not in values:
        raise ImproperlyConfigured(f"{name} must be {' or '.join(f'“{one}”' for one in values)}, not {value!r}.")
    return value


def networks(name: str, default: str) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """Return addresses and networks, separated by commas: `127.0.0.1,10.0.8.0/24`."""
    try:
        return [
            ipaddress.ip_network(one.strip()) for one in read("str", name, default=default).split(",") if one.strip()
        ]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must look like 127.0.0.1,10.0.8.0/24 ({error}).") from error


def log_format() -> str:
    """Return the format of the log, “json” or “text”. The default is text for a demonstration, where people read it."""
    return choice(
        "LOG_FORMAT", "json", "text", default="text" if read("bool", "DEMONSTRATION", default=False) else "json"
    )


def port() -> int:
    """Return the port of the web server."""
    return number("PORT", default=8000, most=MAX_PORT)


def web_concurrency() -> int:
    """Return the number of web processes."""
    return number("WEB_CONCURRENCY", default=2, most=MAX_WEB_CONCURRENCY)


def var_dir(default: Path) -> Path:
    """Return the folder to which the site writes everything."""
    return private_folder(folder("VAR_DIR", default), "VAR_DIR")


def folder(name: str, default: Path) -> Path:
    """Return the absolute path of a folder, so that it stays the same wherever a command is started."""
    path = read("str", name, default=str(default))
    if not path.strip():
        raise ImproperlyConfigured(f"{name} must name a folder.")
    return Path(path).absolute()


def secret_key() -> str:
    """Return SECRET_KEY. Raise ImproperlyConfigured unless it is long and varied enough."""
    key: str = read("str", "SECRET_KEY")
    if len(key) < SECRET_KEY_MIN_LENGTH:
        raise ImproperlyConfigured(f"SECRET_KEY must have at least {SECRET_KEY_MIN_LENGTH} characters.")
    # A text that occurs in its own doubling, other than at both ends, is a repeated shorter text.
    if len(set(key)) < SECRET_KEY_MIN_CHARACTERS or key in (key + key)[1:-1]:
        raise ImproperlyConfigured(
            f"SECRET_KEY must be random: at least {SECRET_KEY_MIN_CHARACTERS} different characters, repeating nothing."
        )
    return key


def site_url() -> str:
    """Return SITE_URL without a trailing slash or default port: https://, or http:// on this machine, a host, perhaps a port."""
    url = read("str", "SITE_URL")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"SITE_URL must look like https://chairs.example.org ({reason(error)}).") from error
    if parts.username is not None or parts.password is not None:
        raise ImproperlyConfigured("SITE_URL must hold no user name and no password: it stands in every mail.")
    host = host_of(parts)
    rest = url.partition("://")[2][len(parts.netloc) :]
    if parts.scheme not in {"http", "https"} or not HOST.fullmatch(host) or rest not in {"", "/"} or port == 0:
        raise ImproperlyConfigured(f"SITE_URL must look like https://chairs.example.org, not {url!r}.")
    if parts.scheme == "http" and host not in LOOPBACK_HOSTS:
        raise ImproperlyConfigured("SITE_URL must use https:// anywhere but on the local machine.")
    is_usual = port in {None, {"http": 80, "https": 443}[parts.scheme]}
    return f"{parts.scheme}://{host}" + ("" if is_usual else f":{port}")


def host_of(parts: SplitResult) -> str:
    """Return the host of a URL as a request names it: in lower case, an IPv6 address in brackets."""
    host = parts.hostname or ""
    return f"[{host}]" if ":" in host else host


def contact(name: str, default: str) -> str:
    """Return a contact address: a mailto: or https:// URL, on one line."""
    address: str = read("str", name, default=default)
    scheme, _colon, rest = address.partition(":")
    # Without a user name and a password, because everybody reads it.
    is_address = {"mailto": is_email(rest), "https": is_web_address(address, {"https"})}
    if len(address.split()) != 1 or not (address == default or is_address.get(scheme)):
        raise ImproperlyConfigured(
            f"{name} must look like mailto:security@example.org or https://…, not {without_password(address)!r}."
        )
    return address


def without_password(address: str) -> str:
    """Return a URL without its user name and password, to quote it where others read."""
    return re.sub("//.*@", "//", address)


def line(name: str, default: str) -> str:
    """Return a text without spaces around it. Raise ImproperlyConfigured if it has a line break or another control character."""
    text: str = read("str", name, default=default).strip()
    if CONTROL.search(text):
        raise ImproperlyConfigured(f"{name} must be one line of text.")
    return text


def licence(name: str, default: str) -> str:
    """Return the URL of a licence. Some licences are named by an http:// URL."""
    address = line(name, default)
    if len(address.split()) != 1 or not is_web_address(address, {"http", "https"}):
        raise ImproperlyConfigured(
            f"{name} must look like https://example.org/licence, not {without_password(address)!r}."
        )
    return address


def is_web_address(text: str, schemes: Collection[str]) -> bool:
    """Return whether the text is a URL with one of these schemes and a host, without a user name."""
    try:
        parts = urlsplit(text)
        host, _port = host_of(parts), parts.port
    except ValueError:
        return False
    return parts.scheme in schemes and bool(HOST.fullmatch(host)) and parts.username is None


def sender(default: str) -> str:
    """Return DEFAULT_FROM_EMAIL: one address, optionally with a name, on one line."""
    text: str = read("str", "DEFAULT_FROM_EMAIL", default=default)
    addresses = [address for _name, address in getaddresses([text])]
    if text != default and (CONTROL.search(text) or len(addresses) != 1 or not is_email(addresses[0])):
        raise ImproperlyConfigured(f"DEFAULT_FROM_EMAIL must look like Cathedra <no-reply@example.org>, not {text!r}.")
    return text


def is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def allowed_hosts(site: str) -> list[str]:
    """Return ALLOWED_HOSTS: host names including the site's own, and no wildcard for all hosts."""
    hosts = [host.strip().lower() for host in read("list", "ALLOWED_HOSTS") if host.strip()]
    if not hosts:
        raise ImproperlyConfigured("ALLOWED_HOSTS must name at least one host.")
    for host in hosts:
        # A leading dot also allows the subdomains; those of a top-level domain would belong to anybody.
        if not HOST.fullmatch(host.removeprefix(".")) or (host[0] == "." and "." not in host[1:]):
            raise ImproperlyConfigured(f"ALLOWED_HOSTS must list names like chairs.example.org, not {host!r}.")
    if not validate_host(host_of(urlsplit(site)), hosts):
        raise ImproperlyConfigured(f"ALLOWED_HOSTS must name the host of SITE_URL, {site}.")
    return hosts


def database(default_path: Path) -> dict[str, Any]:
    """Return the settings of the primary database: DATABASE_URL, or SQLite at `default_path`."""
    config: dict[str, Any] = read(
        "dj_db_url", "DATABASE_URL", default=f"sqlite:///{default_path}", conn_max_age=CONNECTION_MAX_AGE
    )
    engine = config.get("ENGINE")
    if engine not in {"django.db.backends.sqlite3", POSTGRESQL_ENGINE}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// or sqlite:///.")
    if config["NAME"] in {"", ":memory:"}:
        raise ImproperlyConfigured("DATABASE_URL must name a database, which keeps what is written to it.")
    if engine == "django.db.backends.sqlite3":
        if config.get("OPTIONS"):
            # Texts of a URL are no arguments of Python's driver: the first query would fail.
            raise ImproperlyConfigured("DATABASE_URL takes no options on SQLite: it must look like sqlite:///path.")
        private_database(Path(config["NAME"]))
        config["ENGINE"] = SQLITE_ENGINE
        config["OPTIONS"] = {
            # Take the write lock when the transaction begins: a lock requested later fails at once and does not wait.
            "transaction_mode": "IMMEDIATE",
            "timeout": SQLITE_BUSY_TIMEOUT,
            "init_command": SQLITE_PRAGMAS,
            "cached_statements": SQLITE_STATEMENTS,
        }
    else:
        of_postgresql(config, "DATABASE_URL", POSTGRESQL_CONNECT_TIMEOUT)
    return config


def replica(primary: dict[str, Any]) -> dict[str, Any] | None:
    """Return the settings of the read replica for public pages: DATABASE_REPLICA_URL; None if there is none."""
    name = "DATABASE_REPLICA_URL"
    if not read("str", name, default=""):
        return None
    config: dict[str, Any] = read("dj_db_url", name, conn_max_age=CONNECTION_MAX_AGE)
    if primary["ENGINE"] != POSTGRESQL_ENGINE:
        raise ImproperlyConfigured(f"{name} must be left out on SQLite: only PostgreSQL has copies that follow it.")
    if config.get("ENGINE") != POSTGRESQL_ENGINE or not config["NAME"]:
        raise ImproperlyConfigured(f"{name} must look like postgres://user:password@replica.example.org/cathedra.")
    of_postgresql(config, name, REPLICA_CONNECT_TIMEOUT)
    if server_of(config) == server_of(primary):
        raise ImproperlyConfigured(f"{name} must name another server than DATABASE_URL: a copy that follows it.")
    return config


def server_of(config: dict[str, Any]) -> tuple[Any, ...]:
    options = config["OPTIONS"]
    return tuple(config.get(key.upper()) or options.get(key) for key in ("host", "port"))


def of_postgresql(config: dict[str, Any], name: str, timeout: int) -> None:
    config["CONN_HEALTH_CHECKS"] = True
    given = config.get("OPTIONS", {})
    config["OPTIONS"] = {"connect_timeout": timeout, "options": POSTGRESQL_OPTIONS, **given}
    check_postgresql(name, config["OPTIONS"])


def check_postgresql(name: str, options: dict[str, Any]) -> None:
    """Raise ImproperlyConfigured for an option that libpq or its driver refuses: otherwise the first query fails."""
    # Imported here because it takes 10 MB per process, and SQLite does not need it.
    from psycopg import ProgrammingError
    from psycopg.conninfo import make_conninfo, timeout_from_conninfo

    try:
        make_conninfo(**{name: value for name, value in options.items() if name not in DJANGO_S_OPTIONS})
        timeout_from_conninfo(options)
    except ProgrammingError as error:
        raise ImproperlyConfigured(f"{name} has an option that cannot be used ({str(error).strip()}).") from error


def cache() -> dict[str, Any]:
    """Return the settings of the cache: CACHE_URL, or the process's own memory."""
    config: dict[str, Any] = read("dj_cache_url", "CACHE_URL", default="locmem://")
    if config.get("BACKEND", "").endswith(("DummyCache", "FileBasedCache")) and not config.get("LOCATION"):
        raise ImproperlyConfigured("CACHE_URL must name a cache that keeps what it is given: limits are counted in it.")
    if config.get("BACKEND", "").endswith("FileBasedCache"):
        private_folder(Path(config["LOCATION"]), "CACHE_URL")
    try:
        made = import_string(config["BACKEND"])(config.get("LOCATION", ""), dict(config))
        # Loads the client package, which the backend imports at first use: too late for an error at start-up.
        getattr(made, "_cache", None)
    except (ImportError, KeyError) as error:
        raise ImproperlyConfigured(f"CACHE_URL asks for a cache that is not installed here ({error}).") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise ImproperlyConfigured(f"CACHE_URL cannot be understood ({error}).") from error
    return config


def mail(default: str | None) -> dict[str, Any]:
    """Return the EMAIL_… settings from EMAIL_URL, which is required unless there is a `default`."""
    url = read("str", "EMAIL_URL", **({"default": default} if default else {}))
    config: dict[str, Any] = read("dj_email_url", "EMAIL_URL", default=url)
    is_sent = config.get("EMAIL_BACKEND", "").endswith("smtp.EmailBackend")
    # Without a host, mail would go to a server on this machine.
    host = host_of(urlsplit(url))
    if "EMAIL_BACKEND" not in config or (is_sent and not (HOST.fullmatch(host) and config["EMAIL_PORT"] != 0)):
        raise ImproperlyConfigured("EMAIL_URL must look like submission://user:password@mail.example.org:587.")
    if is_sent and config["EMAIL_TIMEOUT"] is not None and config["EMAIL_TIMEOUT"] < 1:
        raise ImproperlyConfigured("EMAIL_URL must give the mail server a second or more (timeout=20).")
    config.pop("SERVER_EMAIL", None)
    config.pop("DEFAULT_FROM_EMAIL", None)
    return config
