"""All settings, read from the environment (docs/settings.md lists them; a test keeps the list true)."""

import os
from datetime import date
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from faubourg.config import identities, looks

environ.Env.BOOLEAN_TRUE_STRINGS += ("oui",)  # as docs/settings.md says it: without this, « oui » meant no
env = environ.Env()

# ---------------------------------------------------------------------------------------------- where data live
HOME = Path(env.str("FAUBOURG_HOME", default="var")).absolute()
DEBUG = env.bool("FAUBOURG_DEBUG", default=False)
DEMO = env.bool("FAUBOURG_DEMO", default=False)  # shows the example accounts; set by `faubourg demo` alone


def _secret_key() -> str:
    """The key given by the environment, or the one that the first start wrote under FAUBOURG_HOME."""
    given = env.str("FAUBOURG_SECRET_KEY", default="")
    if given:
        return given
    file = HOME / "secret-key"
    if file.exists() and (key := file.read_text().strip()):
        return key
    from django.core.management.utils import get_random_secret_key

    HOME.mkdir(parents=True, exist_ok=True)
    fresh = HOME / f".secret-key.{os.getpid()}"  # whole or not at all, whoever starts at the same time
    fresh.touch(mode=0o600)
    fresh.write_text(get_random_secret_key())
    fresh.replace(file)
    return file.read_text().strip()


SECRET_KEY = _secret_key()
BIND = env.str("FAUBOURG_BIND", default="127.0.0.1")
PORT = env.int("FAUBOURG_PORT", default=8000)
WORKERS = env.int("FAUBOURG_WORKERS", default=2)
BASE_URL = env.str("FAUBOURG_URL", default=f"http://127.0.0.1:{PORT}").rstrip("/")
_host = environ.urlparse(BASE_URL).hostname or "127.0.0.1"
ALLOWED_HOSTS = env.list("FAUBOURG_HOSTS", default=[_host, "127.0.0.1", "localhost"])

# ---------------------------------------------------------------------------------------------- the rooms
# Ground floor first. A town closes a room by naming it in FAUBOURG_CLOSED_ROOMS; what stands above it must go too.
ROOMS = [
    "core",
    "journal",
    "accounts",
    "notifications",
    "documents",
    "questions",
    "search",
    "territory",
    "partners",
    "funding",
    "projects",
    "calls",
    "desk",
    "website",
    "demo",
]
CLOSED_ROOMS = [room.strip() for room in env.list("FAUBOURG_CLOSED_ROOMS", default=[])]
# Without these nobody would enter, speak for an organisation, or be written to.
ALWAYS_OPEN = ("core", "journal", "accounts", "notifications", "documents", "search", "territory", "partners")
for _room in CLOSED_ROOMS:
    if _room not in ROOMS:
        _there_are = ", ".join(ROOMS)
        raise ImproperlyConfigured(f"FAUBOURG_CLOSED_ROOMS : « {_room} » n’est pas une pièce. Il y a : {_there_are}")
    if _room in ALWAYS_OPEN:
        raise ImproperlyConfigured(f"FAUBOURG_CLOSED_ROOMS : « {_room} » ne se ferme pas")
ROOMS = [room for room in ROOMS if room not in CLOSED_ROOMS or (room == "demo" and DEMO)]
# The editors' desk of the public site (docs/decisions/0010); without this room nothing of it is loaded.
WAGTAIL = [
    "wagtail.contrib.redirects",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.images",
    "wagtail.documents",  # its desk asks for it; nobody has a right there: a paper of the town is no page
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "django.forms",  # its widget templates, for FORM_RENDERER
    "django_htmx",
    "csp",
    "django_tasks",
    "django_tasks_db",
    *(WAGTAIL if "website" in ROOMS else []),
    *(f"faubourg.{room}" for room in ROOMS),
]
# The house's own words come before a library's pages of the same name.
INSTALLED_APPS.sort(key=lambda app: not app.startswith("faubourg."))
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "faubourg.core.http.AddressMiddleware",
    "faubourg.core.http.RefusalMiddleware",
    *(["wagtail.contrib.redirects.middleware.RedirectMiddleware"] if "website" in ROOMS else []),
]
ROOT_URLCONF = "faubourg.config.urls"
WSGI_APPLICATION = "faubourg.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", ["faubourg.core.typography.FrenchLoader"])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "faubourg.core.context.town",
            ],
            "builtins": [
                f"faubourg.core.templatetags.{tags}" for tags in ("faubourg", "drawings", "ways", "components")
            ],
        },
    }
]
FORM_RENDERER = "faubourg.core.rendering.HouseForms"

