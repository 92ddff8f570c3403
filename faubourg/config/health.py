"""`faubourg check`: what is wrong with an installation, in words, and what to do about it."""

import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from urllib.parse import urlparse

from django.conf import settings
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.db.models import Max

from faubourg.config.starting import missing_migrations
from faubourg.config.words import first_line, of_database, reason
from faubourg.core import clock, daily
from faubourg.core.cards import cards, load

Problems = Iterator[str]
LOW_DISK_MB = 500
BORN = datetime(2026, 11, 1, tzinfo=UTC)  # no installation is older than the program
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def problems() -> list[str]:
    """Every problem found, one line each. Without a database the questions about its content are not asked."""
    found = [*_asked(secret_key), *_asked(address), *_asked(storage), *_asked(disk), *_asked(mail)]
    unreachable = list(database())
    if unreachable:
        return found + unreachable
    behind = list(migrations())
    if behind:
        return found + behind
    for question in (time, work, rooms):
        found += _asked(question)
    return found


def _asked(question: Callable[[], Problems]) -> list[str]:
    """A question that breaks is itself a problem, never a traceback."""
    try:
        return list(question())
    except Exception as error:
        return [f"Le contrôle « {question.__name__} » n’a pas abouti : {error.__class__.__name__} ({error})."]


def database() -> Problems:
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        yield (
            f"La base de données ne répond pas ({of_database(error)}). "
            "Vérifiez DATABASE_URL, et que le serveur PostgreSQL tourne."
        )


def migrations() -> Problems:
    missing = missing_migrations()
    if missing:
        yield (f"Il manque {len(missing)} migration(s) à la base, dont {missing[0]}. Lancez : faubourg manage migrate")


def mail() -> Problems:
    backend = settings.EMAIL_BACKEND.rpartition(".")[0].rpartition(".")[2]
    if backend != "smtp":
        return
    post = get_connection(timeout=2)
    try:
        post.open()
        post.close()
    except Exception as error:  # smtplib, socket and ssl each have their own
        said = reason(error) if isinstance(error, OSError) else first_line(error)
        yield (
            f"Le serveur de courrier {settings.EMAIL_HOST}:{settings.EMAIL_PORT} ne répond pas ({said}). "
            "Vérifiez FAUBOURG_EMAIL_URL."
        )


def storage() -> Problems:
    for folder in (settings.HOME, Path(settings.MEDIA_ROOT)):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder) as file:
                file.write(b"faubourg")
        except OSError as error:
            yield (
                f"Le dossier {folder} ne peut pas être écrit ({reason(error)}). Donnez-en les droits au compte "
                "qui fait tourner Faubourg, ou changez FAUBOURG_HOME."
            )


def secret_key() -> Problems:
    if len(settings.SECRET_KEY) < 50 or len(set(settings.SECRET_KEY)) < 5:
        yield (
            "La clé secrète est trop courte : sessions et liens d’entrée pourraient être imités. "
            "Retirez FAUBOURG_SECRET_KEY, ou donnez-lui au moins 50 caractères tirés au hasard."
        )
    file = settings.HOME / "secret-key"
    if not os.environ.get("FAUBOURG_SECRET_KEY") and file.exists():
        mode = stat.S_IMODE(file.stat().st_mode)
        if mode & 0o077:
            yield f"La clé secrète peut être lue par d’autres comptes (droits {mode:o}). Lancez : chmod 600 {file}"


def disk() -> Problems:
    place = settings.HOME if settings.HOME.exists() else Path("/")
    free = shutil.disk_usage(place).free // 2**20
    if free < LOW_DISK_MB:
        yield f"Il ne reste que {free} Mo sur le disque de {place}. Libérez de la place : il en faut {LOW_DISK_MB}."


def address() -> Problems:
    url = urlparse(settings.BASE_URL)
    if url.scheme != "https" and url.hostname not in LOOPBACK:
        yield (
            f"L’adresse publique {settings.BASE_URL} n’est pas en https : les liens d’entrée circuleraient en clair. "
            "Mettez un certificat devant, puis FAUBOURG_URL=https://…"
        )
    if url.hostname not in LOOPBACK:
        if settings.DEBUG:
            yield "FAUBOURG_DEBUG est actif sur une adresse publique : retirez-le."
        if "*" in settings.ALLOWED_HOSTS:
            yield "FAUBOURG_HOSTS accepte n’importe quel nom (*) : écrivez-y le nom du site."


def time() -> Problems:
    now = clock.now()
    entry = import_module("faubourg.journal.models").Entry.objects.aggregate(last=Max("at"))["last"]
    if now < BORN:
        yield f"L’horloge de la machine retarde : elle dit {now:%d/%m/%Y}. Activez la mise à l’heure (NTP)."
    elif entry and entry > now + timedelta(minutes=2):
        yield (
            f"L’horloge de la machine retarde, ou a avancé un temps : elle dit {now:%d/%m/%Y %H:%M} UTC, "
            f"le journal est déjà au {entry:%d/%m/%Y %H:%M} UTC. Activez la mise à l’heure (NTP)."
        )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            gap = abs((cursor.fetchone()[0] - clock.now()).total_seconds())
        if gap > 60:
            yield f"L’horloge de la base diffère de {gap:.0f} secondes de celle-ci. Activez la mise à l’heure (NTP)."


def work() -> Problems:
    """Does somebody do the background work?"""
    waiting = import_module("django_tasks_db.models").DBTaskResult.objects.ready()
    late = waiting.filter(enqueued_at__lt=clock.now() - timedelta(minutes=10)).count()
    if late:
        yield f"{late} travail(aux) attend(ent) depuis plus de dix minutes : lancez « faubourg worker »."
    last = daily.last_run()
    if last and (clock.today() - last).days > 1:
        yield f"Le travail quotidien n’a pas tourné depuis le {last:%d/%m/%Y} : lancez « faubourg worker »."


def rooms() -> Problems:
    """What each open room's card says is wrong with it."""
    for card in cards():
        for path in card.checks:
            yield from load(path)()
