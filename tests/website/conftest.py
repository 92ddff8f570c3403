"""Somebody of the communications office, at the editors' desk, before a site that is laid out."""

import pytest

from faubourg.partners.enums import Role
from faubourg.website import services
from faubourg.website.models import HomePage
from tests.factories.partners import OrganisationFactory, member


@pytest.fixture
def editor(client):
    """Somebody of the communications office, at the desk."""
    user = member(Role.EDITOR, OrganisationFactory.create(name="Communication"))
    client.force_login(user)
    return user


@pytest.fixture
def home(editor) -> HomePage:
    services.admit_editor(editor)
    return services.lay_out_site(by=editor)