# ---------------------------------------------------------------------------------------------- database
_database = env.str("DATABASE_URL", default=f"sqlite:///{HOME / 'faubourg.sqlite3'}")
DATABASES = {"default": environ.Env.db_url_config(_database)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Measured: default settings fail 22 % of read-then-write transactions of 8 writers; these fail none.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
            " PRAGMA cache_size=-16000; PRAGMA mmap_size=134217728;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---------------------------------------------------------------------------------------------- people
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {"user_attributes": ("email", "first_name", "last_name")},
        "MinimumLengthValidator": {"min_length": 12},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "desk:home" if "desk" in ROOMS else "accounts:me"
LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_NAME = "session"
CSRF_COOKIE_NAME = "csrf"
CSRF_FAILURE_VIEW = "faubourg.core.http.csrf_failure"
# The door is allauth's, its pages and its mails are the house's (docs/decisions/0006).
ACCOUNT_ADAPTER = "faubourg.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # without the second one the library mails codes instead
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account is born of a link that was read in its mailbox
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_REAUTHENTICATION_METHODS = ["password", "mfa"]
ACCOUNT_RATE_LIMITS = {"login_failed": "30/h/ip,10/h/key", "reset_password": "10/h/ip,3/h/key"}
ACCOUNT_FORMS = {
    name: f"faubourg.accounts.forms.{form}"
    for name, form in {
        "login": "PasswordSignInForm",
        "change_password": "ChangePassword",
        "set_password": "SetPassword",
        "reset_password": "ForgottenPassword",
        "reset_password_from_key": "NewPassword",
        "reauthenticate": "ConfirmPassword",
    }.items()
}
MFA_FORMS = {
    name: f"faubourg.accounts.forms.{form}"
    for name, form in {
        "authenticate": "SecondCode",
        "reauthenticate": "ConfirmCode",
        "activate_totp": "FirstCode",
        "add_webauthn": "NewKey",
        "authenticate_webauthn": "KeyAsProof",
        "login_webauthn": "KeyAtTheDoor",
        "reauthenticate_webauthn": "KeyAgain",
        "edit_webauthn": "KeyName",
    }.items()
}
MFA_ADAPTER = "faubourg.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # a phone's clock is off by a few seconds
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not BASE_URL.startswith("https://")  # loopback alone is a secure context too
# Officers, funders who decide and administrators need a second factor; the example world lets everybody try.
SECOND_FACTOR = env.bool("FAUBOURG_SECOND_FACTOR", default=not DEMO)
# ProConnect, FranceConnect, or any other OpenID Connect provider: none unless the town sets one (docs/decisions/0008).
_identities = identities.read(env.str("FAUBOURG_IDENTITY_PROVIDERS", default=""))
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"APPS": _identities, "provider_class": "faubourg.accounts.identities.Provider"}
}
SOCIALACCOUNT_ADAPTER = "faubourg.accounts.identities.IdentityAdapter"
CACHES = {
    # What must be counted once for all processes: refused passwords. « process » is for what each may count itself.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "KEY_FUNCTION": "faubourg.core.codes.hidden_key",
        # By default 300: whoever tries that many addresses would push out the count of wrong passwords of one.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # By default the shared table, where each photo of a page would cost two queries.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
SIGN_IN_LINK_MINUTES = env.int("FAUBOURG_SIGN_IN_LINK_MINUTES", default=30)
SIGN_IN_LINKS_PER_HOUR = env.int("FAUBOURG_SIGN_IN_LINKS_PER_HOUR", default=5)

# ---------------------------------------------------------------------------------------------- French at the edge
LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["faubourg.core.formats"]

# ---------------------------------------------------------------------------------------------- the town
TOWN = {
    "site": env.str("FAUBOURG_SITE_NAME", default="Faubourg"),
    "name": env.str("FAUBOURG_TOWN", default="Grand Dax"),
    "agency": env.str("FAUBOURG_AGENCY", default="Grand Dax Agglomération"),
    "city": env.str("FAUBOURG_CITY", default="Dax"),
    "contact": env.str("FAUBOURG_CONTACT", default="contrat-de-ville@exemple.fr"),
    "address": env.str("FAUBOURG_ADDRESS", default=""),
    "director": env.str("FAUBOURG_DIRECTOR", default=""),
    "host": env.str("FAUBOURG_HOST_NAME", default=""),
    "host_address": env.str("FAUBOURG_HOST_ADDRESS", default=""),
    "dpo": env.str("FAUBOURG_DPO", default=""),
    "source": env.str("FAUBOURG_SOURCE_URL", default=""),
}
THEME = looks.read(env)
TOWN["links"] = THEME.paints["adour"]  # of mails, whose readers load no sheet
SECURITY_CONTACT = env.str("FAUBOURG_SECURITY_CONTACT", default="")


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise ImproperlyConfigured(f"« {given} » n’est pas un jour, par exemple 2027-03-12") from None


# What the last audit of accessibility found; without one the site says « non conforme », as the law wants.
ACCESSIBILITY = {
    "rate": env.int("FAUBOURG_ACCESSIBILITY_RATE", default=None),
    "audit": env.str("FAUBOURG_ACCESSIBILITY_AUDIT", default=""),
    "gaps": env.str("FAUBOURG_ACCESSIBILITY_GAPS", default=""),
    "on": _day(env.str("FAUBOURG_ACCESSIBILITY_ON", default="")),
    "contact": env.str("FAUBOURG_ACCESSIBILITY_CONTACT", default=""),
}
# The ways of appeal printed under a decision: law changes, so it is a setting, not a line of code.
APPEAL_WORDS = env.str(
    "FAUBOURG_APPEAL_WORDS",
    default="Vous pouvez contester cette décision devant le tribunal administratif dans les deux mois qui suivent "
    "la réception de cette lettre.",
)
PROOF_DAYS = env.int("FAUBOURG_PROOF_DAYS", default=60)
MAX_UPLOAD_MB = env.int("FAUBOURG_MAX_UPLOAD_MB", default=10)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# ---------------------------------------------------------------------------------------------- mail and work
EMAIL_CONFIG = env.email_url("FAUBOURG_EMAIL_URL", default=f"filemail://{HOME / 'mails'}")
vars().update(EMAIL_CONFIG)
if EMAIL_CONFIG["EMAIL_BACKEND"].endswith("filebased.EmailBackend"):
    EMAIL_FILE_PATH = str(HOME / "mails")
DEFAULT_FROM_EMAIL = env.str("FAUBOURG_FROM", default=f"Contrat de ville <{TOWN['contact']}>")
EMAIL_TIMEOUT = 20
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# ---------------------------------------------------------------------------------------------- files
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
MEDIA_ROOT = HOME / "files"  # never served by path: every download asks a rule
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    # The site's photos: whole, read by nobody; and cut to size, for everybody.
    "originals": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(HOME / "originals"), "base_url": None},
    },
    "photos": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(HOME / "photos"), "base_url": "/photos/"},
    },
}
WHITENOISE_MAX_AGE = 365 * 24 * 3600

