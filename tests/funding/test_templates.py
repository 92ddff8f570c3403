"""The page's fragment: fields by their names, problems beside them, totals in words."""

import re

import pytest
from django.template.loader import render_to_string

from faubourg.funding import services
from faubourg.funding.figures import Asked, grid
from tests.factories.funding import BudgetFactory, balanced_budget

pytestmark = pytest.mark.django_db


def shown(sheet, *, editable, bare=False):
    html = render_to_string("funding/_grid.html", {"grid": sheet, "editable": editable, "bare": bare})
    return html.replace("\u202f", " ")


def words(html):
    """What is read, tags and needless spaces out."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture
def budget():
    budget = BudgetFactory.create()
    services.save_fields(
        budget,
        {
            "b-601": "4 900",
            "b-613": "3OO",
            "b-66": "100",
            "b-IND1": "50",
            "b-74priv": "2000",
            "b-74priv-name": "Fondation <du cycle>",
            "b-74priv-state": "obtained",
            "b-864": "3000",
            "b-870": "3000",
        },
    )
    return budget


def test_every_account_has_its_field_once(budget):
    html = shown(grid(budget), editable=True)
    names = re.findall(r'name="(b-[^"]+)"', html)
    assert len(names) == len(set(names))
    # 63 lines but 74 itself; a second private grant; a name and a state on 11 grants; the sharing rule
    assert len(names) == 62 + 1 + 2 * 11 + 1
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'for="([^"]+)"', html)) <= set(ids)
    assert set(re.findall(r'aria-describedby="([^"]+)"', html)) <= set(ids)


def test_what_was_typed_is_kept_beside_its_problem(budget):
    html = shown(grid(budget), editable=True)
    assert 'id="b-613" name="b-613" value="3OO"' in html
    assert 'aria-invalid="true" aria-describedby="b-613_error"' in html
    assert (
        '<p class="err" id="b-613_error"><svg class="i" aria-hidden="true"><use href="#i-warn"/></svg>'
        "<span>Ce montant contient la lettre O, il n’est pas compté. Vouliez-vous écrire 300 ? "
        '<button class="link" type="submit" name="correct" value="b-613" data-meant="300">Oui, corriger'
        '<span class="vh">\u00a0: Locations</span></button></span></p>'
    ) in html
    assert 'value="Fondation &lt;du cycle&gt;"' in html
    assert '<option value="obtained" selected>obtenue</option>' in html


def test_totals_carry_the_marks_of_the_live_script(budget):
    html = shown(grid(budget), editable=True)
    assert 'data-account="601" data-parent="60" data-side="charges"' in html
    assert 'data-account="60" data-parent="60" data-side="charges" data-lump' in html
    assert 'data-account="864" data-parent="86" data-side=""' in html
    assert re.findall(r'data-total="(60|charges|produits|86)">([^<]+)<', html) == [
        ("charges", "5 050 €"),
        ("60", "4 900 €"),
        ("86", "3 000 €"),
        ("produits", "2 000 €"),
        ("charges", "5 050 €"),
        ("produits", "2 000 €"),
    ]
    assert "Il manque 3 050 € de produits" in words(html)
    assert 'name="recalculate" value="1"' in html


def test_what_is_asked_is_shown_or_typed():
    asked = [("État", 2_000_00), Asked("CAF", 0, "asked-E-1", "1O", "Ce montant contient une lettre.")]
    html = shown(grid(balanced_budget(2_000_00), asked), editable=True)
    assert '<span class="num" data-cents="200000" data-parent="asked" data-side="produits">2 000 €</span>' in html
    assert 'id="asked-E-1" name="asked-E-1" value="1O"' in html
    assert '<button class="link" type="submit" name="correct" value="asked-E-1" data-meant="10">Oui, corriger' in html
    assert "Ces montants sont votre demande" in html
    assert "Le budget est équilibré" in words(html)
    assert "Argent public\u00a0: 40,00 % des charges. Argent propre, ventes et autres produits\u00a0: 60,00 %." in html


def test_nothing_asked_yet_is_said():
    html = shown(grid(BudgetFactory.create()), editable=True)
    assert "Vous n’avez encore rien demandé aux financeurs de cet appel." in html
    assert "Le budget est encore vide" in words(html)


def test_read_only_shows_what_was_given_and_no_field(budget):
    services.save_fields(budget, {"b-indirect-rule": "Au prorata des heures.", "b-74region": "10"})
    services.save_fields(budget, {"b-74region-state": "pending"})
    html = shown(grid(budget, [("État", 1_000_00)]), editable=False)
    assert [tag for tag in ("<input", "<select", "<textarea", "<button", "<details") if tag in html] == []
    said = words(html)
    assert "601 Achats de matières et fournitures 4 900 €" in said
    assert "Fondation &lt;du cycle&gt; obtenue 2 000 €" in said
    assert "Région demandée 10 €" in said
    assert "613 Locations 3OO Ce montant contient la lettre O" in said
    assert "Répartition : Au prorata des heures." in said
    assert "Total avec les contributions en nature 8 050 €" in said
    assert "615" not in said


def test_a_page_may_bring_its_own_bar(budget):
    assert 'class="act"' not in shown(grid(budget), editable=True, bare=True)
