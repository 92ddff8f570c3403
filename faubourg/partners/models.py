"""With whom: organisations, the people who speak for them, contracts and their objectives."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from faubourg.core import clock
from faubourg.core.models import Findable, code_field, made_at
from faubourg.core.money import NARROW_SPACE
from faubourg.documents.models import StoredFile
from faubourg.partners.enums import InvitationState, MembershipState, OrganisationKind, Role
from faubourg.territory.models import Municipality


class Organisation(Findable):
    """An association, an institution, a company. Its SIRET is public: knowing it gives no right (R-AAP-02)."""

    code = code_field("O")
    name = models.CharField("nom", max_length=160)
    kind = models.CharField("nature", max_length=16, choices=OrganisationKind)
    siret = models.CharField("SIRET", max_length=14, blank=True)
    rna = models.CharField("numéro RNA", max_length=10, blank=True)
    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name="commune",
    )
    website = models.URLField("site", blank=True)
    summary = models.CharField("présentation", max_length=300, blank=True)
    logo = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="logo"
    )
    logo_alt = models.CharField("ce que dit le logo", max_length=120, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="doubles", verbose_name="double de"
    )
    is_example = models.BooleanField("inventé pour l’exemple", default=False)
    made_at = made_at()

    class Meta:
        verbose_name = "organisme"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["siret"], condition=~Q(siret=""), name="partners_one_siret"),
            models.UniqueConstraint(fields=["rna"], condition=~Q(rna=""), name="partners_one_rna"),
            models.CheckConstraint(condition=Q(logo__isnull=True) | ~Q(logo_alt=""), name="partners_logo_said"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="partners_no_double_of_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def siret_shown(self) -> str:
        """« 800 000 101 00017 », as it is read aloud."""
        number = self.siret
        return NARROW_SPACE.join(part for part in (number[:3], number[3:6], number[6:9], number[9:]) if part)


class OrganisationName(Findable):
    """What an organisation was called since a day: Pôle emploi, then France Travail. Only the renamed have rows."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="names")
    name = models.CharField("nom", max_length=160)
    valid_from = models.DateField("depuis le", null=True, blank=True)  # unknown for the first one

    class Meta:
        verbose_name = "nom porté"
        ordering = [F("valid_from").asc(nulls_first=True), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "valid_from"], name="partners_one_name_a_day"),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(valid_from__isnull=True), name="partners_one_first_name"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="partners_name_written"),
        ]

    def __str__(self) -> str:
        return self.name


