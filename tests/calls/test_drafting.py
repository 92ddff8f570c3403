"""The draft: what is typed is kept, what cannot be read counts for nothing, two windows never overwrite each other."""

from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faubourg.calls import services
from faubourg.calls.draft import mark, marks, read_marks, shown, trouble
from faubourg.calls.enums import ApplicationState, PieceKind
from faubourg.calls.models import Application, FundingLine, Piece
from faubourg.core import clock
from faubourg.core.errors import Conflict, NotAllowed, Refusal, Refusals
from faubourg.documents.models import StoredFile
from faubourg.journal.selectors import entries_about
from faubourg.partners.enums import MembershipState, Role
from faubourg.questions.enums import QuestionKind
from tests.factories.calls import (
    CallFactory,
    a_file,
    draft,
    envelope_of,
    full_draft,
    open_call,
    signer_of,
    submitted_application,
)
from tests.factories.partners import MembershipFactory, ObjectiveFactory, OrganisationFactory, member, officer
from tests.factories.projects import ProjectFactory
from tests.factories.questions import QuestionFactory
from tests.factories.territory import NeighbourhoodFactory

pytestmark = pytest.mark.django_db
HOW_MANY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def application():
    return draft()


@pytest.fixture
def signer(application):
    return signer_of(application.organisation)


def again(application: Application) -> Application:
    return Application.objects.get(pk=application.pk)


# ---------------------------------------------------------------------------------------------- beginning
def test_start_by_a_member_opens_an_empty_draft(django_assert_num_queries):
    call, organisation = open_call(), OrganisationFactory.create()
    person = member(Role.MEMBER, organisation)
    started = services.start(call, organisation, by=person)
    assert (started.state, started.call, started.organisation, started.made_by, started.reference, started.version) == (
        ApplicationState.DRAFT,
        call,
        organisation,
        person.code,
        "",
        0,
    )
    assert [entry.verb for entry in entries_about(started.code)] == ["start"]


@pytest.mark.parametrize("role", [Role.FUNDER, Role.ELECTED, Role.COUNCIL, Role.COMPANY])
def test_start_by_another_role_of_the_organisation_is_refused(role):
    organisation = OrganisationFactory.create()
    with pytest.raises(NotAllowed):
        services.start(open_call(), organisation, by=member(role, organisation))
    assert not Application.objects.exists()


def test_start_by_somebody_of_another_organisation_is_refused():
    with pytest.raises(NotAllowed):
        services.start(open_call(), OrganisationFactory.create(), by=member(Role.SIGNER))


@pytest.mark.parametrize("state", [MembershipState.CLAIMED, MembershipState.REFUSED, MembershipState.ENDED])
def test_start_by_a_voice_that_is_not_confirmed_is_refused(state):
    claim = MembershipFactory.create(role=Role.SIGNER, state=state)
    with pytest.raises(NotAllowed):
        services.start(open_call(), claim.organisation, by=claim.user)


def test_start_before_the_opening_is_refused():
    call, person = open_call(), member(Role.SIGNER)
    organisation = person.memberships.get().organisation
    with clock.at(clock.paris(2026, 11, 1, 8, 59)), pytest.raises(Refusal, match="pas encore ouvert"):
        services.start(call, organisation, by=person)


def test_start_after_the_closing_is_refused():
    call, person = open_call(), member(Role.SIGNER)
    organisation = person.memberships.get().organisation
    with clock.at(call.closes_at), pytest.raises(Refusal, match="L’appel est clos"):
        services.start(call, organisation, by=person)


def test_start_continues_a_project_of_former_years():
    project = ProjectFactory.create(title="Jardin", summary="Un jardin pour tous.")
    person = member(Role.MEMBER, project.organisation)
    begun = services.start(open_call(), project.organisation, project=project, by=person)
    assert (begun.project, begun.title, begun.summary) == (project, "Jardin", "Un jardin pour tous.")


def test_start_continues_no_project_of_another_organisation():
    person = member(Role.SIGNER)
    with pytest.raises(NotAllowed, match="un autre organisme"):
        services.start(open_call(), person.memberships.get().organisation, project=ProjectFactory.create(), by=person)
    assert not Application.objects.exists()


