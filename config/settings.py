"""The one set of settings.

`make run` serves these too, with DEVELOPMENT=on. The names read from the environment are in docs/deploying.md.
"""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config.environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("DATA_DIR") or BASE_DIR / "data").expanduser().resolve()

env = Environment.load(DATA_DIR / "development.env")

# Development: mail to the console, demo accounts, plain http on loopback.
DEVELOPMENT = env.switch("DEVELOPMENT")
# Nothing sets DEBUG: its error pages show what people wrote.
DEBUG = env.switch("DEBUG")
if DEBUG and not DEVELOPMENT:
    raise ImproperlyConfigured("DEBUG needs DEVELOPMENT=on: its error pages show what people wrote.")

SECRET_KEY = env.text("SECRET_KEY")
if not DEVELOPMENT and (len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5):
    raise ImproperlyConfigured("SECRET_KEY takes 50 signs or more, made by chance: see docs/deploying.md.")
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS") or (LOOPBACK if DEVELOPMENT else [])
if not DEVELOPMENT and (not ALLOWED_HOSTS or any(host.startswith(("*", ".")) for host in ALLOWED_HOSTS)):
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts this journal is served at.")
if DEVELOPMENT and not all(host.lower() in LOOPBACK or host.lower().endswith(".localhost") for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured(
        "DEVELOPMENT=on is for this machine alone: take DEVELOPMENT away, or name localhost in ALLOWED_HOSTS."
    )

# --- What it is made of ---------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "accounts",
    "journal",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "django_htmx",
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "config.served_files.ServedFilesConfig",
]

MIDDLEWARE = [
    "config.logs.RequestLogMiddleware",
    # Outermost, so that whatever is answered or refused further in carries them.
    "config.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    # After the policy headers, so that static files carry them too.
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.sessions.SessionTimesMiddleware",
    # Asks to sign in, and loses nothing typed on the way there.
    "journal.signed_out.KeepTypedMiddleware",
    "accounts.http.PersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.fresh.FreshSignInMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ["house"]
CRISPY_TEMPLATE_PACK = "house"
CRISPY_FAIL_SILENTLY = False

# --- Where it is kept -----------------------------------------------------------------------------------------------

DATABASES = {
    "default": dj_database_url.parse(env.text("DATABASE_URL", f"sqlite:///{DATA_DIR / 'db.sqlite3'}"), conn_max_age=0)
}
database = DATABASES["default"]
if database["ENGINE"] == "django.db.backends.sqlite3":
    # FULL: an acknowledged write survives a power cut. IMMEDIATE: writers queue, they never deadlock.
    # secure_delete: what is deleted is overwritten in the file. cache_size: 400 KiB for each of a worker's threads; the
    # system keeps the file in memory for all of them.
    database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA cache_size=-400;"
        ),
    }
    # Opening the file and setting all this takes longer than any query.
    database["CONN_MAX_AGE"] = 60
else:
    database["OPTIONS"] = database.get("OPTIONS", {}) | {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}}
    database["CONN_HEALTH_CHECKS"] = True

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# One cache for all workers: a per-process cache would accept a used sign-in code twice.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Tries are counted in it: full, it would forget some at random.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}
if redis := env.text("REDIS_URL", ""):
    if not redis.startswith(("redis://", "rediss://", "unix://")):
        raise ImproperlyConfigured("REDIS_URL takes an address such as redis://host:6379/0.")
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": redis}

# Keys that wrap each person's data key; the first is current. See accounts/sealing.py and docs/deploying.md.
MASTER_KEYS = env.words("MASTER_KEYS")
if not MASTER_KEYS:
    key_file = env.path("MASTER_KEY_FILE", Path("/nonexistent"))
    if not key_file.is_file():
        raise ImproperlyConfigured("MASTER_KEYS or MASTER_KEY_FILE is missing: without it no text can be sealed.")
    kept_in, is_file = Path(database["NAME"]).resolve(), database["ENGINE"].endswith("sqlite3")
    beside = key_file.is_relative_to(kept_in.parent) or kept_in.is_relative_to(key_file.parent)
    if is_file and beside and not DEVELOPMENT:
        raise ImproperlyConfigured("MASTER_KEY_FILE lies beside the database: one stolen folder would open it all.")
    # What is no text is no key either: accounts/startup.py says so.
    MASTER_KEYS = key_file.read_text(errors="replace").split()

# A file that someone sends is never written to a disk.
FILE_UPLOAD_HANDLERS = ["accounts.uploads.InMemoryUpload"]

