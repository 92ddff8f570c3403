"""The command: ``faubourg demo | serve | worker | daily | check | officer | erase | manage ...``.

What goes wrong is said in one line and ends with 1; ``manage`` alone speaks as Django does.
"""

import argparse
import gc
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, NoReturn


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code of what was asked."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "faubourg.config.settings")
    if words[:1] == ["manage"]:
        return _manage(words[1:])
    asked = _parser().parse_args(words)
    if asked.version:
        from faubourg.config.version import version

        print(f"Faubourg {version()}")
        return 0
    if not asked.do:
        _parser().print_help()
        return 1
    return _in_words(lambda: _with_django(asked))


class _Help(argparse.HelpFormatter):
    """Help in French to its first word."""

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "usage : " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """Says in French what it asks and what it does not understand."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"formatter_class": _Help, **options})
        self._positionals.title = "à donner "
        self._optionals.title = "options "

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"Commande incomprise. « {self.prog} --help » montre ce qui existe.\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="faubourg",
        description="Le contrat de ville, de l’appel à projets au bilan.",
        usage="faubourg <commande> [options]",
        add_help=False,
    )
    parser.add_argument("-h", "--help", action="help", help="montrer cette aide")
    parser.add_argument("--version", action="store_true", help="dire quelle version c’est")
    orders = parser.add_subparsers(title="commandes", metavar="", prog="faubourg")

    def order(name: str, do: Callable[[argparse.Namespace], int], says: str) -> argparse.ArgumentParser:
        one = orders.add_parser(name, help=says, description=says, add_help=False)
        one.add_argument("-h", "--help", action="help", help="montrer cette aide")
        one.set_defaults(do=do)
        return one

    parser.set_defaults(do=None, demo=False, port=None)
    demo = order("demo", _demo, "construire le monde d’exemple et l’ouvrir dans le navigateur")
    demo.set_defaults(demo=True)
    serve = order("serve", _serve, "ouvrir le serveur web")
    serve.add_argument("--worker", action="store_true", help="faire aussi le travail de fond, dans le même arbre")
    serve.add_argument("--migrate", action="store_true", help="mettre d’abord la base à jour")
    for one in (demo, serve):
        one.add_argument("--port", type=int, help="port d’écoute (FAUBOURG_PORT, 8000 par défaut)")
    order("worker", _worker, "faire le travail de fond : courriers, tâches, travail quotidien")
    order("daily", _daily, "faire maintenant le travail quotidien")
    order("check", _check, "dire ce qui ne va pas dans cette installation")
    officer = order("officer", _officer, "nommer la première personne qui conduit le contrat, et lui donner un lien")
    officer.add_argument("email", metavar="adresse", help="son adresse électronique")
    officer.add_argument("--name", default="", metavar="PRÉNOM-NOM", help="son prénom puis son nom, entre guillemets")
    officer.add_argument(
        "--organisation", default="", metavar="NOM", help="la collectivité qui conduit le contrat (FAUBOURG_AGENCY)"
    )
    erase = order("erase", _erase, "effacer une personne qui le demande : son nom et son adresse disparaissent partout")
    erase.add_argument("email", metavar="adresse", help="son adresse électronique")
    erase.add_argument("--yes", action="store_true", help="ne rien demander")
    order("manage", _worker, "les commandes de Django : faubourg manage migrate, shell…")
    return parser


def _manage(words: list[str]) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["faubourg manage", *words])
    if words == ["migrate"]:
        from faubourg.config.starting import furnish

        furnish()
    return 0


def _with_django(asked: argparse.Namespace) -> int:
    """Set what the settings read, then load them."""
    if asked.port is not None:
        os.environ["FAUBOURG_PORT"] = str(asked.port)
    if asked.demo:
        os.environ["FAUBOURG_DEMO"] = "1"
        os.environ.setdefault("FAUBOURG_URL", f"http://127.0.0.1:{os.environ.get('FAUBOURG_PORT', '8000')}")
    _load_settings()
    result: int = asked.do(asked)
    return result


@contextmanager
def _unswept() -> Iterator[None]:
    """Without looking for garbage where there is none: a fifth of the seconds of a start, and of a check."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _load_settings() -> None:
    import django
    from django.core.exceptions import ImproperlyConfigured

    from faubourg.config.words import Stop, of_setting

    try:
        with _unswept():
            django.setup()
    except (ImproperlyConfigured, ValueError) as error:
        raise Stop(f"Un réglage ne convient pas : {of_setting(error)}. La liste est dans docs/settings.md.") from error


