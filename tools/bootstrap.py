"""Make .venv out of a lock file, once: `python3 tools/bootstrap.py run` (or `dev`).

Standard library only, and written so that an old Python can read it: it has to be able to say that it is too old.
Every failure is one line that says what to do; running it again repairs what was left half-made.
"""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
STAMP = os.path.join(VENV, "faubourg.stamp")
LOG = os.path.join(VENV, "pip.log")
PYTHON = os.path.join(VENV, "bin", "python")
SUPPORTED = ((3, 11), (3, 12), (3, 13))
MAKE_VENV = ["-m", "venv"]
TRY_VENV = "import pip, sys; print('%d.%d' % sys.version_info[:2])"

# What pip says -> what a person should do.
TROUBLES = (
    (
        r"NewConnectionError|NameResolutionError|Temporary failure|ProxyError|ConnectionError|TimeoutError|timed out"
        r"|ConnectTimeout|Connection (refused|reset|aborted)|Network is unreachable|from versions: none",
        "Pas de réseau : les paquets n’ont pas pu être téléchargés. Vérifiez la connexion, puis relancez la commande.",
    ),
    (r"SSLError|CERTIFICATE_VERIFY_FAILED", "Le certificat du dépôt de paquets est refusé (proxy, horloge ?)."),
    (
        r"DO NOT MATCH THE HASHES",
        "Un paquet téléchargé n’est pas celui attendu (empreinte différente).",
    ),
    (r"No space left on device", "Il n’y a plus de place sur le disque."),
    (r"Permission denied|Read-only file system", "Le dossier .venv ne peut pas être écrit : vérifiez ses droits."),
)


class Trouble(Exception):
    """Something that a person must put right; its text says how."""


def fingerprint(lock):
    with open(lock, "rb") as file:
        content = file.read()
    with open(os.path.abspath(__file__), "rb") as file:
        content += file.read()
    return hashlib.sha256(content + ("%d.%d" % sys.version_info[:2]).encode() + ROOT.encode()).hexdigest()


def change_python():
    """Under an unsupported Python, go on under a supported one if the machine has it."""
    if sys.version_info[:2] in SUPPORTED:
        return
    for version in reversed(SUPPORTED):
        other = shutil.which("python%d.%d" % version)
        if other and subprocess.call([other, "-c", "import ensurepip, venv"], stderr=subprocess.DEVNULL) == 0:
            os.execv(other, [other] + [os.path.abspath(__file__)] + sys.argv[1:])
    raise Trouble(
        "Faubourg demande Python 3.11, 3.12 ou 3.13 ; celui-ci est %d.%d. "
        "Installez-en un, puis : make demo PYTHON=python3.12" % sys.version_info[:2]
    )


def is_ready(wanted):
    """Is the environment the one that these locks describe? The dev one serves for running too."""
    try:
        with open(STAMP) as file:
            made = file.read().split()
    except OSError:
        return False
    return wanted in made and os.access(PYTHON, os.X_OK) and os.path.exists(os.path.join(VENV, "bin", "faubourg"))


def make_venv():
    """A fresh environment; one that works is kept and mended by pip."""
    if os.path.lexists(VENV) and not works():
        print("L’environnement .venv est incomplet : il est refait.", flush=True)
        remove(VENV)
    if os.path.lexists(VENV):
        return
    try:
        import ensurepip  # noqa: F401  Debian leaves it out
        import venv  # noqa: F401
    except ImportError:
        raise Trouble(
            "Il manque le module venv de Python. Sous Debian ou Ubuntu : sudo apt install python3-venv"
            " — puis relancez la commande."
        ) from None
    made = subprocess.run([sys.executable] + MAKE_VENV + [VENV], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if made.returncode:
        said = made.stdout.decode(errors="replace")
        remove(VENV)
        raise Trouble(trouble(said) or "L’environnement .venv n’a pas pu être créé : %s" % last_line(said))


def works():
    """Does .venv run its own Python, of our version, with pip?"""
    try:
        said = subprocess.run([PYTHON, "-c", TRY_VENV], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return said.returncode == 0 and said.stdout.decode().strip() == "%d.%d" % sys.version_info[:2]


def remove(path):
    try:
        if os.path.islink(path) or os.path.isfile(path):
            os.unlink(path)
        elif os.path.isdir(path):
            shutil.rmtree(path)
    except OSError as error:
        raise Trouble("%s ne peut pas être effacé (%s)." % (path, error.strerror)) from None


def install(lock):
    """Exactly what the lock says, by hash."""
    command = [PYTHON, "-m", "pip", "install", "--require-hashes", "--no-deps", "--no-compile", "--no-input"]
    command += ["--disable-pip-version-check", "--retries", "2", "--timeout", "20", "--progress-bar", "off", "-r", lock]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = done.stdout.decode(errors="replace")
    with open(LOG, "w") as file:
        file.write(said)
    return done.returncode == 0, said


def trouble(said):
    for pattern, words in TROUBLES:
        if re.search(pattern, said):
            return words
    return ""


def last_line(said):
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR")]
    return (errors or lines or ["(rien)"])[-1][:200]


def door():
    """`.venv/bin/faubourg`, and the house on Python's path: nothing to build, nothing to download."""
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    library = subprocess.check_output([PYTHON, "-c", code]).decode().strip()
    with open(os.path.join(library, "faubourg.pth"), "w") as file:
        file.write(ROOT + "\n")
    script = os.path.join(VENV, "bin", "faubourg")
    with open(script, "w") as file:  # through sh: a path may hold spaces, or be too long for a first line
        file.write("#!/bin/sh\n'''exec' \"%s\" \"$0\" \"$@\"\n' '''\n" % PYTHON)
        file.write("import sys\n\nfrom faubourg.config.cli import main\n\nsys.exit(main())\n")
    os.chmod(script, 0o755)


def bootstrap(which):
    change_python()
    locks = {name: os.path.join(ROOT, "requirements", name + ".lock") for name in ("run", "dev")}
    wanted = fingerprint(locks[which])
    if is_ready(wanted):
        return
    print("Première fois : installation dans .venv (une minute environ)…", flush=True)
    make_venv()
    remove(STAMP)
    done, said = install(locks[which])
    if not done and not trouble(said):  # a broken environment: once more from nothing
        remove(VENV)
        make_venv()
        done, said = install(locks[which])
    if not done:
        raise Trouble(trouble(said) or "L’installation a échoué : %s (détails : .venv/pip.log)" % last_line(said))
    door()
    names = ("run", "dev") if which == "dev" else ("run",)
    with open(STAMP, "w") as file:
        file.write("\n".join(fingerprint(locks[name]) for name in names) + "\n")


def stop(number, frame):
    raise KeyboardInterrupt


def main():
    before = signal.signal(signal.SIGTERM, stop)  # pip ends with us
    try:
        bootstrap(sys.argv[1] if len(sys.argv) > 1 else "run")
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrompu. Relancez la même commande : elle reprendra.", file=sys.stderr)
        return 130
    except OSError as error:
        print("Impossible d’écrire ou de lire %s : %s." % (error.filename, error.strerror), file=sys.stderr)
        return 1
    finally:
        signal.signal(signal.SIGTERM, before)
    return 0


if __name__ == "__main__":
    sys.exit(main())