# --- Who is here ----------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.PersonBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.LengthValidator"},
    {"NAME": "accounts.passwords.GuessabilityValidator"},
]
# A question is published by a second editor, after a first one wished it.
SECOND_EDITOR = env.switch("SECOND_EDITOR")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "signup": "accounts.forms.SignupForm",
    "login": "accounts.forms.LoginForm",
    "confirm_email_verification_code": "accounts.code_forms.EmailCodeForm",
    "confirm_password_reset_code": "accounts.code_forms.PasswordCodeForm",
    "request_login_code": "accounts.code_forms.AskForCodeForm",
    "confirm_login_code": "accounts.code_forms.SignInByCodeForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
    "add_email": "accounts.forms.ChangeEmailForm",
    "change_email": "accounts.forms.ChangeEmailForm",
}
ACCOUNT_SIGNUP_REDIRECT_URL = "/children/new/?first"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
# As long as a code in a mail may work (ASVS 6.5.5). A new one can be asked for.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
# Who never types the code after signing up: how long their row stays, in seconds, see clear_unproven.
UNPROVEN_KEPT = env.seconds("UNPROVEN_KEPT", "3d")
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
# Before a change of e-mail, as before one of a second factor. How long it counts, in seconds: see accounts/fresh.py.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = env.seconds("FRESH_SIGN_IN", "5m")
# Beside the library's own limits: mails to one address in a day, and wrong tries from devices that are known.
ACCOUNT_RATE_LIMITS = {
    "reset_password": "20/m/ip,5/m/key,20/d/key",
    "request_login_code": "20/m/ip,3/m/key,20/d/key",
    "request_login_code_known_device": "3/m/key,20/d/key",
    "signup_mail": "5/m/key,20/d/key",
    "confirm_email": "1/10s/key,20/d/key",
    "login_failed_known_device": "5/300s/key",
    "login_failed_known_devices": "10/300s/key",
}
MFA_ADAPTER = "accounts.factor_adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "activate_totp": "accounts.factor_forms.AddAppForm",
    "authenticate": "accounts.factor_forms.SignInCodeForm",
    "reauthenticate": "accounts.factor_forms.IsItYouCodeForm",
    "add_webauthn": "accounts.passkey_forms.AddPasskeyForm",
    "edit_webauthn": "accounts.passkey_forms.RenamePasskeyForm",
    "authenticate_webauthn": "accounts.passkey_forms.SignInPasskeyForm",
    "reauthenticate_webauthn": "accounts.passkey_forms.IsItYouPasskeyForm",
    "login_webauthn": "accounts.passkey_forms.PasskeyAloneForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
# Whichever step it is shown at: an answer to one could be handed in at another.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# A code typed slowly, or by a clock half a minute off, still fits (RFC 6238, 5.2). None fits twice: factor_forms.py.
MFA_TOTP_TOLERANCE = 1
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 0)

EMAIL_BACKEND = f"django.core.mail.backends.{'console' if DEVELOPMENT else 'smtp'}.EmailBackend"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_PASSWORD", "")
EMAIL_USE_TLS = not DEVELOPMENT
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("EMAIL_FROM", "notes@localhost")

# --- In which words -------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
# Where a new person lives until their browser or they say otherwise.
DEFAULT_PERSON_TIME_ZONE = "America/New_York"
# Where "Leave fast" goes: a page anyone might have open.
LEAVE_URL = env.text("LEAVE_URL", "https://www.weather.gov/")

# --- Static files ---------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static_files.HouseStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
# Every page names a file by its content; a worker reads each name when it starts.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# --- What the browser may do ----------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not DEVELOPMENT
SECURE_HSTS_SECONDS = 0 if DEVELOPMENT else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEVELOPMENT
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

cookie_prefix = "" if DEVELOPMENT else "__Host-"
SESSION_COOKIE_NAME = f"{cookie_prefix}session"
CSRF_COOKIE_NAME = f"{cookie_prefix}csrf"
LANGUAGE_COOKIE_NAME = f"{cookie_prefix}language"
DEVICE_COOKIE_NAME = f"{cookie_prefix}device"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "accounts.sessions"
# Unless "This is my own phone" was ticked at sign-in.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# How long a session lasts without a request, and at the longest. At work are staff and who reads for families.
SESSION_TIMES = {
    "at work": (env.seconds("SESSION_WORK_IDLE", "1h"), env.seconds("SESSION_WORK_LONGEST", "12h")),
    "shared phone": (env.seconds("SESSION_SHARED_IDLE", "30m"), env.seconds("SESSION_SHARED_LONGEST", "12h")),
    "own phone": (env.seconds("SESSION_OWN_IDLE", "14d"), env.seconds("SESSION_OWN_LONGEST", "30d")),
    "signed out": (env.seconds("SESSION_SHARED_IDLE", "30m"),) * 2,
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"

# Where errors are reported to, without a word of what was typed: see config/sentry.py. Off by default.
SENTRY_DSN = env.text("SENTRY_DSN", "")

# Ids and names, never what people wrote.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "config.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        # What is refused has a line of its own already, with who and without the path.
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": [], "propagate": True},
        "gunicorn.error": {"handlers": ["console"], "propagate": False},
        "notes": {"level": "INFO"},
    },
}