def test_start_continues_a_project_once_in_a_call():
    """One project, one year, one application; the database says so too."""
    call, project = open_call(), ProjectFactory.create()
    person = member(Role.SIGNER, project.organisation)
    first = services.start(call, project.organisation, project=project, by=person)
    with pytest.raises(Refusal, match="déjà un dossier dans cet appel"):
        services.start(call, project.organisation, project=project, by=person)
    other = draft(call, project.organisation, by=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=other.pk).update(project=project)
    services.withdraw(first, by=person)
    assert services.start(call, project.organisation, project=project, by=person).project == project


# ---------------------------------------------------------------------------------------------- one field
@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("title", "  Atelier vélo ", "Atelier vélo"),
        ("summary", "Réparer ensemble.", "Réparer ensemble."),
        ("public", "", ""),
        ("people_expected", "1 200", 1200),
        ("people_qpv", "", None),
        ("starts_on", "2027-01-05", date(2027, 1, 5)),
        ("ends_on", "15/03/2027", date(2027, 3, 15)),
    ],
)
def test_save_field_readable(application, signer, name, text, value):
    saved = services.save_field(application, name, text, by=signer)
    row = again(application)
    assert (saved.problem, saved.version, getattr(row, name), row.typed, row.saved_at) == (
        "",
        1,
        value,
        {},
        clock.now(),
    )


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("title", "x" * 161, "161 signes, c’est trop : 160 au plus. Votre texte est gardé, raccourcissez-le."),
        ("people_expected", "beaucoup", "Écrivez un nombre entier, par exemple 40."),
        ("people_expected", "-4", "Écrivez un nombre entier, par exemple 40."),
        ("people_expected", "12,5", "Écrivez un nombre entier, par exemple 40."),
        ("people_expected", "9" * 5000, "Ce nombre est trop grand."),
        ("people_qpv", "1000001", "Ce nombre est trop grand."),
        ("starts_on", "31/02/2027", "Écrivez une date qui existe, par exemple 15/03/2027."),
        ("ends_on", "demain", "Écrivez une date qui existe, par exemple 15/03/2027."),
    ],
)
def test_save_field_unreadable_is_kept_and_counts_for_nothing(application, signer, name, text, problem):
    saved = services.save_field(application, name, text, by=signer)
    row = again(application)
    assert (saved.problem, row.typed, getattr(row, name)) == (problem, {name: text}, "" if name == "title" else None)
    assert shown(row, [name]) == {name: text}
    assert trouble(row, name) == problem


def test_save_field_corrected_forgets_what_was_unreadable(application, signer):
    services.save_field(application, "people_expected", "3O", by=signer)
    services.save_field(application, "people_expected", "30", by=signer)
    row = again(application)
    assert (row.people_expected, row.typed) == (30, {})


def test_save_field_of_choices_takes_only_those_of_the_call(application, signer):
    other = ObjectiveFactory.create(contract=application.call.contract)
    with pytest.raises(Refusal, match="pas proposé"):
        services.save_field(application, "objectives", [other.code], by=signer)
    mine = application.call.objectives.get()
    services.save_field(application, "objectives", [mine.code], by=signer)
    assert [*again(application).objectives.all()] == [mine]
    services.save_field(application, "objectives", [], by=signer)
    assert not again(application).objectives.exists()


def test_save_field_of_neighbourhoods_stays_in_the_geography_of_the_call(application, signer):
    elsewhere = NeighbourhoodFactory.create()
    with pytest.raises(Refusal, match="pas proposé"):
        services.save_field(application, "neighbourhoods", elsewhere.code, by=signer)
    inside = application.call.geography.neighbourhoods.get()
    services.save_field(application, "neighbourhoods", inside.code, by=signer)
    assert [*again(application).neighbourhoods.all()] == [inside]


@pytest.mark.parametrize(
    "name", ["state", "reference", "b-999", "b-74", "q-inconnue", "asked-E-AUTRE", "", "organisation"]
)
def test_save_field_of_a_forged_page_is_refused(application, signer, name):
    with pytest.raises(Refusal):
        services.save_field(application, name, "submitted", by=signer)
    row = again(application)
    assert (row.state, row.reference, row.version) == (ApplicationState.DRAFT, "", 0)


