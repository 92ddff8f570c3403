"""Who plays in the example world: institutions (real names, public facts) and invented associations and people."""

from dataclasses import dataclass

from faubourg.partners.enums import OrganisationKind as K
from faubourg.partners.enums import Role


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation. ``then``: its name when the 2015 contract was signed; ``signed``: the contracts it signed."""

    key: str
    name: str
    kind: K
    signed: tuple[str, ...] = ()
    then: str = ""
    rna: str = ""
    summary: str = ""

    @property
    def is_example(self) -> bool:
        return self.rna.startswith("W0EX")


BOTH = ("contrat-2015", "contrat-exemple")

INSTITUTIONS = (
    Body("agglo", "Grand Dax Agglomération", K.AGGLOMERATION, BOTH),
    Body("ville", "Ville de Dax", K.MUNICIPALITY, BOTH),
    Body("etat", "État, préfecture des Landes", K.STATE, BOTH),
    Body("region", "Région Nouvelle-Aquitaine", K.REGION, BOTH),
    Body("departement", "Département des Landes", K.DEPARTMENT, BOTH),
    Body("caf", "Caisse d’allocations familiales des Landes", K.SOCIAL_BODY, BOTH),
    Body("xlhabitat", "XL Habitat", K.LANDLORD, BOTH),
    Body("travail", "France Travail", K.EMPLOYMENT, BOTH, then="Pôle emploi"),
    Body("mission", "Mission locale des Landes", K.EMPLOYMENT, BOTH),
    Body("ars", "Agence régionale de santé", K.STATE, BOTH),
    Body("education", "Éducation nationale", K.STATE, ("contrat-exemple",)),
    Body("cdc", "Caisse des Dépôts", K.OTHER, ("contrat-exemple",)),
)

# The bodies that the public page of 2019 names beside the projects.
CARRIERS = (
    Body("mandela", "Centre social et culturel Nelson Mandela", K.OTHER),
    Body("amicale", "Amicale laïque dacquoise", K.ASSOCIATION),
    Body("maison", "Maison de l’enfance de Dax", K.OTHER),
    Body("cidff", "Centre d’information sur les droits des femmes et des familles", K.ASSOCIATION),
    Body("collectif", "Habitants du Gond", K.OTHER),
    Body("drop", "Drop de béton", K.ASSOCIATION),
    Body("alpcd", "Association landaise pour le perfectionnement des conducteurs débutants", K.ASSOCIATION),
    Body("solutions", "Solutions Mobilité", K.ASSOCIATION),
    Body("defis", "DEFIS, Dax emploi formation insertion solidarité", K.ASSOCIATION),
    Body("fil", "Atelier FIL, Féminin insertion Landes", K.ASSOCIATION),
    Body("insup", "Insup Formation", K.OTHER),
    Body("intech", "INTECH", K.SCHOOL),
    Body("bge", "BGE Tec Ge Coop", K.OTHER),
    Body("adie", "Association pour le droit à l’initiative économique", K.ASSOCIATION),
)

ASSOCIATIONS = (
    Body("roue", "Roue libre 40", K.ASSOCIATION, rna="W0EX000001", summary="Réparer, apprendre et prêter des vélos."),
    Body(
        "mains", "Les Mains vertes de Cuyès", K.ASSOCIATION, rna="W0EX000002", summary="Jardiner au pied des immeubles."
    ),
    Body("barthes", "Compagnie des Barthes", K.ASSOCIATION, rna="W0EX000003", summary="Théâtre et récits d’habitants."),
    Body("clic", "Clic et compagnie", K.ASSOCIATION, rna="W0EX000004", summary="Le numérique pas à pas."),
    Body("sante", "Santé pour tous", K.ASSOCIATION, rna="W0EX000005", summary="Prévention et alimentation."),
    Body("gond", "Collectif du Gond", K.ASSOCIATION, rna="W0EX000006", summary="Habitants et voisins du Gond."),
    Body("jeux", "Jeux d’ici", K.ASSOCIATION, rna="W0EX000007", summary="Une ludothèque qui se déplace."),
    Body("platanes", "Amicale des Platanes", K.ASSOCIATION, rna="W0EX000008", summary="Aide aux devoirs et sorties."),
    Body("savoirs", "Échanges et savoirs", K.ASSOCIATION, rna="W0EX000009", summary="Apprendre les uns des autres."),
    Body("elan", "Élan du Sablar", K.ASSOCIATION, rna="W0EX00000A", summary="Sport et insertion."),
)
COUNCIL = Body("conseil", "Conseil citoyen (exemple)", K.COUNCIL, rna="W0EX00000B")
COMPANY = Body("menuiserie", "Menuiserie des Arènes", K.COMPANY, rna="W0EX00000C")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented. ``shown``: offered at the door of the example world under this role."""

    email: str
    first_name: str
    last_name: str
    body: str = ""
    role: Role | None = None
    title: str = ""
    shown: str = ""


