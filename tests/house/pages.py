"""What templates must be: checks over their text, that return what is wrong, one line each."""

import html
import re
import subprocess
import sys
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver

from tests.house.places import templates

TAGS = re.compile(
    r"{%.*?%}|{{.*?}}|{#.*?#}|<!--.*?-->|<(?:script|style|svg|code|pre)\b.*?</(?:\w+)>|<[^>]*>", re.DOTALL
)
COMMENT = re.compile(r"{% comment .*?%}.*?{% endcomment %}", re.DOTALL)
SHOWN_ATTRIBUTES = re.compile(r'(?:alt|title|placeholder|aria-label|label|help|text)="([^"{]*)"')
STRAIGHT = re.compile(r"\w'\w")
ENGLISH = re.compile(
    r"\b(?:the|and|with|your|you|please|submit|save|delete|edit|cancel|click|here|sign in|sign out|log in|log out"
    r"|password|home|next|previous|search|required|error|errors|not found|upload|download|settings|username"
    r"|loading|of|from|this|that|are|was|yes|new|add|remove|back|more|show|hide|close|open|draft|deadline)\b",
    re.IGNORECASE,
)
FALSE_FRIENDS = {"Action Logement"}  # names of things that happen to look English
INLINE = re.compile(r"""\sstyle=|<style\b|<script(?![^>]*\bsrc=)[^>]*>|\son[a-z]+=["']|javascript:""", re.IGNORECASE)
STATIC = re.compile(r"""{%\s*static\s+["']([^"']+)["']""")
URL = re.compile(r"""{%\s*url\s+["']([^"']+)["']""")
NAMED = re.compile(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""")


def is_mail(path: str) -> bool:
    """Mails are laid out by attributes: no mail reader loads a style sheet."""
    return "/mails/" in path or path.endswith("/mail.html")


def words(text: str) -> str:
    """What a person reads of a template."""
    text = COMMENT.sub(" ", text)
    shown = " ".join(SHOWN_ATTRIBUTES.findall(text))
    return html.unescape(TAGS.sub(" ", text) + " " + shown)


def english(root: Path) -> list[str]:
    found = []
    for path, text in templates(root, (".html", ".txt")).items():
        read = words(text)
        for name in FALSE_FRIENDS:
            read = read.replace(name, "")
        found += [f"{path}: {word}" for word in sorted(set(ENGLISH.findall(read)))]
    return found


def straight_apostrophes(root: Path) -> list[str]:
    return [
        f"{path}: {found[0]}"
        for path, text in templates(root, (".html", ".txt")).items()
        if (found := STRAIGHT.search(words(text)))
    ]


def inline(root: Path) -> list[str]:
    """The content policy lets neither style nor script stand in a page."""
    return [
        f"{path}: {found[0].strip()}"
        for path, text in templates(root).items()
        if not is_mail(path)
        for found in INLINE.finditer(COMMENT.sub("", text))
    ]


def lost_files(root: Path) -> list[str]:
    return [
        f"{path}: {name}"
        for path, text in templates(root, (".html", ".txt")).items()
        for name in STATIC.findall(text)
        if not finders.find(name)
    ]


def lost_urls(root: Path) -> list[str]:
    known = set(url_names(whole=True))
    return [
        f"{path}: {name}"
        for path, text in templates(root, (".html", ".txt")).items()
        for name in URL.findall(text)
        if name not in known
    ]


def lost_templates(root: Path) -> list[str]:
    found = []
    for path, text in templates(root, (".html", ".txt")).items():
        for name in NAMED.findall(text):
            try:
                get_template(name)
            except TemplateDoesNotExist:
                found.append(f"{path}: {name}")
    return found


def unformatted(root: Path) -> str:
    command = [str(Path(sys.executable).parent / "djade"), "--target-version", "5.2", "--check"]
    files = [str(root / path) for path in templates(root)]
    done = subprocess.run([*command, *files], capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout + done.stderr if done.returncode else ""


def is_of_the_editors(entry: URLResolver | URLPattern) -> bool:
    """The desk of a library, all behind one door, and its pages: tests/website/test_door.py tries each address."""
    return str(entry.pattern) == "redaction/" or getattr(entry, "name", "") == "wagtail_serve"


def url_names(resolver: URLResolver | None = None, prefix: str = "", *, whole: bool = False) -> list[str]:
    """Every name that an address has: "calls:results"; an address without a name is said as such. ``whole``: the
    editors' desk too."""
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        if is_of_the_editors(entry) and not whole:
            continue
        if isinstance(entry, URLResolver):
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            found += url_names(entry, inner, whole=whole)
        elif isinstance(entry, URLPattern):
            found.append(f"{prefix}{entry.name}" if entry.name else f"(no name) {entry.pattern}")
    return found