def test_save_field_of_an_envelope_of_another_call_is_refused(application, signer):
    foreign = envelope_of(CallFactory.create())
    with pytest.raises(Refusal, match="pas de cet appel"):
        services.save_field(application, f"asked-{foreign.code}", "100", by=signer)
    assert not FundingLine.objects.exists()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("3OO", "Ce montant contient la lettre O, il n’est pas compté. Vouliez-vous écrire 300\u202f?"),
        ("-500", "Un montant ne peut pas être négatif."),
        ("9" * 30, "Ce montant est trop grand."),
        ("9" * 5000, "Ce montant est trop grand."),
        ("12,345", "Ce montant n’est pas lisible. Écrivez-le ainsi : 1 200 ou 1 200,50."),
        ("12,50", "Le budget s’écrit en euros entiers, sans centimes : cette ligne n’est pas comptée."),
    ],
)
def test_save_asked_amount_unreadable_is_kept_and_not_asked(application, signer, text, problem):
    name = f"asked-{application.call.envelopes.first().envelope.code}"
    services.save_field(application, name, "7 000", by=signer)
    saved = services.save_field(application, name, text, by=signer)
    row = again(application)
    assert (saved.problem, row.typed, [*row.lines.all()]) == (problem, {name: text[:80]}, [])
    assert shown(row, [name]) == {name: text[:80]}


def test_save_asked_amount_moves_with_what_is_typed(application, signer):
    envelope = application.call.envelopes.first().envelope
    name, seen = f"asked-{envelope.code}", []
    for text in ("7 000 €", "8000", "8000", "0", ""):
        services.save_field(application, name, text, by=signer)
        seen.append([line.asked_cents for line in FundingLine.objects.filter(application=application)])
    assert seen == [[700_000], [800_000], [800_000], [], []]


def test_save_field_of_a_question_with_several_choices_keeps_them(application, signer):
    QuestionFactory.create(
        questionnaire=application.call.questionnaire,
        key="lieux",
        kind=QuestionKind.CHOICES,
        choices=["Rue, place", "Salle"],
    )
    saved = services.save_field(application, "q-lieux", ["Rue, place", "Salle"], by=signer)
    assert (saved.problem, shown(again(application), ["q-lieux"])) == ("", {"q-lieux": "Rue, place\nSalle"})


# ---------------------------------------------------------------------------------------------- the period
def test_period_that_ends_before_it_begins_is_said_beside_the_day_just_typed(application, signer):
    services.save_field(application, "starts_on", "2027-06-01", by=signer)
    saved = services.save_field(application, "ends_on", "2027-05-01", by=signer)
    row = again(application)
    assert (saved.problem, row.starts_on, row.ends_on, row.typed) == (
        "La fin vient avant le début.",
        date(2027, 6, 1),
        None,
        {"ends_on": "2027-05-01"},
    )


def test_period_is_well_again_when_the_other_day_moves(application, signer):
    services.save_field(application, "starts_on", "2027-06-01", by=signer)
    services.save_field(application, "ends_on", "2027-05-01", by=signer)
    saved = services.save_field(application, "starts_on", "2027-04-01", by=signer)
    row = again(application)
    assert (saved.problem, row.starts_on, row.ends_on, row.typed) == ("", date(2027, 4, 1), date(2027, 5, 1), {})


def test_period_moved_past_its_end_is_said_beside_the_beginning(application, signer):
    services.save_fields(application, {"starts_on": "2027-04-01", "ends_on": "2027-05-01"}, by=signer)
    saved = services.save_field(application, "starts_on", "2027-06-01", by=signer)
    row = again(application)
    assert (saved.problem, row.starts_on, row.ends_on) == ("La fin vient avant le début.", None, date(2027, 5, 1))


def test_period_of_a_whole_page_is_said_beside_the_end(application, signer):
    saved = services.save_fields(application, {"starts_on": "2027-06-01", "ends_on": "2027-05-01"}, by=signer)
    assert {item.name: item.problem for item in saved} == {
        "starts_on": "",
        "ends_on": "La fin vient avant le début.",
    }


