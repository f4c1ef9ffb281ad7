"""Settings: safe for production as they are. What differs between machines comes from the environment.

docs/settings.md lists every variable.
"""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.environment import (
    allowed_hosts,
    cache,
    choice,
    contact,
    database,
    licence,
    line,
    log_format,
    mail,
    networks,
    number,
    port,
    read,
    replica,
    secret_key,
    sender,
    site_url,
    var_dir,
    web_concurrency,
)
from config.file_permissions import FOLDER_ONLY_OURS, ONLY_OURS, private_folder
from config.file_storages import file_storages, media_root
from config.identity_providers import identity_providers
from config.legal_notice import legal_notice
from config.log_keys import auditors, log_name, public_keys, signing_key, witnesses
from config.programme import programme, programme_file
from core.language_names import called_by_itself

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = var_dir(BASE_DIR / "var")

DEBUG = False
DEMONSTRATION = read("bool", "DEMONSTRATION", default=False)
SECRET_KEY = secret_key()
SITE_URL = site_url()
HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = allowed_hosts(SITE_URL)
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# For gunicorn.conf.py. Also read here, so that an invalid value stops every start.
PORT, WEB_CONCURRENCY = port(), web_concurrency()
# Identity providers for sign-in, such as a university, ORCID or ProConnect. Most sites have none.
IDENTITY_PROVIDERS = identity_providers()

INSTALLED_APPS = [
    "modeltranslation",  # before the admin, which it extends
    "config.apps.CathedraConfig",
    "config.apps.CathedraAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    # Always installed, so that adding a provider needs a restart and no migration. The client is loaded only if a
    # provider is configured (accounts/identities/urls.py); the library's own providers never are.
    "allauth.socialaccount",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_include_bootstrap",
    "django_htmx",
    "simple_history",
    "csp",
    "core",
    "accounts",
    "transparency",
    "django_tasks",
    "django_tasks_db",  # after core, whose worker command replaces its own
    "clusters",
    "chairs",
    "collaborations",
    "partners",
    "lists",
    "sponsorships",
    "conversations",
    "progress",
    "figures",
    "yearly",
    "audit",
    "imports",
    "api",
    "rights",
    "portal",
    "desk",
    "demo",
]

MIDDLEWARE = [
    "core.replica.middleware.ReplicaMiddleware",  # before the page cache, whose content depends on the database that it chooses
    "core.page_cache.PageCacheMiddleware",  # around all others, so that cached responses have their headers
    "config.middleware.PermissionsPolicyMiddleware",
    "config.middleware.ContentPolicyMiddleware",  # around the next three, so that redirects and static files have the policy too
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.PrivatePagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.AccountLanguageMiddleware",
    "core.kept_forms.KeptFormMiddleware",  # around the middleware that redirects to the sign-in page
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "clusters.middleware.StaffSecondFactorMiddleware",
    "clusters.middleware.StandInMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "core.past_addresses.MovedMiddleware",
    "core.storage.KeptFilesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            # Our `csrf_token` adds the user to whom a form is shown; our `truncatewords` keeps non-breaking spaces; our
            # `extends` is faster.
            "builtins": ["core.templatetags.form_token", "core.templatetags.words", "core.templatetags.inheritance"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context_processors.site",
            ],
        },
    }
]
FORM_RENDERER = "core.form_renderer.FormRenderer"
# Django 6's default, taken early: a URL typed without a scheme becomes https.
FORMS_URLFIELD_ASSUME_HTTPS = True

DATABASES = {"default": database(VAR_DIR / "cathedra.sqlite3")}
# A read replica for public pages; None if there is none (docs/decisions/replica.md).
DATABASE_REPLICA = replica(DATABASES["default"])
REPLICA_LAG_SECONDS = number("REPLICA_LAG_SECONDS", default=10, most=600)
REPLICA_ALONE_SECONDS = number("REPLICA_ALONE_SECONDS", default=24 * 60 * 60, most=30 * 24 * 60 * 60)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": cache()}

