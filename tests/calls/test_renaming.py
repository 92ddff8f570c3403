"""What an organisation asked for is found under its new name as soon as the worker has had its turn."""

import pytest

from faubourg.core import clock
from faubourg.partners import services as partners
from faubourg.search import services as search
from faubourg.search.selectors import faults, find
from tests.factories import calls as call_factory
from tests.factories.partners import OrganisationFactory, officer

pytestmark = pytest.mark.django_db


def test_a_new_name_is_followed_everywhere(django_capture_on_commit_callbacks):
    boss, house = officer(), OrganisationFactory.create(name="Ancienne enseigne")
    call_factory.submitted_application(call_factory.open_call(code="2027"), house)
    search.rebuild()
    with django_capture_on_commit_callbacks(execute=True):
        partners.rename_organisation(house, name="Nouvelle enseigne", valid_from=clock.today(), by=boss)
    assert list(faults()) == []
    assert {hit.note for group in find("nouvelle", boss).groups for hit in group.hits if "enseigne" in hit.note}