# ---------------------------------------------------------------------------------------------- the editors' desk
WAGTAIL_SITE_NAME = TOWN["name"]
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False  # asks a server elsewhere
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # would tell it who edits
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILADMIN_RECENT_EDITS_LIMIT = 5
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", "Français")]
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_DATE_FORMAT, WAGTAIL_DATETIME_FORMAT, WAGTAIL_TIME_FORMAT = "%d/%m/%Y", "%d/%m/%Y %H:%M", "%H:%M"
WAGTAILIMAGES_IMAGE_MODEL = "website.Photo"
WAGTAILIMAGES_IMAGE_FORM_BASE = "faubourg.website.forms.PhotoForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]  # a drawing in SVG is a program
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 30_000_000
WAGTAILIMAGES_RENDITION_STORAGE = "photos"
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["h2", "h3", "bold", "italic", "ol", "ul", "link"]},
    }
}

# ---------------------------------------------------------------------------------------------- the town wall
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF, *identities.origins(_identities)],  # a browser judges where an answer sends on, too
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
_https = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _https else 0
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("FAUBOURG_BEHIND_PROXY", default=False) else None
)
CSRF_TRUSTED_ORIGINS = [BASE_URL] if _https else []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "django.request": {"level": "ERROR"},  # a page not found is no news
        "gunicorn.http.wsgi": {"level": "ERROR"},  # nor is a HEAD whose body is dropped
    },
    "root": {"handlers": ["console"], "level": env.str("FAUBOURG_LOG_LEVEL", default="WARNING")},
}