def _in_words(do: Callable[[], int]) -> int:
    """No traceback for what a person can put right."""
    from django.db import DatabaseError

    from faubourg.config.words import Stop, of_database, reason

    code = 1
    try:
        return do()
    except KeyboardInterrupt:
        return 130
    except Stop as error:
        line, code = str(error), error.code
    except DatabaseError as error:
        line = f"La base de données refuse : {of_database(error)}. « faubourg check » dit quoi faire."
    except OSError as error:
        line = f"Impossible de lire ou d’écrire {error.filename or 'un fichier'} : {reason(error)}."
    print(line, file=sys.stderr)
    return code


# ------------------------------------------------------------------------------------------- the orders


def _demo(asked: argparse.Namespace) -> int:
    from django.conf import settings

    from faubourg.config import starting

    starting.port_is_free(settings.BIND, settings.PORT)
    with starting.alone():
        with starting.interruptible():
            starting.DemoHome().make_ready()
            starting.gather_static()

        def show() -> None:
            links = starting.sign_in_links(settings.BASE_URL)
            wide = max((len(role) for role, _, _ in links), default=0)
            broad = max((len(person) for _, person, _ in links), default=0)
            print(f"\nFaubourg est ouvert : {settings.BASE_URL}\n")
            if links:
                print("Pour entrer, un lien par rôle (chacun sert une fois) :")
            for role, person, link in links:
                print(f"  {role:<{wide}}  {person:<{broad}}  {link}")
            print("\nCtrl-C arrête tout.", flush=True)

        return _tree(settings.BIND, settings.PORT, show, worker=True)


def _serve(asked: argparse.Namespace) -> int:
    from django.conf import settings

    from faubourg.config import starting
    from faubourg.config.words import Stop

    starting.port_is_free(settings.BIND, settings.PORT)
    with starting.interruptible():
        if asked.migrate:
            starting.migrate()
        elif missing := starting.missing_migrations():
            raise Stop(f"La base n’est pas à jour ({len(missing)} migrations) : faubourg manage migrate")
        starting.gather_static()
    said = "\n".join(starting.welcome())
    return _tree(settings.BIND, settings.PORT, lambda: print(said, flush=True), worker=asked.worker)


def _tree(address: str, port: int, show: Callable[[], None], *, worker: bool) -> int:
    """The web server, and the worker where it is wanted, in one tree."""
    from django.db import connection

    from faubourg.config.tree import Child, run_tree

    def when_ready(alive: Callable[[], bool]) -> None:
        while alive() and not _answers(address, port):
            time.sleep(0.05)
        if alive():
            show()
        connection.close()

    connection.close()
    children = [Child("le serveur web", (sys.executable, "-m", "gunicorn", *_gunicorn(address, port)))]
    if worker:
        children.append(Child("le travail de fond", (sys.executable, "-m", "faubourg.config.cli", "worker")))
    return run_tree(children, when_ready=when_ready)


def _gunicorn(address: str, port: int) -> list[str]:
    from django.conf import settings

    host = f"[{address}]" if ":" in address else address
    options = {
        "bind": f"{host}:{port}",
        "workers": settings.WORKERS,
        "worker-class": "gthread",
        "threads": 4,
        "timeout": 60,
        "graceful-timeout": 5,
        "log-level": "warning",
        **({"worker-tmp-dir": "/dev/shm"} if os.access("/dev/shm", os.W_OK) else {}),  # noqa: S108  no disk writes
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    return [*flags, "--preload", "--no-control-socket", "faubourg.config.wsgi:application"]


def _answers(address: str, port: int) -> bool:
    """With --preload the port is opened after the application is loaded: who answers is ready."""
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)  # noqa: S104
    with suppress(OSError), socket.create_connection((near, port), timeout=1):
        return True
    return False


def _worker(asked: argparse.Namespace) -> int:
    from faubourg.config.working import work

    return work()


def _daily(asked: argparse.Namespace) -> int:
    from faubourg.core import daily

    outcome = daily.run()
    for done in outcome:
        print(f"{done.path} : {'échec, voir le journal du serveur' if done.treated is None else done.treated}")
    return 1 if any(done.treated is None for done in outcome) else 0


def _check(asked: argparse.Namespace) -> int:
    from faubourg.config.health import problems

    with _unswept():
        found = problems()
    for line in found:
        print(f"✗ {line}")
    if not found:
        print("Tout va bien : base, migrations, courrier, fichiers, clé, disque, horloge, journal, recherche.")
    return 1 if found else 0


def _officer(asked: argparse.Namespace) -> int:
    from faubourg.config.naming import name_officer

    return name_officer(asked.email, name=asked.name, organisation=asked.organisation)


def _erase(asked: argparse.Namespace) -> int:
    from faubourg.config.erasing import erase

    return erase(asked.email, sure=asked.yes)


if __name__ == "__main__":
    sys.exit(main())
