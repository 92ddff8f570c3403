"""Lists of communes: what a spreadsheet gives is read; what cannot be kept is told by its line."""

from types import SimpleNamespace

import pytest

from faubourg.core.errors import Refusal
from faubourg.journal.models import Entry
from faubourg.territory import services
from faubourg.territory.lists import MOST_LINES, decoded, read_municipalities
from faubourg.territory.models import Municipality
from tests.factories.territory import MunicipalityFactory

HEAD = "insee;nom;siren;habitants;codes_postaux"
DAX = "40088;Dax;214000887;22109;40100"
SEYRESSE = "40300;Seyresse;214003006;1 029;40180|40990"
ROWS = [
    {"insee": "40088", "name": "Dax", "siren": "214000887", "population": 22109, "postcodes": ["40100"]},
    {"insee": "40300", "name": "Seyresse", "siren": "214003006", "population": 1029, "postcodes": ["40180", "40990"]},
]


def told(text: str) -> list[str]:
    with pytest.raises(Refusal) as no:
        read_municipalities(text)
    return [one.message for one in getattr(no.value, "items", [no.value])]


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}\n{DAX}\n{SEYRESSE}\n",
        f"\ufeff{HEAD}\r\n{DAX}\r\n\r\n;;;;\r\n{SEYRESSE}",
        f"{HEAD}\n{DAX}\n{SEYRESSE}".replace(";", "\t"),
        f"{HEAD}\n{DAX}\n{SEYRESSE}".replace(";", ","),
        "Commune;Code Insee;SIREN;Population;Code postal;Maire\n"  # noqa: ISC004
        'Dax;40088;214000887;"22\u202f109";40100;X\n"Seyresse";40300;214003006;1029;40180 40990\n',
    ],
    ids=["plain", "windows", "spreadsheet", "commas", "other names and order"],
)
def test_a_list_is_read_however_it_was_saved(text):
    assert [values for _, values in read_municipalities(text)] == ROWS


def test_lines_are_numbered_as_the_file_shows_them():
    assert [number for number, _ in read_municipalities(f"{HEAD}\n\n{DAX}\n\n{SEYRESSE}")] == [3, 5]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Collez les lignes du tableau, ou choisissez un fichier."),
        (HEAD, "Aucune commune sous la première ligne. Ajoutez une ligne par commune."),
        (
            f"insee;nom;habitants\n{DAX}",
            f"La première ligne nomme les colonnes ; il y manque : siren, code_postal. Par exemple : {HEAD}",
        ),
        (f"{HEAD}\n{DAX}\x00", "Ce n’est pas du texte. Enregistrez le tableau en CSV, ou collez ses lignes."),
        (
            f"{HEAD}\n40088;{'a' * 140_000};214000887;1;40100",
            "Ce tableau ne peut pas être lu. Enregistrez-le en CSV, ou collez ses lignes.",
        ),
        (f"{HEAD}\n{DAX}\n{SEYRESSE}\n{DAX}", "Ligne 4 : la commune 40088 est déjà à la ligne 2."),
        (f"{HEAD}\n40088;Dax;214000887;beaucoup;40100", "Ligne 2 : « beaucoup » n’est pas un nombre d’habitants."),
        (f"{HEAD}\n40088;Dax;214000887;;40100", "Ligne 2 : «  » n’est pas un nombre d’habitants."),
        (
            f"{HEAD}\n{DAX}" + f"\n{SEYRESSE}" * MOST_LINES,
            f"{MOST_LINES + 1} lignes, pour {MOST_LINES} au plus. Gardez les communes de votre agglomération.",
        ),
    ],
)
def test_a_list_that_cannot_be_kept_says_why(text, words):
    assert told(text) == [words]


def test_many_faults_are_told_by_the_first_ones_and_a_number():
    found = told(f"{HEAD}" + "\n40088;Dax;214000887;?;40100" * 12)
    assert (len(found), found[-1]) == (9, "Et 4 autres après. Rien n’a été écrit.")


def test_a_file_of_windows_is_read_too():
    assert (decoded("Téthieu".encode("cp1252")), decoded("\ufeffTéthieu".encode())) == ("Téthieu", "Téthieu")


# ------------------------------------------------------------------------------------------------- loading
@pytest.mark.django_db
def test_a_list_is_loaded_once_and_brings_up_to_date():
    boss = SimpleNamespace(code="U-BOSS")
    MunicipalityFactory.create(insee="40300", name="Seyresse", siren="214003006", population=1)
    text = f"{HEAD}\n{DAX}\n{SEYRESSE}"
    assert services.load_municipalities(text, by=boss) == services.Loaded(new=1, changed=1)
    assert services.load_municipalities(text, by=boss) == services.Loaded(same=2)
    assert list(Municipality.objects.order_by("insee").values_list("name", "population", "postcodes")) == [
        ("Dax", 22109, ["40100"]), ("Seyresse", 1029, ["40180", "40990"]),
    ]  # fmt: skip
    assert list(Entry.objects.order_by("number").values_list("verb", "thing", "actor")) == [
        ("add_municipality", "commune:40088", "U-BOSS"), ("add_municipality", "commune:40300", "U-BOSS"),
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_list_with_one_fault_writes_nothing_and_tells_each_line():
    text = f"{HEAD}\n{DAX}\n4088;X;214003006;1;40100\n40300;Y;214003007;1;40100\n40301;Z;214000887;1;4010"
    with pytest.raises(Refusal) as no:
        services.load_municipalities(text, by=None)
    assert [(one.field, one.message) for one in no.value.items] == [
        ("text", "Ligne 3 : Un code Insee compte cinq signes, par exemple 40088."),
        ("text", "Ligne 4 : Le SIREN 214003007 n’existe pas : sa clé de contrôle est fausse."),
        ("text", "Ligne 5 : Le SIREN 214000887 est déjà celui de « Dax »."),
    ]
    assert (Municipality.objects.count(), Entry.objects.count()) == (0, 0)
