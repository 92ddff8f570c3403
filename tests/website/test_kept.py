"""The home, kept by each process until something is done."""

from datetime import timedelta

import pytest

from faubourg.core import clock
from faubourg.website import services
from faubourg.website.models import StoryListPage, StoryPage
from tests.factories.accounts import UserFactory
from tests.factories.partners import officer
from tests.website.desk import photo
from tests.website.test_home import full_town


@pytest.mark.django_db(transaction=True)
def test_the_home_is_drawn_once_until_something_is_done(client, django_assert_num_queries):
    full_town()
    boss = officer()
    services.admit_editor(boss)
    home = services.lay_out_site(by=boss)
    for name in ("un", "deux"):
        story = StoryPage(title=name, slug=name, photo=photo())
        services.put_up(story, StoryListPage.objects.get(), by=boss)
    client.get("/")
    with django_assert_num_queries(1):
        first = client.get("/").content
    home.headline = "Bienvenue à tous"
    services.publish(home, by=boss)
    second = client.get("/").content.decode()
    assert "Bienvenue à tous" not in first.decode()
    assert "Bienvenue à tous" in second
    with clock.at(clock.now() + timedelta(minutes=2)), django_assert_num_queries(12):
        client.get("/")


@pytest.mark.django_db
def test_who_is_signed_in_is_shown_a_page_of_their_own(client):
    client.force_login(UserFactory.create())
    assert "Modifier cette page" not in client.get("/").content.decode()
