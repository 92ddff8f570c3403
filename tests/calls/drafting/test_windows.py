"""Two windows on one draft never overwrite each other."""

import pytest

from faubourg.calls import services
from faubourg.calls.draft import mark, marks, read_marks, shown
from faubourg.core.errors import Conflict, Refusals
from tests.calls.drafting.ground import again

pytestmark = pytest.mark.django_db


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
