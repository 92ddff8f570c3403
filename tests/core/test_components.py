"""The components: what each one writes, and that nothing typed by a person is trusted."""

from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils.html import strip_tags

from faubourg.core import clock
from faubourg.core.errors import Refusal, Refusals
from faubourg.core.typography import keep_together

EVIL = '<script>alert("x")</script>'
KEPT = "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"


def show(source: str, path: str = "/", **context: Any) -> str:
    template = engines["django"].from_string(source)
    return template.render(context, RequestFactory().get(path))


def words(html: str) -> str:
    return " ".join(strip_tags(html).split())


class Two(forms.Form):
    name = forms.CharField(label="Nom", help_text="Comme sur la carte.", initial="Zoé")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    way = forms.ChoiceField(label="Chemin", choices=[("a", "À pied"), ("b", "À vélo")], widget=forms.RadioSelect)
    sure = forms.BooleanField(label="J’en suis sûr.")
    key = forms.CharField(widget=forms.HiddenInput, initial="k")


def test_icon_is_silent_and_speaks_with_words() -> None:
    assert show('{% icon "ok" %}') == '<svg class="i" aria-hidden="true"><use href="#i-ok"/></svg>'
    assert 'role="img" aria-label="fait"' in show('{% icon "ok" "fait" %}')


def test_state_has_an_icon_and_words() -> None:
    assert show('{% state "bad" "Refusé" %}') == (
        '<span class="tag bad"><svg class="i" aria-hidden="true"><use href="#i-warn"/></svg>Refusé</span>'
    )
    assert show('{% state "none" "Pas d’avis" plain=True %}').startswith('<span class="tag none plain">')


@pytest.mark.parametrize(
    "source",
    [
        "{% tag evil %}", '{% state "ok" evil %}', "{% button evil %}", '{% link_button evil "/x" %}',
        "{% envelope evil 100 %}", '{% measure "1" evil %}', "{% crumbs evil %}", '{% empty evil %}{% endempty %}',
        '{% due 1 evil "/x" %}', '{% pictures "door" 1 12 evil %}', "{{ evil|with_breaks }}",
        '{% figure "1" evil %}{% endfigure %}', "{% facts rows %}", "{% note %}{{ evil }}{% endnote %}",
    ],
)  # fmt: skip
def test_component_escapes_what_a_person_typed(source: str) -> None:
    html = show(source, evil=EVIL, rows=[("Nom", EVIL)])
    assert KEPT in html
    assert "<script" not in html


def test_button_disabled_says_why() -> None:
    html = show('{% button "Partager" disabled="Encore 2 critères." %}')
    assert 'aria-disabled="true"' in html
    assert words(html) == "Partager Encore 2 critères."
    assert 'name="move" value="share"' in show('{% button "Partager" name="move" value="share" %}')


def test_note_takes_the_levels_of_messages() -> None:
    assert 'class="note ok"' in show('{% note "success" %}<p>Fait.</p>{% endnote %}')
    assert '<div class="note bad" role="alert">' in show('{% note "error" "alert" %}<p>Non.</p>{% endnote %}')


def test_field_empty_has_label_help_and_optional_in_words() -> None:
    form = Two()
    html = show("{% field form.name %}{% field form.note %}", form=form)
    assert '<label for="id_name">Nom</label>' in html
    assert 'id="id_name_helptext"' in html
    assert 'aria-describedby="id_name_helptext"' in html
    assert 'Note <span class="opt">(facultatif)</span>' in html
    assert 'value="Zoé"' in html
    assert "bad" not in html


def test_field_refused_keeps_what_was_typed_and_points_to_its_error() -> None:
    form = Two({"name": "", "note": EVIL})
    html = show("{% field form.name %}{% field form.note %}{% field form.sure %}", form=form)
    assert 'class="field bad"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html
    assert KEPT.replace("&quot;", "&quot;") in html
    assert 'aria-describedby="id_sure_error"' in html


def test_field_choices_are_a_fieldset_of_cards() -> None:
    html = show('{% field form.way "side" %}', form=Two({"way": "b"}))
    assert html.startswith('<fieldset class="field side"')
    assert "<legend>Chemin" in html
    assert html.count('<label class="choice">') == 2
    assert 'value="b" id="id_way_1" required checked' in html
    assert 'class="choices side"' in html


def test_field_hidden_is_bare() -> None:
    assert show("{% field form.key %}", form=Two()) == '<input type="hidden" name="key" value="k" id="id_key">'