# ---------------------------------------------------------------------------------------------- two windows
def test_two_windows_on_one_field_the_second_is_told_and_nothing_is_overwritten(application, signer):
    services.save_field(application, "title", "Première fenêtre", by=signer, seen="", version=0)
    with pytest.raises(Conflict) as conflict:
        services.save_field(application, "title", "Seconde fenêtre", by=signer, seen="", version=0)
    assert (conflict.value.field, conflict.value.current) == ("title", "Première fenêtre")
    assert again(application).title == "Première fenêtre"


def test_two_windows_that_write_the_same_agree(application, signer):
    services.save_field(application, "title", "Pareil", by=signer, seen="", version=0)
    assert services.save_field(application, "title", "Pareil ", by=signer, seen="", version=0).problem == ""


def test_window_left_behind_stays_behind_until_it_is_loaded_again(application, signer):
    services.save_field(application, "summary", "Ailleurs", by=signer, version=0)
    assert services.save_field(application, "title", "Ici", by=signer, seen="", version=0).version == 0
    assert services.save_field(application, "title", "Ici encore", by=signer, version=2).version == 3


def test_two_windows_on_a_page_name_only_the_field_that_both_changed(application, signer):
    seen = read_marks(marks(shown(application, ["title", "summary", "public"])))
    services.save_fields(application, {"title": "A", "summary": "", "public": "Tous"}, by=signer, seen=seen, version=0)
    with pytest.raises(Refusals) as refused:
        services.save_fields(
            application, {"title": "B", "summary": "Ici", "public": ""}, by=signer, seen=seen, version=0
        )
    assert [(item.field, item.current) for item in refused.value.items] == [("title", "A")]
    row = again(application)
    assert (row.title, row.summary, row.public) == ("A", "", "Tous")


def test_two_windows_on_different_fields_of_a_page_both_stay(application, signer):
    seen = read_marks(marks(shown(application, ["title", "summary"])))
    services.save_fields(application, {"title": "A", "summary": ""}, by=signer, seen=seen, version=0)
    services.save_fields(application, {"title": "", "summary": "S"}, by=signer, seen=seen, version=0)
    row = again(application)
    assert (row.title, row.summary) == ("A", "S")


def test_two_windows_on_the_budget_keep_both_lines(application, signer):
    seen = read_marks(marks(shown(application, ["b-601", "b-613"])))
    services.save_fields(application, {"b-601": "1 200", "b-613": ""}, by=signer, seen=seen, version=0)
    services.save_fields(application, {"b-601": "", "b-613": "300"}, by=signer, seen=seen, version=0)
    with pytest.raises(Refusals):
        services.save_fields(application, {"b-601": "5", "b-613": "300"}, by=signer, seen=seen, version=0)
    assert shown(again(application), ["b-601", "b-613"]) == {"b-601": "1\u202f200", "b-613": "300"}


def test_own_window_after_autosaves_is_not_taken_for_another(application, signer):
    seen = read_marks(marks(shown(application, ["title"])))
    version = services.save_field(application, "title", "Un", by=signer, seen="", version=0).version
    services.save_fields(application, {"title": "Deux"}, by=signer, seen=seen, version=version)
    services.save_fields(application, {"title": ""}, by=signer, seen=seen, version=2)
    assert again(application).title == ""


def test_whole_page_without_a_change_moves_nothing(application, signer):
    services.save_field(application, "people_expected", "1200", by=signer)
    assert services.save_fields(application, {"people_expected": "1 200", "title": ""}, by=signer) == []
    assert again(application).version == 1


def test_mark_reads_amounts_without_their_spaces_and_words_with_them():
    assert mark("b-601", "1 200") == mark("b-601", "1200") != mark("b-601", "12 000")
    assert mark("title", "Jardin partagé") != mark("title", "Jardinpartagé")
    assert mark("b-74priv-name", "La mer") != mark("b-74priv-name", "Lamer")
    assert mark("objectives", ["b", "a"]) == mark("objectives", ["a", "b"])
    assert mark("asked-E-1", "0") == mark("asked-E-1", "")


# ---------------------------------------------------------------------------------------------- who may write
@pytest.mark.parametrize("role", [Role.SIGNER, Role.MEMBER])
def test_both_roles_of_the_organisation_write(application, role):
    person = member(role, application.organisation)
    assert services.save_field(application, "title", "Par nous", by=person).problem == ""


