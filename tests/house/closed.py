"""A house with some rooms closed, looked at from inside: `python -m tests.house.closed` prints what stands in it.

The environment says which rooms and which empty database. It is migrated, given its first officer or the example
world, checked, left a day, and walked by all kinds of people: one page of each address that a link leads to.
"""

import json
import re
import sys
from typing import Any


def main() -> dict[str, Any]:
    import django

    django.setup()
    from django.apps import apps
    from django.conf import settings
    from django.test.utils import override_settings

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    plain = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STORAGES=plain, SECOND_FACTOR=False, ALLOWED_HOSTS=["*"]):
        from faubourg.config import cli, health
        from faubourg.core import daily

        cli.main(["manage", "migrate", "--verbosity", "0"])
        cli.main(["manage", "createcachetable"])
        people = inhabitants(apps.is_installed("faubourg.demo"))
        found = on_the_cards()
        found["broken"] = sorted({said for person in (None, *people) for said in walk(person)})
        found["failed"] = [done.path for done in daily.run() if done.treated is None]
        found["problems"] = health.problems()
    return found


def inhabitants(with_the_world: bool) -> list[Any]:
    """The officer of a new house, or the example's people, one of each kind."""
    from faubourg.accounts.models import User
    from faubourg.config.naming import name_officer

    if not with_the_world:
        name_officer("camille@exemple.fr", name="Camille Exemple", organisation="")
        return list(User.objects.all())
    from faubourg.demo import services
    from faubourg.demo.services import sign_in_links

    services.build_world()
    emails = [re.search(r"<(.+)>", person)[1] for _, person, _ in sign_in_links("http://127.0.0.1")]
    return list(User.objects.filter(email__in=emails))


def on_the_cards() -> dict[str, Any]:
    from faubourg.core.cards import cards
    from tests.house.pages import url_names

    return {
        "rooms": [card.label for card in cards()],
        "addresses": sorted(url_names()),
        "menu": sorted(item.url_name for card in cards() for item in card.menu),
        "daily": [path for card in cards() for path in card.daily],
        "checks": [path for card in cards() for path in card.checks],
        "register": [row.what for card in cards() for row in card.personal_data],
    }


def walk(person: Any) -> list[str]:
    """What does not open, of the pages that a link leads to from the first one: one of each address."""
    from django.test import Client
    from django.urls import Resolver404, resolve

    client = Client(raise_request_exception=False)
    if person:
        client.force_login(person)
    seen, waiting, broken = set(), [("/", "")], []
    while waiting:
        path, whence = waiting.pop()
        if path.startswith("/redaction/") and path != "/redaction/":
            continue  # a library's own desk
        try:
            name = resolve(path).view_name
        except Resolver404:
            broken.append(f"{path} on {whence}: no such address")
            continue
        if name in seen:
            continue
        seen.add(name)
        response = client.get(path, follow=True)
        if response.status_code >= 400:
            broken.append(f"{name} on {whence}: {response.status_code}")
        elif response["Content-Type"].startswith("text/html"):
            text = response.content.decode()
            waiting += ((link, path) for link in re.findall(r'href="(/(?!static/)[^"?#]*)', text))
    return broken


if __name__ == "__main__":
    sys.stdout.write(f"{json.dumps(main())}\n")