PEOPLE = (
    Person(
        "nadege.lesca@exemple.fr", "Nadège", "Lesca", "agglo", Role.OFFICER, "chargée de mission", "Chargée de mission"
    ),
    Person("paul.dubos@exemple.fr", "Paul", "Dubos", "etat", Role.FUNDER, "délégué du préfet", "Financeur, État"),
    Person("cecile.lalanne@exemple.fr", "Cécile", "Lalanne", "caf", Role.FUNDER, "conseillère", "Financeur, CAF"),
    Person(
        "claire.lafitte@exemple.fr", "Claire", "Lafitte", "agglo", Role.FUNDER, "directrice de la cohésion sociale", ""
    ),
    Person("yves.barrere@exemple.fr", "Yves", "Barrère", "ville", Role.FUNDER, "responsable du service jeunesse", ""),
    Person(
        "sophie.ducamp@exemple.fr",
        "Sophie",
        "Ducamp",
        "departement",
        Role.FUNDER,
        "chargée du développement social",
        "",
    ),
    Person("marc.darrigade@exemple.fr", "Marc", "Darrigade", "ville", Role.ELECTED, "adjoint au maire", "Élu"),
    Person("michel.dupouy@exemple.fr", "Michel", "Dupouy", "roue", Role.SIGNER, "trésorier", "Association, signataire"),
    Person("ines.haddad@exemple.fr", "Inès", "Haddad", "roue", Role.MEMBER, "coordinatrice", "Association, membre"),
    Person(
        "fatou.diallo@exemple.fr",
        "Fatou",
        "Diallo",
        "conseil",
        Role.COUNCIL,
        "conseillère citoyenne",
        "Conseil citoyen",
    ),
    Person("hugo.labat@exemple.fr", "Hugo", "Labat", "menuiserie", Role.COMPANY, "gérant", "Entreprise"),
    Person(
        "lison.brun@exemple.fr", "Lison", "Brun", "agglo", Role.EDITOR, "chargée de communication", "Rédaction du site"
    ),
    Person("lea.martin@exemple.fr", "Léa", "Martin", shown="Habitante, sans organisme"),
    Person("rose.capdeville@exemple.fr", "Rose", "Capdeville", "mains", Role.SIGNER, "présidente"),
    Person("jean.etcheverry@exemple.fr", "Jean", "Etcheverry", "barthes", Role.SIGNER, "président"),
    Person("aicha.benali@exemple.fr", "Aïcha", "Benali", "clic", Role.SIGNER, "présidente"),
    Person("luc.fourcade@exemple.fr", "Luc", "Fourcade", "sante", Role.SIGNER, "trésorier"),
    Person("marie.lacoste@exemple.fr", "Marie", "Lacoste", "gond", Role.SIGNER, "présidente"),
    Person("tom.garrigues@exemple.fr", "Tom", "Garrigues", "jeux", Role.SIGNER, "trésorier"),
    Person("anne.saubusse@exemple.fr", "Anne", "Saubusse", "platanes", Role.SIGNER, "présidente"),
    Person("omar.traore@exemple.fr", "Omar", "Traoré", "savoirs", Role.SIGNER, "président"),
    Person("lucie.darmaillac@exemple.fr", "Lucie", "Darmaillac", "elan", Role.SIGNER, "présidente"),
)

ALL_BODIES = (*INSTITUTIONS, *CARRIERS, *ASSOCIATIONS, COUNCIL, COMPANY)
