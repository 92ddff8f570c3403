from types import SimpleNamespace

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from faubourg.core import cards


def yes(user):
    return True


def test_every_open_room_has_its_card_in_the_order_of_the_settings():
    assert [card.label for card in cards.cards()] == settings.ROOMS


def test_menu_items_point_to_pages_and_their_rules_answer_for_strangers():
    from django.contrib.auth.models import AnonymousUser

    for item in (item for card in cards.cards() for item in card.menu):
        try:
            reverse(item.url_name)
        except NoReverseMatch as error:
            raise AssertionError(f"{item.label} points nowhere: {item.url_name}") from error
        assert item.shown_to(AnonymousUser()) in (True, False)


def test_what_the_cards_name_can_be_called():
    for card in cards.cards():
        for path in (*card.daily, *card.checks, *filter(None, (card.erase, card.demo))):
            assert callable(cards.load(path)), path


def test_the_menu_is_sorted_and_asks_the_rules(monkeypatch):
    rule = f"{__name__}.yes"
    rows = SimpleNamespace(
        menu=(
            cards.MenuItem("a:b", "Zinc", rule, 10),
            cards.MenuItem("a:c", "Argent", rule, 10),
            cards.MenuItem("a:d", "Or", "tests.core.test_cards.no", 1),
        )
    )
    monkeypatch.setattr(cards, "cards", lambda: [rows])
    assert [item.label for item in cards.menu_for(None)] == ["Argent", "Zinc"]


def no(user):
    return False


def test_the_base_of_the_cards_is_no_card():
    from faubourg.core.apps import CoreCard

    assert CoreCard.default is True
    assert cards.RoomCard.default is False
