"""Measures one home (FAUBOURG_HOME) through Django's test client; writes what it found as JSON.

``python -m benchmarks.measure SIZE RESULT`` makes the world too, when the home is empty. It waits for a line before
each piece of work and answers by one: so two worlds take turns, and a machine that slows down slows both.
"""

import gzip
import json
import re
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SAMPLES, WARMING, ROUNDS = 9, 2, 2


class Recorder:
    """Counts and times every statement of the block, as Django's own capture does, without keeping them."""

    def __init__(self) -> None:
        self.count, self.seconds = 0, 0.0

    def __call__(self, execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.count += 1
            self.seconds += time.perf_counter() - begun

    @classmethod
    @contextmanager
    def watching(cls) -> Iterator["Recorder"]:
        from django.db import connection

        recorder = cls()
        with connection.execute_wrapper(recorder):
            yield recorder


def kilobytes(content: bytes) -> float:
    return round(len(gzip.compress(content, 6)) / 1024, 1)


def whole_weight(html: bytes) -> float:
    """The page and all that it loads from here; the three Latin faces of the typeface count too."""
    from django.conf import settings

    weight = kilobytes(html)
    named = dict.fromkeys(re.findall(rb'(?:src|href)="/static/([^"]+\.(?:css|js|svg|woff2))"', html))
    files = {Path(settings.STATIC_ROOT, name.decode()) for name in named}
    if any(file.suffix == ".css" for file in files):
        faces = Path(settings.STATIC_ROOT, "core/fonts").glob("*.woff2")
        plain = [face for face in faces if "europe" not in face.name and face.name.count(".") == 1]
        files = {file for file in files if file.suffix != ".woff2"} | set(plain)
    for file in files:
        content = file.read_bytes()
        weight += len(content) / 1024 if file.suffix == ".woff2" else kilobytes(content)
    return round(weight, 1)


class Visitor:
    """One browser per role, signed in once."""

    def __init__(self) -> None:
        self.clients: dict[str, Any] = {}

    def __getitem__(self, role: str) -> Any:
        from django.test import Client

        from benchmarks.world import PEOPLE
        from faubourg.accounts.door import PROVED
        from faubourg.accounts.models import User

        if role not in self.clients:
            self.clients[role] = Client(SERVER_NAME="127.0.0.1")
            if role:
                person = User.objects.get(email=PEOPLE[role])
                self.clients[role].force_login(person)
                session = self.clients[role].session
                session[PROVED] = person.pk  # officers and funders have shown their second proof
                session.save()
        return self.clients[role]


def names() -> dict[str, str]:
    """Codes that the table of pages leaves open."""
    from faubourg.calls.models import Application, CallEnvelope

    application = Application.objects.filter(call__code="2027", state="admissible").order_by("pk")[5]
    return {
        "{application}": application.code,
        "{draft}": Application.objects.filter(call__code="2028").order_by("-pk")[0].code,
        "{place}": "quartier-1",
        "{envelope}": CallEnvelope.objects.filter(call__code="2027").order_by("pk")[0].envelope.code,
    }


def address(page: Any, known: dict[str, str]) -> str | None:
    from django.urls import NoReverseMatch, reverse

    try:
        found = reverse(page.name, args=[known.get(word, word) for word in page.args])
    except NoReverseMatch:
        return None
    query = page.query
    for word, code in known.items():
        query = query.replace(word, code)
    return found + query


def measure_page(client: Any, url: str | None, *, whole: bool, cold: bool = False) -> dict[str, Any]:
    """One page that breaks does not take the whole measure with it."""
    if url is None:
        return {"problem": "pas encore de page"}
    try:
        return _measure_page(client, url, whole=whole, cold=cold)
    except Exception as error:
        return {"problem": f"en panne : {type(error).__name__}"}


def _measure_page(client: Any, url: str, *, whole: bool, cold: bool) -> dict[str, Any]:
    from django.core.cache import caches
    from django.db import connection

    spent, sql, own = [], [], []
    for turn in range(WARMING + SAMPLES):
        if cold:
            caches["process"].clear()
        with Recorder.watching() as recorder:
            begun, worked = time.perf_counter(), time.process_time()
            response = client.get(url)
            lasted, worked = time.perf_counter() - begun, time.process_time() - worked
        if response.status_code != 200:
            return {"problem": f"HTTP {response.status_code}"}
        if turn >= WARMING:
            spent.append(lasted * 1000)
            own.append(worked * 1000)
            sql.append(recorder.seconds * 1000)
    # PostgreSQL works in processes of its own: there, only the whole time holds its work too
    cost = own if connection.vendor == "sqlite" else spent
    return {
        "queries": recorder.count,
        "ms": round(statistics.median(spent), 1),
        "cpu_ms": round(statistics.median(own), 1),
        "cost_ms": round(min(cost), 1),  # for the comparison of two worlds: the turn that nothing disturbed
        "sql_ms": round(statistics.median(sql), 1),
        "kb": whole_weight(response.content) if whole else kilobytes(response.content),
    }


def set_phase(*, reading: bool) -> None:
    """The call at work: in committee, or before it, while each funder reads and writes for itself."""
    from datetime import timedelta

    from django.db.models import F

    from faubourg.calls.models import Call

    state, shared_at = ("published", None) if reading else ("committee", F("closes_at") + timedelta(days=20))
    Call.objects.filter(code="2027").update(state=state, opinions_shared_at=shared_at)


EXPLAINED = {"sqlite": ("EXPLAIN QUERY PLAN", r"INDEX (calls_app_\w+)"), "postgresql": ("EXPLAIN", r"(calls_app_\w+)")}


def indexes_behind(client: Any, url: str | None) -> str:
    """The indexes of the applications' table by which the page finds its fifty lines, as the database plans it."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    if url is None:
        return ""
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    explain, index = EXPLAINED[connection.vendor]
    found = set()
    for query in captured.captured_queries:
        sql = query["sql"]
        if 'FROM "calls_application"' in sql and ("LIMIT 50" in sql or "LIKE" in sql):
            with connection.cursor() as cursor:
                cursor.execute(f"{explain} {sql}")
                plan = "\n".join(str(step[-1]) for step in cursor.fetchall())
            found |= set(re.findall(index, plan))
    return ", ".join(sorted(found)) or "aucun"


def measure_submit(client: Any) -> dict[str, Any]:
    """Each draft is handed in once; the receipt is the worker's business."""
    from django.urls import NoReverseMatch, reverse

    from faubourg.calls.models import Application

    drafts = Application.objects.filter(call__code="2028", state="draft").order_by("pk")
    counts, spent = [], []
    for draft in list(drafts[:5]):
        try:
            url = reverse("calls:submit", args=[draft.code])
        except NoReverseMatch:
            return {"problem": "pas encore de page"}
        with Recorder.watching() as recorder:
            begun = time.perf_counter()
            response = client.post(url, {"sworn": "on", "version": str(draft.version)})
            spent.append((time.perf_counter() - begun) * 1000)
        counts.append(recorder.count)
        draft.refresh_from_db()
        if draft.state == "draft":
            return {"problem": f"refusé (HTTP {response.status_code})"}
    if len(counts) < 2:
        return {"problem": "plus de brouillon à déposer dans cette base"}
    return {"queries": max(counts[1:]), "ms": round(statistics.median(spent[1:]), 1)}


def measure_csv(client: Any) -> dict[str, Any]:
    from django.urls import NoReverseMatch, reverse

    try:
        url = reverse("calls:csv", args=["2027"])
    except NoReverseMatch:
        return {"problem": "pas encore de page"}
    begun = time.perf_counter()
    response = client.get(url)
    if response.status_code != 200:
        return {"problem": f"HTTP {response.status_code}"}
    size = sum(len(part) for part in response.streaming_content)
    lasted = time.perf_counter() - begun
    tracemalloc.start()
    for _ in client.get(url).streaming_content:
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return {
        "seconds": round(lasted, 2),
        "kb": round(size / 1024),
        "peak_mb": round(peak / 1024 / 1024, 1),
    }


def make_home(size: int) -> float:
    """Tables, static files and rows, unless they are there; seconds that the rows took."""
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.world import make
    from faubourg.search.services import rebuild

    if connection.introspection.table_names():
        return 0.0
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    begun = time.perf_counter()
    make(size)
    rebuild()
    return round(time.perf_counter() - begun, 1)


def settle() -> None:
    """What a database does by itself after a large load: statistics, and PostgreSQL's map of the visible rows."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def database() -> str:
    """« PostgreSQL 15.8 »."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version" if connection.vendor == "postgresql" else "SELECT sqlite_version()")
        return f"{connection.display_name} {cursor.fetchone()[0].split()[0]}"