def test_form_whole_has_summary_sentence_and_fields() -> None:
    html = show("{{ form }}", form=Two({"name": "Ana", "way": "a"}))
    assert "Il reste 2 choses à corriger." in html  # the oath and the hidden key
    assert '<a href="#id_sure">J’en suis sûr : Ce champ est obligatoire.</a>' in html
    assert keep_together("Tout est obligatoire, sauf si « facultatif » est écrit.") in html
    assert html.index('name="key"') < html.index('name="name"')


def test_error_summary_nothing_to_say() -> None:
    assert show("{% error_summary form %}{% error_summary none %}", form=Two(), none=[]) == ""


def test_error_summary_of_refusals_links_to_fields() -> None:
    several = Refusals([Refusal("Trop.", field="b-601"), Refusal("Déséquilibre.")])
    html = show("{% error_summary several %}", several=several)
    assert '<li><a href="#b-601">Trop.</a></li><li>Déséquilibre.</li>' in html
    assert 'href="#id_b-601"' in show('{% error_summary several "id_" %}', several=[several])
    assert "Il reste 1 chose à corriger." in show("{% error_summary one %}", one=Refusal("Non."))


def test_bar_decided_proposed_free() -> None:
    html = show('{% bar 50 25 100 "à moitié" %}')
    assert '<rect class="full" width="50.00%" height="100%"/>' in html
    assert '<rect x="50.00%" width="25.00%" height="100%" fill="url(#hatch)"/>' in html
    assert 'role="img" aria-label="à moitié"' in html


@pytest.mark.parametrize(
    ("full", "hatched", "total", "expected"),
    [
        (0, 0, 0, ['class="full" width="0%"']),
        (150, 0, 100, ['class="over" width="100.00%"']),
        (
            80,
            50,
            100,
            ['class="full" width="80.00%"', 'width="20.00%" height="100%" fill="url(#hatch-over)"'],
        ),
    ],
)
def test_bar_at_its_edges(full: int, hatched: int, total: int, expected: list[str]) -> None:
    html = show("{% bar full hatched total %}", full=full, hatched=hatched, total=total)
    assert [piece for piece in expected if piece not in html] == []


def test_bar_limit_is_a_line() -> None:
    assert '<line class="limit" x1="80.00%" x2="80.00%"' in show("{% bar 69 0 100 limit=80 thick=True %}")


@pytest.mark.parametrize(
    ("decided", "proposed", "expected"),
    [
        (0, 0, "État reste 1 000 € rien n’est encore engagé sur 1 000 €"),
        (40000, 10000, "État reste 500 € 400 € décidés, 100 € proposés sur 1 000 €"),
        (100001, 0, "État 0,01 € de trop 1 000,01 € décidés sur 1 000 €"),
    ],
)
def test_envelope_says_in_words_what_the_bar_shows(decided: int, proposed: int, expected: str) -> None:
    html = show('{% envelope "État" 100000 decided proposed "/e/" %}', decided=decided, proposed=proposed)
    assert words(html.replace("</b>", "</b> ").replace("</div>", "</div> ")).replace("\u202f", " ") == expected
    assert '<a href="/e/">État</a>' in html


def test_figure_and_measure() -> None:
    html = show('{% figure "64" "projets" source="Bilan" ground="warm" width="w8" %}<svg></svg>{% endfigure %}')
    assert '<article class="figure warm w8">' in html
    assert words(html) == "64projetsBilan"
    rows = [("Cuyès", "1 238", 1238, True), ("Le Gond", "1 341", 1341, False)]
    html = show('{% measure "1 238" "habitants" rows "Insee" 2 %}', rows=rows)
    assert '<li class="me"><span>Cuyès</span><svg aria-hidden="true"><rect width="92.32%"' in html
    assert '<rect width="100.00%"' in html
    assert "<h2>" in html


@pytest.mark.parametrize("name", ["person", "door", "shop"])
@pytest.mark.parametrize("count", [0, 1, 13, 64])
def test_pictures_can_be_counted(name: str, count: int) -> None:
    html = show('{% pictures name count 13 "mots" %}', name=name, count=count)
    assert html.count("<use ") == count
    assert 'aria-label="mots"' in html


def test_pictures_two_rows_compare_at_the_same_scale() -> None:
    few, many = show('{% pictures "person" 3 14 %}'), show('{% pictures "person" 14 14 %}')
    assert few[: few.index("aria")] == many[: many.index("aria")]


@pytest.mark.parametrize("count", [0, 1, 17])
def test_coins_and_road_can_be_counted(count: int) -> None:
    assert show("{% coins count %}", count=count).count("<ellipse") == count
    assert show('{% road count "mots" %}', count=count).count("<circle") == count


