"""The accounts offered at the door of the example world."""

from django import template

from faubourg.demo.cast import PEOPLE, Person

register = template.Library()


@register.simple_tag
def example_accounts() -> list[Person]:
    return [person for person in PEOPLE if person.shown]