def visited(size: int, known: dict[str, str]) -> list[str]:
    """What a web worker serves before its memory is weighed: all that the officer opens, at this size."""
    from benchmarks.pages import PAGES

    mine = [page for page in PAGES if page.role in ("", "officer") and size in page.sizes]
    return sorted({url for page in mine if (url := address(page, known))})


def my_turn() -> None:
    """Says that the last piece is done, and waits for its turn."""
    print(flush=True)
    sys.stdin.readline()


def measure_pages(visitor: Visitor, known: dict[str, str], size: int) -> dict[str, Any]:
    """Each page twice, far apart in time; the better of both is kept."""
    from benchmarks.pages import PAGES

    pages: dict[str, Any] = {}
    for page in PAGES * ROUNDS:
        my_turn()
        if size not in page.sizes:
            continue
        set_phase(reading=page.reading)
        found = measure_page(visitor[page.role], address(page, known), whole=page.whole, cold=page.cold)
        kept = pages.setdefault(page.label, found)
        if "problem" in found or found["cost_ms"] < kept.get("cost_ms", 0):
            pages[page.label] = found
    return pages


def main(size: int, result: Path) -> None:
    import django

    django.setup()
    from benchmarks.pages import PAGES

    made = make_home(size)
    settle()
    visitor, known = Visitor(), names()
    pages = measure_pages(visitor, known, size)
    my_turn()
    filters = [page for page in PAGES if page.sql_ms]
    found = {
        "made_s": made,
        "indexes": {page.label: indexes_behind(visitor[page.role], address(page, known)) for page in filters},
        "database": database(),
        "pages": pages,
        "csv": measure_csv(visitor["officer"]),
        "submit": measure_submit(visitor["applicant"]),
        "cookie": visitor["officer"].cookies.output(header="", attrs=[]).strip().replace("\r\n", ";"),
        "paths": visited(size, known),
    }
    result.write_text(json.dumps(found))
    print(flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