def test_arch_unknown_name_is_a_door() -> None:
    assert show('{% arch "nonesuch" "c2" %}') == show('{% arch "door" "c2" %}')


def test_crumbs_last_is_the_page_at_hand() -> None:
    assert show('{% crumbs "Accueil" "/" "Cuyès" %}') == (
        '<nav aria-label="Fil d’Ariane"><ol class="crumb"><li><a href="/">Accueil</a></li>'
        '<li aria-current="page">Cuyès</li></ol></nav>'
    )


def test_steps_say_where_and_what() -> None:
    items = [
        {"label": "Le projet", "url": "/p/", "state": "done", "current": False},
        {"label": "Le budget", "url": "/b/", "state": "warn", "current": True},
        {"label": "Envoyer", "url": "", "state": "", "current": False},
    ]
    html = show("{% steps items %}", items=items)
    assert 'data-now="Étape 2 sur 3 : Le budget"' in html
    assert words(html) == "Le projet (fait)Le budget (à corriger)Envoyer (à faire)"
    assert html.count('aria-current="step"') == 1


def test_timeline_marks_the_present() -> None:
    html = show("{% timeline items %}", items=[("done", "Dépôt", "lundi"), ("now", "Lecture", ""), ("todo", "Fin", "")])
    assert (
        words(html.replace("</b>", "</b> ").replace("</li>", " "))
        == "fait : Dépôt lundi en cours : Lecture à venir : Fin"
    )
    assert html.count('aria-current="step"') == 1


def test_due_says_when() -> None:
    now = clock.now()
    html = show(
        '{% due 3 "lettres" "/l/" "Relire." today %}{% due 1 "note" "/n/" until=day %}{% due 2 "avis" "/a/" %}',
        today=now, day=(now + timedelta(days=9)).date(),
    )  # fmt: skip
    assert '<span class="when soon"><b>avant 10 h 00</b>aujourd’hui</span>'.replace(
        " h ", "\u202fh\u202f"
    ) in html.replace("10 h 00", "10\u202fh\u202f00")
    assert '<span class="when"><b>mercredi 2 décembre</b>dans 9 jours</span>' in html
    assert html.count('class="when') == 2
    assert '<span class="vh">3 </span>lettres' in html


def test_big_day_first_of_the_month() -> None:
    html = show("{% big_day day %}", day=clock.paris(2027, 1, 1, 17))
    assert html == '<time datetime="2027-01-01">1ᵉʳ<small>janv. 2027</small></time>'


def test_query_keeps_the_other_filters() -> None:
    assert show("{% query page=2 %}", "/?etat=ok&page=1") == "?etat=ok&amp;page=2"
    assert show("{% query etat=None %}", "/?etat=ok&page=1") == "?page=1"


def test_pager_one_page_only_counts() -> None:
    page = Paginator(range(3), 20).get_page(1)
    assert show('{% pager page "dossier,dossiers" %}', page=page) == '<p class="pager help">3 dossiers</p>'


def test_pager_many_pages_keep_the_filters() -> None:
    page = Paginator(range(200), 20).get_page(5)
    html = show('{% pager page "dossier,dossiers" %}', "/?etat=ok", page=page)
    assert words(html.replace("</li>", " ").replace("</p>", " ")) == (
        "200 dossiers, de 81 à 100 page 1 … page 4 page 5 page 6 … page 10"
    )
    assert '<span aria-current="page"><span class="vh">page </span>5</span>' in html
    assert 'href="?etat=ok&amp;page=6"' in html


def test_sorter_turns_and_says_its_direction() -> None:
    assert show('{% sorter "nom" "Projet" %}') == '<a href="?tri=nom">Projet<span class="vh"></span></a>'
    assert "Projet ↑" in show('{% sorter "nom" "Projet" %}', "/?tri=nom")
    assert 'href="?tri=-nom"' in show('{% sorter "nom" "Projet" %}', "/?tri=nom")
    assert "tri décroissant" in show('{% sorter "nom" "Projet" %}', "/?tri=-nom")


def test_with_breaks_keeps_paragraphs() -> None:
    assert show("{{ text|with_breaks }}", text="Un\r\ndeux\n\n<trois>") == "<p>Un<br>deux</p><p>&lt;trois&gt;</p>"


def test_day_says_the_first_as_it_must_be() -> None:
    assert show(
        "{{ a|day }}, {{ b|day }}{{ none|day }}", a=clock.paris(2027, 1, 1), b=clock.paris(2027, 3, 12), none=None
    ) == ("1ᵉʳ janvier 2027, 12 mars 2027")