def attackers(application):
    funder = member(Role.FUNDER, application.call.envelopes.first().envelope.funder)
    claimed = MembershipFactory.create(
        organisation=application.organisation, role=Role.SIGNER, state=MembershipState.CLAIMED
    ).user
    ended = MembershipFactory.create(
        organisation=application.organisation, role=Role.SIGNER, state=MembershipState.ENDED, ends_on=date(2026, 11, 1)
    ).user
    return [member(Role.SIGNER), officer(), funder, claimed, ended, member(Role.ELECTED)]


def test_nobody_else_writes_attaches_or_takes_out(application, signer):
    piece = services.attach(application, a_file(), PieceKind.OTHER, by=signer)
    for attacker in attackers(application):
        for attack in (
            lambda by: services.save_field(application, "title", "Volé", by=by),
            lambda by: services.save_fields(application, {"title": "Volé"}, by=by),
            lambda by: services.attach(application, a_file(), PieceKind.OTHER, by=by),
            lambda by: services.detach(piece, by=by),
            lambda by: services.submit(application, sworn=True, by=by),
            lambda by: services.withdraw(application, by=by),
        ):
            with pytest.raises(NotAllowed):
                attack(attacker)
    row = again(application)
    assert (row.title, row.state, row.pieces.count()) == ("", ApplicationState.DRAFT, 1)


def test_submitted_application_changes_no_more():
    application = submitted_application()
    signer = signer_of(application.organisation)
    with pytest.raises(Refusal, match="déjà déposé"):
        services.save_field(application, "title", "Trop tard", by=signer)
    with pytest.raises(Refusal, match="déjà déposé"):
        services.save_fields(application, {"title": "Trop tard"}, by=signer)
    with pytest.raises(NotAllowed):
        services.attach(application, a_file(), PieceKind.OTHER, by=signer)
    with pytest.raises(Refusal, match="déjà déposé"):
        services.detach(application.pieces.get(), by=signer)
    assert again(application).title == "Atelier vélo solidaire"


# ---------------------------------------------------------------------------------------------- files
@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("vide.pdf", b"", "vide"),
        ("virus.exe", b"MZ\x90\x00", "acceptés"),
        ("photo.pdf", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "mais contient"),
        ("lourd.pdf", b"%PDF-1.4\n" + b"0" * (10 * 1024 * 1024), "trop lourd"),
    ],
)
def test_attach_refuses_bad_files_beside_the_field(application, signer, name, content, words):
    with pytest.raises(Refusal, match=words) as refused:
        services.attach(application, a_file(name, content), PieceKind.STATUTES, by=signer)
    assert (refused.value.field, Piece.objects.count()) == ("file", 0)


def test_attach_asks_what_it_is(application, signer):
    with pytest.raises(Refusal) as refused:
        services.attach(application, a_file(), "mystère", by=signer)
    assert refused.value.field == "kind"


def weighing(piece: Piece, megabytes: int) -> None:
    """As if the file were this heavy."""
    StoredFile.objects.filter(pk=piece.file_id).update(size=megabytes * 1024 * 1024)


def test_attach_stops_at_so_many_files(application, signer):
    pieces = [services.attach(application, a_file(), PieceKind.OTHER, by=signer) for _ in range(20)]
    with pytest.raises(Refusal, match="20 fichiers au plus") as refused:
        services.attach(application, a_file(), PieceKind.OTHER, by=signer)
    assert (refused.value.field, Piece.objects.count(), StoredFile.objects.count()) == ("file", 20, 20)
    services.detach(pieces[0], by=signer)
    services.attach(application, a_file(), PieceKind.OTHER, by=signer)


