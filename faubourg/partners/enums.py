from django.db import models


class OrganisationKind(models.TextChoices):
    ASSOCIATION = "association", "association"
    AGGLOMERATION = "agglomeration", "agglomération"
    MUNICIPALITY = "municipality", "commune"
    STATE = "state", "service de l’État"
    REGION = "region", "Région"
    DEPARTMENT = "department", "Département"
    SOCIAL_BODY = "social_body", "organisme social"
    LANDLORD = "landlord", "bailleur social"
    EMPLOYMENT = "employment", "service de l’emploi"
    SCHOOL = "school", "établissement scolaire"
    COMPANY = "company", "entreprise"
    COUNCIL = "council", "conseil citoyen"
    OTHER = "other", "autre organisme"


class Role(models.TextChoices):
    """What a person is in an organisation. A person without any membership is a resident."""

    OFFICER = "officer", "chargé de mission"
    FUNDER = "funder", "financeur"
    ELECTED = "elected", "élu"
    SIGNER = "signer", "signataire"
    MEMBER = "member", "membre"
    COUNCIL = "council", "membre du conseil citoyen"
    COMPANY = "company", "représentant d’entreprise"
    EDITOR = "editor", "rédaction du site"


class MembershipState(models.TextChoices):
    CLAIMED = "claimed", "à confirmer"
    CONFIRMED = "confirmed", "confirmée"
    REFUSED = "refused", "refusée"
    ENDED = "ended", "terminée"


class InvitationState(models.TextChoices):
    WAITING = "waiting", "en attente"
    ACCEPTED = "accepted", "acceptée"
    WITHDRAWN = "withdrawn", "retirée"


# What a person may be by asking for it on the public form; the other roles are given by the officer.
CLAIMABLE_ROLES = frozenset({Role.SIGNER, Role.MEMBER})
# What anybody who is signed in may open; institutions are opened by the officer.
OPENABLE_KINDS = frozenset({OrganisationKind.ASSOCIATION, OrganisationKind.OTHER})
# Who neither signs a contract nor pays for it by nature: everybody else is an institution.
NO_INSTITUTION = frozenset({OrganisationKind.ASSOCIATION, OrganisationKind.COMPANY})
