"""The desk's pages of a call, as their tests go about in them."""

from django.test import Client
from django.urls import reverse

SECRET = "Le motif que personne ne doit lire avant le partage."


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode()


def url(name, *args):
    return reverse(f"calls:{name}", args=args)


def pages(made, application):
    call, code, state = made.call.code, application.code, made.state.code
    return {
        ("get", url("desk_calls")): {"officer", "funder", "elected"},
        ("get", url("call_new")): {"officer"},
        ("get", url("call_edit", call)): {"officer", "funder", "elected"},
        ("post", url("call_edit", call)): {"officer"},
        ("post", url("call_publish", call)): {"officer"},
        ("post", url("envelope_add", call)): {"officer"},
        ("post", url("envelope_resize", call, state)): {"officer"},
        ("post", url("envelope_remove", call, state)): {"officer"},
        ("post", url("share_opinions", call)): {"officer"},
        ("post", url("open_committee", call)): {"officer"},
        ("post", url("announce", call)): {"officer"},
        ("get", url("desk_list", call)): {"officer", "funder"},
        ("get", url("csv", call)): {"officer", "funder"},
        ("get", url("committee", call)): {"officer", "funder", "elected"},
        ("get", url("projected", call)): {"officer", "funder", "elected"},
        ("get", url("decide", call, code, state)): {"officer"},
        ("post", url("decide", call, code, state)): {"officer"},
        ("get", url("letters", call)): {"officer"},
        ("post", url("prepare_letters", call)): {"officer"},
        ("post", url("notify", call)): {"officer"},
        ("get", url("desk_application", code)): {"officer", "funder"},
        ("post", url("admit", code)): {"officer"},
        ("post", url("reject", code)): {"officer"},
        ("post", url("ask_for_piece", code)): {"officer"},
        ("post", url("opinion", code)): {"funder"},
    }