def test_attach_stops_at_so_many_megabytes(application, signer, settings):
    """Six files of the heaviest kind: the rest of the room is told in figures."""
    settings.MAX_UPLOAD_MB = 10
    for megabytes in (30, 29):
        weighing(services.attach(application, a_file(), PieceKind.OTHER, by=signer), megabytes)
    said = (
        "Avec ce fichier, les pièces pèseraient 60,5\u202fMo, pour 60\u202fMo au plus en tout. Allégez ce fichier, ou "
        "retirez une autre pièce. Rien n’a été ajouté."
    )
    for size, refused in ((3 * 1024 * 1024 // 2, said), (1024 * 1024, ""), (1, said.replace("60,5", "60"))):
        upload = a_file("notes.txt", b"a" * size)
        if not refused:
            services.attach(application, upload, PieceKind.OTHER, by=signer)
            continue
        with pytest.raises(Refusal) as no:
            services.attach(application, upload, PieceKind.OTHER, by=signer)
        assert (no.value.field, no.value.message) == ("file", refused)
    with pytest.raises(Refusal, match="Ce fichier est trop lourd"):  # what is wrong with the file comes first
        services.attach(application, a_file(content=b"0" * (11 * 1024 * 1024)), PieceKind.OTHER, by=signer)


def test_answer_has_room_of_its_own():
    """A full draft does not keep its people from giving the piece that is asked for."""
    application = full_draft()
    signer, boss = signer_of(application.organisation), officer()
    for _ in range(19):
        services.attach(application, a_file(), PieceKind.OTHER, by=signer)
    services.submit(application, sworn=True, by=signer)
    services.ask_for_piece(again(application), text="Le RIB.", due_on=date(2026, 12, 10), by=boss)
    with pytest.raises(Refusal, match=r"« statuts.pdf » : 20 fichiers au plus"):
        services.answer_request(application, answer="", uploads=[a_file() for _ in range(21)], by=signer)
    assert Piece.objects.count() == 20
    services.answer_request(application, answer="", uploads=[a_file(), a_file()], by=signer)
    assert Piece.objects.count() == 22


def test_detach_takes_the_file_out(application, signer, django_capture_on_commit_callbacks):
    piece = services.attach(application, a_file(), PieceKind.BANK, by=signer)
    place = Path(piece.file.blob.path)
    with django_capture_on_commit_callbacks(execute=True):
        services.detach(piece, by=signer)
    assert not Piece.objects.exists()
    assert not StoredFile.objects.exists()
    assert not place.exists()
    assert [entry.verb for entry in entries_about(application.code)] == ["start", "attach", "detach"]


# ---------------------------------------------------------------------------------------------- whatever is typed
NAMES = ["title", "summary", "public", "people_expected", "people_qpv", "starts_on", "ends_on", "objectives",
         "neighbourhoods", "q-besoin", "b-601", "b-74priv", "b-74priv-name", "b-74priv-state", "b-indirect-rule",
         "asked", "b-balance", "sworn"]  # fmt: skip


@HOW_MANY
@given(name=st.sampled_from(NAMES), text=st.one_of(st.text(), st.from_regex(r"[0-9 ,.€Oo/-]{0,12}")))
def test_save_field_of_anything_raises_nothing_but_a_refusal(name, text):
    application = draft()
    signer = signer_of(application.organisation)
    try:
        saved = services.save_field(application, name, text, by=signer)
    except Refusal:
        assert again(application).version == 0
        return
    row = again(application)
    assert saved.version == row.version == 1
    services.problems(row)
    if saved.problem and not name.startswith(("b-", "q-")):
        assert shown(row, [name])[name] == text.replace("\x00", "").replace("\r\n", "\n") or name in (
            "starts_on",
            "ends_on",
        )


@HOW_MANY
@given(text=st.one_of(st.text(), st.from_regex(r"-?[0-9  ,.€Ool]{0,14}")))
def test_save_asked_amount_of_anything_is_counted_or_kept(text):
    application = draft()
    name = f"asked-{application.call.envelopes.first().envelope.code}"
    saved = services.save_field(application, name, text, by=signer_of(application.organisation))
    row = again(application)
    asked = sum(line.asked_cents for line in row.lines.all())
    assert asked >= 0
    assert bool(saved.problem) == (name in row.typed)
    assert not (saved.problem and asked)


def test_full_draft_lacks_nothing():
    assert services.problems(full_draft()) == []


def test_a_title_is_one_line(application, signer):
    """A forged page does not write paragraphs into the mails that name the project."""
    services.save_field(application, "title", "Vélo\r\n\nVotre compte\u2028est fermé", by=signer)
    assert again(application).title == "Vélo  Votre compte est fermé"
