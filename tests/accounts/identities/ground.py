"""Somebody in front of the provider's page, as a browser would take them there and back."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
from django.contrib.auth import SESSION_KEY
from django.test import Client

ASK, ANSWER = "/entrer/avec/proconnect/", "/entrer/avec/proconnect/retour/"


def asks(client: Client, **sent: str) -> str:
    """The provider's page to which the button leads."""
    answer = client.post(ASK, sent)
    assert answer.status_code == 302, text(answer)
    return answer["Location"]


def confirms(page: str, sub: str = "claire") -> str:
    """What the provider answers once somebody has shown who they are there; as the browser is sent back with it."""
    answer = requests.post(page, data={"sub": sub}, allow_redirects=False, timeout=5)
    assert answer.headers["Location"].startswith(f"http://testserver{ANSWER}?")
    return answer.headers["Location"].removeprefix("http://testserver")


def comes_in(client: Client, sub: str = "claire", **sent: str) -> Any:
    return client.get(confirms(asks(client, **sent), sub))


def query_of(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def text(answer: Any) -> str:
    main = answer.content.decode().partition("<main ")[2].partition(">")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)).strip()


def who(client: Client) -> str | None:
    return client.session.get(SESSION_KEY)
