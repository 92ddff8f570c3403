"""What the search finds of the site itself: the pages that are always there. Each is named by its address's name."""

from collections.abc import Iterator

from faubourg.core.cards import Listed

PAGES = (  # address, title, what it is about
    (
        "website:call_list",
        "Appels à projets",
        "Déposer un projet, demander une subvention : dates, règlement, résultats",
    ),
    ("website:project_list", "Projets soutenus", "Qui fait quoi, où, depuis quand : associations, porteurs, montants"),
    ("website:neighbourhood_list", "Quartiers", "Les quartiers prioritaires (QPV), leurs habitants, leur carte"),
    ("website:contract", "Le contrat de ville", "Signataires, partenaires, objectifs, piliers, avenants"),
    ("website:accessibility", "Accessibilité", "Déclaration de conformité au RGAA, signaler un obstacle, handicap"),
    ("website:legal", "Mentions légales", "Éditeur, directeur de la publication, hébergeur, licence"),
    ("website:privacy", "Données personnelles", "Confidentialité, RGPD, vos droits, effacement, cookies, traceurs"),
)


def listed_pages() -> Iterator[Listed]:
    for place, (name, title, words) in enumerate(PAGES):
        yield Listed("page", name, title, (words,), position=-place)
