from datetime import timedelta

from faubourg.core import clock
from faubourg.desk.items import Item, few, grouped, headline


def item(words="lettres", *, days=None, hours=0, count=1):
    until = None if days is None else clock.now() + timedelta(days=days, hours=hours)
    return Item(count, words, "/la/", until=until)


def test_what_waits_is_grouped_by_its_day_the_nearest_first():
    rows = [
        item("plus tard", days=8), item("semaine", days=7), item("retard", days=-3), item("soir", days=0, hours=5),
        item("demain", days=1), item("sans date"), item("rien", count=0, days=0),
    ]  # fmt: skip
    assert [(group.key, [one.words for one in group.items]) for group in grouped(rows)] == [
        ("today", ["retard", "soir"]),
        ("week", ["demain", "semaine"]),
        ("later", ["plus tard"]),
        ("undated", ["sans date"]),
    ]


def test_the_headline_counts_in_words():
    def said(*items):
        return headline(grouped(items))

    assert said() == "Rien ne vous attend."
    assert said(item(days=3)) == "Une chose vous attend."
    assert said(item(days=0)) == "Une chose vous attend, aujourd’hui."
    assert said(item("a", days=0), item("b", days=9)) == "Deux choses vous attendent, dont une aujourd’hui."
    assert said(*[item(f"{n}", days=3) for n in range(14)]) == "14 choses vous attendent."


def test_a_few_names_say_how_many_they_leave_out():
    assert few([], 4) == ""
    assert few(["Roue libre"], 1) == "Roue libre."
    assert few(["Roue libre", "Clic"], 3) == "Roue libre, Clic et 1 autre."
    assert few(["Roue libre"], 4) == "Roue libre et 3 autres."
