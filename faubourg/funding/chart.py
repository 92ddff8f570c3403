"""The accounts of the provisional budget: the grid of the form CERFA 12156 (rules.md 1.7), 63 lines.

Parents with children are computed as soon as one child is given; else they may be typed (R-BUD-02).
"""

import re
from dataclasses import dataclass

from faubourg.funding.enums import Side

DIRECT, INDIRECT, INKIND, GRANT, OWN, BALANCE = "direct", "indirect", "inkind", "grant", "own", "balance"


@dataclass(frozen=True, slots=True)
class Account:
    """One line of the grid. ``usual`` lines are shown at once in an empty budget, the others on request."""

    code: str
    parent: str  # "" for a line of the first level
    label: str
    side: Side
    kind: str
    usual: bool = False

    @property
    def number(self) -> str:
        """What is printed before the label: the account's number, nothing for lines that have none."""
        return self.code if self.code.isdigit() else ""


# code, parent, label, kind; "*" marks a usual line
_EXPENSES = """
60     -   direct    Achats
601    60  direct    Achats de matières et fournitures *
604    60  direct    Prestations de services *
60x    60  direct    Autres fournitures
61     -   direct    Services extérieurs
613    61  direct    Locations *
615    61  direct    Entretien et réparation
616    61  direct    Assurance *
618    61  direct    Documentation
62     -   direct    Autres services extérieurs
622    62  direct    Rémunérations intermédiaires et honoraires *
623    62  direct    Publicité et publication
625    62  direct    Déplacements, missions *
62b    62  direct    Services bancaires et autres
63     -   direct    Impôts et taxes
631    63  direct    Impôts et taxes sur rémunération
635    63  direct    Autres impôts et taxes
64     -   direct    Charges de personnel
641    64  direct    Rémunération des personnels *
645    64  direct    Charges sociales *
647    64  direct    Autres charges de personnel
65     -   direct    Autres charges de gestion courante
66     -   direct    Charges financières
67     -   direct    Charges exceptionnelles
68     -   direct    Dotations aux amortissements, provisions et engagements
69     -   direct    Impôt sur les bénéfices, participation des salariés
IND1   IND indirect  Charges fixes de fonctionnement
IND2   IND indirect  Frais financiers
IND3   IND indirect  Autres charges indirectes
EXC    -   balance   Excédent prévisionnel
86     -   inkind    Emplois des contributions volontaires en nature
860    86  inkind    Secours en nature
861    86  inkind    Mise à disposition gratuite de biens et services
862    86  inkind    Prestations
864    86  inkind    Personnel bénévole *
"""
_INCOME = """
70        -   direct   Vente de produits finis, marchandises, prestations de services *
73        -   direct   Dotations et produits de tarification
74        -   direct   Subventions d’exploitation
74etat    74  grant    État
74region  74  grant    Région
74dep     74  grant    Département
74epci    74  grant    Intercommunalité
74com     74  grant    Commune
74orgasoc 74  grant    Organismes sociaux (CAF, etc.)
74eu      74  grant    Fonds européens (FSE, FEDER, etc.)
74asp     74  grant    Agence de services et de paiement (emplois aidés)
74autpub  74  grant    Autres établissements publics
74priv    74  grant    Aides privées (fondations)
75        -   direct   Autres produits de gestion courante
756       75  direct   Cotisations *
758       75  direct   Dons manuels, mécénat
750       75  direct   Autres produits
76        -   direct   Produits financiers
77        -   direct   Produits exceptionnels
78        -   direct   Reprises sur amortissements et provisions
789       78  direct   Report de ressources non utilisées d’opérations antérieures
79        -   direct   Transferts de charges
OWN       -   own      Ressources propres affectées au projet *
INS       -   balance  Insuffisance prévisionnelle (déficit)
87        -   inkind   Contributions volontaires en nature
870       87  inkind   Bénévolat *
871       87  inkind   Prestations en nature
875       87  inkind   Dons en nature
"""


def _read(side: Side, rows: str) -> list[Account]:
    read = []
    for row in rows.strip().splitlines():
        code, parent, kind, label = row.split(maxsplit=3)
        usual = label.endswith(" *")
        read.append(Account(code, "" if parent == "-" else parent, label.removesuffix(" *"), side, kind, usual))
    return read


ACCOUNTS: dict[str, Account] = {
    account.code: account for account in [*_read(Side.EXPENSE, _EXPENSES), *_read(Side.INCOME, _INCOME)]
}
PRIVATE_GRANTS = frozenset({"74priv"})  # every other 74 is public money (R-BUD-08)


def children(code: str) -> list[Account]:
    """The lines under a parent; ``IND`` (indirect costs) is a parent without a line of its own."""
    return [account for account in ACCOUNTS.values() if account.parent == code]


def may_be_typed(code: str) -> bool:
    """Every line but 74: a grant always names its funder (R-BUD-06)."""
    return code in ACCOUNTS and code != "74"


def is_grant(code: str) -> bool:
    """A co-funder's line: several may stand on one account, each with a name and where it stands."""
    return code in ACCOUNTS and ACCOUNTS[code].kind == GRANT


def field_of(account: str, slot: int = 1) -> str:
    """The form field of an account: ``b-613``, ``b-74priv-2`` for the second co-funder of one account."""
    return f"b-{account}" if slot == 1 else f"b-{account}-{slot}"


_FIELD = re.compile(r"b-(?P<account>\w+)(?:-(?P<slot>[1-9]\d?))?(?:-(?:name|state))?")


def place_of(field: str) -> tuple[str, int] | None:
    """``b-74priv-2-name`` gives ``("74priv", 2)``; None for a field of something else."""
    found = _FIELD.fullmatch(field)
    if not found or not may_be_typed(found["account"]):
        return None
    slot = int(found["slot"] or 1)
    return (found["account"], slot) if slot == 1 or is_grant(found["account"]) else None
