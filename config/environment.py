"""Reads the settings that differ between machines, and refuses nonsense with a sentence."""

from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string
from environs import Env, EnvError

LOOPBACK_HOSTS = {"127.0.0.1", "localhost", "[::1]", "::1"}
# Below this, a signing key can be guessed (Django's own check draws the line here).
SECRET_KEY_MIN_LENGTH = 50
# A connection lives this many seconds: opening one for each request costs more than most pages.
CONNECTION_MAX_AGE = 600
# How long a request waits for another's write on SQLite, in seconds.
SQLITE_BUSY_TIMEOUT = 20
SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
# A database that does not answer within this many seconds is down.
POSTGRESQL_CONNECT_TIMEOUT = 5

env = Env()


def read(reader: str, name: str, *args, **kwargs):
    """Answer `env.<reader>(name)`; raise ImproperlyConfigured with a sentence if it cannot be read."""
    try:
        return getattr(env, reader)(name, *args, **kwargs)
    except (EnvError, ValueError, KeyError) as error:
        reason = str(error).strip("'\"")
        raise ImproperlyConfigured(f"the environment variable {name} is missing or unusable ({reason}).") from error


def secret_key() -> str:
    """Answer SECRET_KEY, at least SECRET_KEY_MIN_LENGTH characters long."""
    key = read("str", "SECRET_KEY")
    if len(key) < SECRET_KEY_MIN_LENGTH:
        raise ImproperlyConfigured(f"SECRET_KEY must have at least {SECRET_KEY_MIN_LENGTH} characters.")
    return key


def site_url() -> str:
    """Answer SITE_URL without a trailing slash: https://, or http:// on this machine only."""
    url = read("str", "SITE_URL").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path:
        raise ImproperlyConfigured(f"SITE_URL must look like https://chairs.example.org, not {url!r}.")
    if parts.scheme == "http" and (parts.hostname or "") not in LOOPBACK_HOSTS:
        raise ImproperlyConfigured("SITE_URL must use https:// anywhere but on the local machine.")
    return url


def contact(name: str, default: str) -> str:
    """Answer where to write to: a mailto: or https:// address, on one line."""
    address = read("str", name, default=default)
    if not address.startswith(("mailto:", "https://")) or len(address.split()) != 1:
        raise ImproperlyConfigured(f"{name} must look like mailto:security@example.org or https://…, not {address!r}.")
    return address


def allowed_hosts() -> list[str]:
    """Answer ALLOWED_HOSTS, at least one."""
    hosts = [host.strip() for host in read("list", "ALLOWED_HOSTS") if host.strip()]
    if not hosts:
        raise ImproperlyConfigured("ALLOWED_HOSTS must name at least one host.")
    return hosts


def database(default_path: Path) -> dict:
    """Answer the settings of the one database: DATABASE_URL, or SQLite at `default_path`."""
    config = read("dj_db_url", "DATABASE_URL", default=f"sqlite:///{default_path}", conn_max_age=CONNECTION_MAX_AGE)
    engine = config.get("ENGINE")
    if engine not in {"django.db.backends.sqlite3", "django.db.backends.postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// or sqlite:///.")
    if config["NAME"] in {"", ":memory:"}:
        raise ImproperlyConfigured("DATABASE_URL must name a database, which keeps what is written to it.")
    if engine == "django.db.backends.sqlite3":
        config["OPTIONS"] = {
            **config.get("OPTIONS", {}),
            # Take the write lock when the transaction begins: a lock taken half-way cannot wait its turn.
            "transaction_mode": "IMMEDIATE",
            "timeout": SQLITE_BUSY_TIMEOUT,
            "init_command": SQLITE_PRAGMAS,
        }
    else:
        config["CONN_HEALTH_CHECKS"] = True
        config["OPTIONS"] = {"connect_timeout": POSTGRESQL_CONNECT_TIMEOUT, **config.get("OPTIONS", {})}
    return config


def cache() -> dict:
    """Answer the settings of the cache: CACHE_URL, or the process's own memory."""
    config = read("dj_cache_url", "CACHE_URL", default="locmem://")
    try:
        import_string(config["BACKEND"])
    except (ImportError, KeyError) as error:
        raise ImproperlyConfigured(f"CACHE_URL asks for a cache that is not installed here ({error}).") from error
    return config


def mail(default: str | None) -> dict:
    """Answer the EMAIL_… settings from EMAIL_URL, which may be left out only where there is a `default`."""
    config = read("dj_email_url", "EMAIL_URL", **({"default": default} if default else {}))
    if "EMAIL_BACKEND" not in config or (
        config["EMAIL_BACKEND"].endswith("smtp.EmailBackend") and not config["EMAIL_HOST"]
    ):
        raise ImproperlyConfigured("EMAIL_URL must look like submission://user:password@mail.example.org:587.")
    config.pop("SERVER_EMAIL", None)
    config.pop("DEFAULT_FROM_EMAIL", None)
    return config