# Accounts: people sign in by e-mail address, with a password or a mailed code.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.AccountBackend"]
SESSION_ENGINE = "accounts.sessions"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "after_login"
LOGOUT_REDIRECT_URL = "chairs:home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_FORMS = {"signup": "accounts.forms.SignupForm"}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
# As long as the pending sign-in lasts, because the mail goes through the outbox and may wait for a mail server.
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PREVENT_ENUMERATION = True
# Changing a password, an address or a second factor requires signing in again, and the owner is told.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "accounts.identities.adapter.IdentityAdapter"
# Limits per IP address of our own; allauth has its own for signing in.
ACCOUNT_RATE_LIMITS = {
    "check_agreement": "30/m/ip",
    "ask_alert": "20/h/ip",
    # Each one starts a session for a visitor without one.
    "begin_proposal": "20/m/ip",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# Without https, as on localhost, browsers send an http origin.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_ADAPTER = "accounts.adapter.FactorAdapter"
MFA_TOTP_ISSUER = "Cathedra"
MFA_FORMS = {
    "activate_totp": "accounts.forms.ActivateTOTPForm",
    "add_webauthn": "accounts.forms.AddPasskeyForm",
    "login_webauthn": "accounts.forms.LoginByPasskeyForm",
    "authenticate_webauthn": "accounts.forms.AuthenticateByPasskeyForm",
    "reauthenticate_webauthn": "accounts.forms.ReauthenticateByPasskeyForm",
}
# Nobody signs in with an unverified address, but one awaiting confirmation must not keep staff from setting up a factor.
MFA_ALLOW_UNVERIFIED_EMAIL = True
STAFF_SECOND_FACTOR = choice(
    "STAFF_SECOND_FACTOR", "required", "not asked", default="not asked" if DEMONSTRATION else "required"
)

# The programme: the country, its languages, the names of its clusters (docs/another-programme.md).
PROGRAMME_FILE = programme_file(BASE_DIR / "data" / "clusters.json")
PROGRAMME = programme(PROGRAMME_FILE)

# gettext translates the site's texts into all of the programme's languages. modeltranslation gives records a column for
# each content language; readers of another language see the first one that has a text.
LANGUAGE_CODE = "en"
LANGUAGE_NAMES = {"en": _("English"), "fr": _("French")}
LANGUAGES = [
    (code, LANGUAGE_NAMES[code] if code in LANGUAGE_NAMES else called_by_itself(code)) for code in PROGRAMME.languages
]
MODELTRANSLATION_LANGUAGES = ("en", "fr")
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en", "fr")
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = PROGRAMME.time_zone
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["config.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Files that browsers request from the site's root without being told: /favicon.ico and the like.
WHITENOISE_ROOT = BASE_DIR / "static" / "root"
# Private files and the file of public data: in folders, or in a store that several machines share.
STORAGES = {
    **file_storages(VAR_DIR),
    "staticfiles": {"BACKEND": "core.static_files.StaticFiles"},
}
MEDIA_ROOT = media_root(VAR_DIR)
FILE_UPLOAD_PERMISSIONS = ONLY_OURS
FILE_UPLOAD_DIRECTORY_PERMISSIONS = FOLDER_ONLY_OURS

# The module that knows the chairs' money (chairs/funding.py). It is in a higher app, which `chairs` cannot import.
CHAIR_FUNDING = "sponsorships.chair_funding"

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# Mail: written to the outbox in the transaction that causes it, sent by the worker.
email = mail(default="file://" if DEMONSTRATION else None)
EMAIL_BACKEND = email["EMAIL_BACKEND"]
EMAIL_HOST = email["EMAIL_HOST"]
EMAIL_PORT = email["EMAIL_PORT"]
EMAIL_HOST_USER = email["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = email["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = email["EMAIL_USE_TLS"]
EMAIL_USE_SSL = email["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = email["EMAIL_TIMEOUT"] or 20
EMAIL_FILE_PATH = VAR_DIR / "mail"
if EMAIL_BACKEND.endswith("filebased.EmailBackend"):
    private_folder(EMAIL_FILE_PATH, "VAR_DIR")
DEFAULT_FROM_EMAIL = sender(default=f"Cathedra <no-reply@{urlsplit(SITE_URL).hostname}>")
# Where to report a vulnerability: by default the mailbox that RFC 2142 reserves.
SECURITY_CONTACT = contact("SECURITY_CONTACT", default=f"mailto:security@{urlsplit(SITE_URL).hostname}")
# Who is responsible for the site (docs/settings.md); the pages say what is missing.
LEGAL_NOTICE = legal_notice()
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
# The transparency log: our signing keys, and its witnesses (docs/transparency.md).
LOG_NAME = log_name(SITE_URL)
LOG_SIGNING_KEY = signing_key()
LOG_FORMER_KEYS = public_keys("LOG_FORMER_KEYS")
LOG_WITNESSES = witnesses()
LOG_WITNESSED = public_keys("LOG_WITNESSED")
LOG_AUDITORS = auditors()
# Whether publications are looked up at Crossref, DataCite and HAL: by the worker and at night, never in a request.
ASK_REGISTRIES = read("bool", "ASK_REGISTRIES", default=not DEMONSTRATION)
# Whether a search with few results also shows the chairs closest in meaning, by a small local model that sends nothing.
SEARCH_BY_MEANING = read("bool", "SEARCH_BY_MEANING", default=True)

# Who publishes the open data, and under which licence (docs/open-data.md).
DATA_PUBLISHER = line("DATA_PUBLISHER", default="") or LEGAL_NOTICE.publisher_name or urlsplit(SITE_URL).hostname
DATA_LICENCE = licence("DATA_LICENCE", default="https://www.etalab.gouv.fr/licence-ouverte-open-licence/")
# Each request writes a whole list. Programs that need more should use the API or the file of all data.
# Somebody may take each list in each format and language within a minute: a hundred files.
LIST_FILES_A_MINUTE = 300
# How many API responses per minute are built for one IP address; cached ones are not counted.
API_REQUESTS_A_MINUTE = number("API_REQUESTS_A_MINUTE", default=300, most=1_000_000)

# Security settings for browsers.
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
if read("bool", "BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # The proxy appends the client's address to X-Forwarded-For, so the last one can be trusted.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "config.views.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True  # no script of ours reads it: forms bring their own proof
LANGUAGE_COOKIE_SAMESITE = "Lax"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        # data: for the TOTP QR code and for Bootstrap's form controls.
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        # The button that leads to a provider is a form, and browsers apply this to its redirects too.
        "form-action": [SELF, *(origin for provider in IDENTITY_PROVIDERS.values() for origin in provider.origins)],
    }
}
# In bytes: a larger request is rejected before it is parsed. Text fields have their own limits.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# Files are not counted above. The first handler discards files that are too large or too many.
FILE_UPLOAD_HANDLERS = [
    "core.uploads.CappedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "core.storage.FullDiskUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 1_000

# JSON, one object per line on stdout, for machines; or text on stderr for people, without the requests.
LOG_FORMAT = log_format()
# The networks from which /metrics may be fetched, directly and not through a proxy.
METRICS_FROM = networks("METRICS_FROM", default="127.0.0.1,::1")
# Queries that take longer, in milliseconds, are logged.
SLOW_QUERY_MS = number("SLOW_QUERY_MS", default=500, most=600_000)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "json": {"()": "core.logs.lines.JsonFormatter"},
    },
    "handlers": {
        "text": {"class": "logging.StreamHandler", "formatter": "text"},
        "json": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stdout"},
    },
    "root": {"handlers": [LOG_FORMAT], "level": "WARNING"},
    "loggers": {
        "core.logs.requests": {"level": "INFO" if LOG_FORMAT == "json" else "WARNING"},
        # A page that is not there, or not for its reader, is no fault of the site. In JSON each request has its line anyway.
        "django.request": {"level": "ERROR"},
        # It logs what it cannot read, thousands of lines for a broken file; the person who uploaded it sees the same errors.
        "bibtexparser": {"level": "CRITICAL"},
    },
}
