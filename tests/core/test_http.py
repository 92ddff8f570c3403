from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from faubourg.core import http
from faubourg.core.errors import Conflict, NotAllowed, Refusal, Refusals


def request_of(user=None, path="/bureau/?page=2"):
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()
    return request


PERSON = SimpleNamespace(is_authenticated=True)


@http.signed_in
def page(request):
    return HttpResponse("la page")


@http.page_for(lambda user: user.name == "Claire")
def reserved(request):
    return HttpResponse("réservée")


def test_strangers_go_to_the_door_and_come_back():
    response = page(request_of())
    assert (response.status_code, response["Location"]) == (302, "/entrer/?next=/bureau/%3Fpage%3D2")


def test_people_see_the_page():
    assert page(request_of(PERSON)).content.decode() == "la page"


def test_a_rule_opens_the_page():
    claire = SimpleNamespace(is_authenticated=True, name="Claire")
    assert reserved(request_of(claire)).content.decode() == "réservée"


def test_a_rule_closes_the_page():
    with pytest.raises(NotAllowed, match="réservée à d’autres rôles"):
        reserved(request_of(SimpleNamespace(is_authenticated=True, name="Jean")))


def test_a_rule_is_not_asked_for_strangers():
    assert reserved(request_of()).status_code == 302


# ---------------------------------------------------------------------------------------------- acts
def asked(deed, said="C’est fait.", **more):
    """The answer to an act, and what was said of it."""
    request = request_of(PERSON)
    request._messages = SimpleNamespace(add=lambda level, words, tags: heard.append(words))
    heard: list[str] = []
    answer = http.act(request, deed, lambda refusal: HttpResponse(refusal.message, status=422), said, "/bureau/")
    return answer.status_code, answer.get("Location", answer.content.decode()), heard


def refuse(refusal):
    raise refusal


def test_an_act_is_done_said_and_leads_on():
    assert asked(lambda: 3) == (302, "/bureau/", ["C’est fait."])
    assert asked(lambda: 3, lambda count: f"{count} lettres.") == (302, "/bureau/", ["3 lettres."])


def test_an_act_that_is_refused_stays_on_its_page():
    assert asked(lambda: refuse(Refusal("Impossible."))) == (422, "Impossible.", [])
    with pytest.raises(NotAllowed):
        asked(lambda: refuse(NotAllowed("Non.")))


@pytest.mark.parametrize("goes", [True, False])
def test_an_act_by_a_form_stays_beside_its_fields_or_leads_on(goes):
    request, heard = request_of(PERSON), []
    request._messages = SimpleNamespace(add=lambda level, words, tags: heard.append(words))
    form = SimpleNamespace(save=lambda by: goes and by is PERSON, result="État")
    answer = http.act_by_form(
        request, form, lambda bad: HttpResponse("la page", status=422 if bad is form else 500), str.upper, "/bureau/"
    )
    expected = (302, ["ÉTAT"]) if goes else (422, [])
    assert (answer.status_code, heard) == expected


@http.act_for(lambda user: user.name == "Claire")
def deed(request):
    return HttpResponse("fait")


def test_an_act_is_sent_by_those_whom_the_rule_knows():
    claire = SimpleNamespace(is_authenticated=True, name="Claire")
    assert deed(request_of(claire)).status_code == 405
    sent = RequestFactory().post("/")
    sent.user = claire
    assert deed(sent).content.decode() == "fait"
    sent.user = SimpleNamespace(is_authenticated=True, name="Jean")
    with pytest.raises(NotAllowed):
        deed(sent)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("refusal", "status"),
    [(NotAllowed("Non."), 403), (Conflict("Déjà écrit."), 409), (Refusal("Impossible."), 422)],
)
def test_a_refusal_is_a_page(refusal, status):
    response = http.RefusalMiddleware(page).process_exception(request_of(), refusal)
    assert response.status_code == status
    assert refusal.message in response.content.decode()


def test_other_exceptions_are_not_hidden():
    middleware = http.RefusalMiddleware(page)
    assert middleware.process_exception(request_of(), ValueError("x")) is None
    assert middleware(request_of(PERSON)).content.decode() == "la page"


def test_refusals_are_told_together():
    both = Refusals([Refusal("Un.", field="a"), Refusal("Deux.")])
    assert (both.message, both.field, [item.field for item in both.items]) == ("Un. Deux.", "", ["a", ""])


def test_a_csv_is_read_by_french_spreadsheets_and_holds_no_formula():
    rows = [["=1+1", 12], ["Roue ; libre", None], ["-", 1.5], ["", 0]]
    response = http.csv_stream("dossiers.csv", ["nom", "montant"], rows)
    assert response["Content-Disposition"] == 'attachment; filename="dossiers.csv"'
    text = b"".join(response.streaming_content).decode()
    assert text == "\ufeffnom;montant\r\n'=1+1;12\r\n\"Roue ; libre\";\r\n'-;1.5\r\n;0\r\n"


def test_a_csv_is_made_row_by_row():
    def rows():
        yield ["un"]
        raise AssertionError("asked too early")

    stream = iter(http.csv_stream("a.csv", ["x"], rows()).streaming_content)
    assert [next(stream), next(stream), next(stream)] == ["\ufeff".encode(), b"x\r\n", b"un\r\n"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("view", "status"),
    [(http.bad_request, 400), (http.forbidden, 403), (http.csrf_failure, 403), (http.not_found, 404)],
)
def test_pages_that_fail_speak_french(view, status):
    response = view(request_of())
    assert response.status_code == status
    assert '<html lang="fr"' in response.content.decode()


def test_the_page_of_a_broken_server_needs_no_database():
    response = http.server_error(request_of())
    assert response.status_code == 500
    assert '<html lang="fr"' in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/dossiers/%00/", "/projets/P-%00/", "/bureau/journal/?objet=%00", "/?x=a%00b"])
def test_an_address_with_a_zero_sign_is_not_readable(client, address):
    """PostgreSQL answers a zero sign in a text with an error: it never gets there."""
    response = client.get(address)
    assert (response.status_code, "pas lisible" in response.content.decode()) == (400, True)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_begins_as_a_formula(sign):
    stream = http.csv_stream("a.csv", ["x"], [[f"{sign}1"]]).streaming_content
    assert b"'" + sign.encode() in b"".join(stream)