class Merge(models.Model):
    """Two rows of one organisation made one. ``moved`` says what went over, so that it can go back for a month."""

    code = code_field("M")
    source = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="merges_away")
    target = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="merges_here")
    moved = models.JSONField("ce qui a été déplacé", default=dict)  # room -> kind -> codes
    made_at = made_at()
    undone_at = models.DateTimeField("défaite le", null=True, blank=True)
    settled_at = models.DateTimeField("définitive le", null=True, blank=True)

    class Meta:
        verbose_name = "fusion"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=Q(undone_at__isnull=True), name="partners_merged_once"
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="partners_merge_of_two"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(settled_at__isnull=True), name="partners_merge_ends_once"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Contact(models.Model):
    """Whom to reach in an organisation. Never public; forgotten when nobody has confirmed it for three years."""

    code = code_field("K")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="contacts")
    title = models.CharField("fonction", max_length=80)  # "comptabilité", "directrice"
    name = models.CharField("nom", max_length=120, blank=True)
    email = models.EmailField("adresse électronique", max_length=254, blank=True)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    checked_on = models.DateField("vérifié le", default=clock.today, editable=False)

    class Meta:
        verbose_name = "contact"
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(email="") | ~Q(phone=""), name="partners_contact_reached_somehow"),
            models.CheckConstraint(condition=~Q(title=""), name="partners_contact_has_a_function"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def phone_shown(self) -> str:
        """« 05 58 56 80 00 », as it is read aloud; a number from elsewhere as it was written."""
        if len(self.phone) != 10:
            return self.phone
        return NARROW_SPACE.join(self.phone[place : place + 2] for place in range(0, 10, 2))


class Membership(models.Model):
    """A person's place in an organisation. A claim gives no right until it is confirmed.

    The first claim is confirmed by the officer on a document, later ones by a signer of the organisation.
    """

    written: ClassVar[int] = 0  # how many were saved by this process

    code = code_field("A")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField("rôle", max_length=8, choices=Role)
    title = models.CharField("fonction", max_length=80, blank=True)  # "trésorière", "chargé de mission"
    state = models.CharField("état", max_length=9, choices=MembershipState, default=MembershipState.CLAIMED)
    proof = models.ForeignKey(
        StoredFile,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="justificatif",
    )
    made_at = made_at()
    decided_at = models.DateTimeField("décidée le", null=True, blank=True)
    decided_by = models.CharField("décidée par", max_length=24, blank=True)  # a user's code
    reason = models.CharField("motif", max_length=300, blank=True)
    starts_on = models.DateField("depuis le")
    ends_on = models.DateField("jusqu’au", null=True, blank=True)  # the last day of its rights, until midnight in Paris
    end_told = models.DateField("fin annoncée", null=True, blank=True, editable=False)  # which end was announced

    class Meta:
        verbose_name = "appartenance"
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=Q(state__in=[MembershipState.CLAIMED, MembershipState.CONFIRMED]),
                name="partners_one_live_membership",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="partners_membership_dates",
            ),
            models.CheckConstraint(
                condition=Q(state=MembershipState.CLAIMED) | Q(decided_at__isnull=False),
                name="partners_membership_decision_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whatever remembers memberships in this process (selectors.memberships_of) must read them again."""
        super().save(*args, **kwargs)
        Membership.written += 1


class Delegation(models.Model):
    """The right to sign in a signer's stead for some days, given to a member; never handed on.

    It dies with either place. That it lasts ninety days at most is the database's promise too (triggers.py).
    """

    code = code_field("DEL")
    giver = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="delegations_given")
    receiver = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="delegations_held")
    starts_on = models.DateField("à partir du")
    ends_on = models.DateField("jusqu’au")
    made_at = made_at()
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)

    class Meta:
        verbose_name = "délégation de signature"
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="partners_delegation_dates"),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="partners_delegation_to_another"),
        ]

    def __str__(self) -> str:
        return self.code

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What this process remembers of memberships tells who signs: it must be read again."""
        super().save(*args, **kwargs)
        Membership.written += 1


class Invitation(models.Model):
    """A role offered to an address. Only who is signed in with that very address may take it, once, in time.

    The token of its link is kept as a digest; the row goes with the daily run once it is answered or over.
    """

    code = code_field("I")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField("adresse électronique", max_length=254)
    role = models.CharField("rôle", max_length=8, choices=Role)
    title = models.CharField("fonction", max_length=80, blank=True)
    ends_on = models.DateField("jusqu’au", null=True, blank=True)  # of the membership
    invited_by = models.CharField("invitée par", max_length=24)  # a user's code
    state = models.CharField("état", max_length=9, choices=InvitationState, default=InvitationState.WAITING)
    digest = models.CharField("empreinte du jeton", max_length=64, unique=True)
    made_at = made_at()
    sent_at = models.DateTimeField("envoyée le")
    expires_at = models.DateTimeField("expire le")

    class Meta:
        verbose_name = "invitation"
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email", "role"],
                condition=Q(state=InvitationState.WAITING),
                name="partners_one_waiting_invitation",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("sent_at")), name="partners_invitation_expires_later"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_over(self) -> bool:
        """Its link leads nowhere any more; it can be sent again until the daily run."""
        return self.expires_at <= clock.now()


class Contract(models.Model):
    """A *contrat de ville*: the years it binds, and who signed it."""

    code = models.SlugField("code", max_length=24, unique=True)  # "contrat-2015"
    title = models.CharField("titre", max_length=160)
    starts_on = models.DateField("du")
    ends_on = models.DateField("au")
    summary = models.TextField("présentation", blank=True)
    source = models.CharField("source", max_length=200, blank=True)
    is_example = models.BooleanField("inventé pour l’exemple", default=False)

    class Meta:
        verbose_name = "contrat de ville"
        verbose_name_plural = "contrats de ville"
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="partners_contract_dates"),
            models.CheckConstraint(condition=~Q(title=""), name="partners_contract_titled"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def standing(self) -> str:
        """``coming``, ``binds`` or ``over`` today."""
        today = clock.today()
        return "coming" if today < self.starts_on else "over" if today > self.ends_on else "binds"


class Amendment(models.Model):
    """A signed change of a contract: the 2019 protocol, the extension to 2023."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="amendments")
    signed_on = models.DateField("signé le")
    title = models.CharField("objet", max_length=200)
    new_end = models.DateField("nouvelle fin", null=True, blank=True)

    class Meta:
        verbose_name = "avenant"
        ordering = ["signed_on"]

    def __str__(self) -> str:
        return self.title


class Signature(models.Model):
    """One organisation's signature under a contract."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="signatures")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="signatures")
    signed_on = models.DateField("signé le", null=True, blank=True)
    name_then = models.CharField("nom à cette date", max_length=160, blank=True)  # "Pôle emploi" in 2015

    class Meta:
        verbose_name = "signataire"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "organisation"], name="partners_one_signature_a_contract")
        ]

    def __str__(self) -> str:
        return self.name_then or str(self.organisation)


class Objective(models.Model):
    """A knot of the contract's tree of objectives. Depth and level names are free: pillars, axes, stakes."""

    code = code_field("OBJ")
    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="objectives")
    parent = models.ForeignKey("self", on_delete=models.RESTRICT, null=True, blank=True, related_name="children")
    level = models.CharField("niveau", max_length=40, blank=True)  # "pilier", "axe", "enjeu", or nothing
    title = models.CharField("intitulé", max_length=200)
    slug = models.SlugField("nom dans les adresses", max_length=60)
    summary = models.TextField("présentation", blank=True)
    path = models.CharField("chemin", max_length=120, editable=False)  # "001.003": sorts the tree in one query
    icon = models.SlugField("pictogramme", max_length=24, blank=True)

    class Meta:
        verbose_name = "objectif"
        ordering = ["contract", "path"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "path"], name="partners_one_path"),
            models.UniqueConstraint(fields=["contract", "slug"], name="partners_one_objective_slug"),
            models.CheckConstraint(condition=~Q(title=""), name="partners_objective_titled"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def depth(self) -> int:
        """0 at the top of the tree."""
        return self.path.count(".")
