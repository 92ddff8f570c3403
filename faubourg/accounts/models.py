"""Who is there. The user is blind: it knows no organisation; rights are asked of partners.rules and above."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from faubourg.core.models import code_field, made_at


class UserManager(BaseUserManager["User"]):
    """Finds people by their address, whatever its case."""

    def get_by_natural_key(self, email: str | None) -> "User":
        """Never by capitals, as ``iexact`` compares: « ſ » would be an S, and somebody else's mailbox one's own."""
        return self.alias(lower=Lower("email")).get(lower=(email or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]  # of libraries' tables
    """A person, known by an e-mail address. One person may belong to several organisations (partners).

    Groups and permissions are for the desks of libraries alone (the site's editors); the house asks the rooms' rules.
    """

    code = code_field("U")
    email = models.EmailField("adresse électronique", max_length=254, unique=True)
    first_name = models.CharField("prénom", max_length=80, blank=True)
    last_name = models.CharField("nom", max_length=80, blank=True)
    is_active = models.BooleanField("peut entrer", default=True)
    joined_at = made_at("inscrit le")

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = "personne"
        constraints = [
            models.UniqueConstraint(Lower("email"), name="accounts_one_email_one_person"),
            models.CheckConstraint(condition=Q(is_superuser=False), name="accounts_nobody_has_all_rights"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """How to call this person; the part before the @ until a name is given."""
        return f"{self.first_name} {self.last_name}".strip() or self.email.partition("@")[0]

    is_staff = False  # asked of any user by Django's own parts

    def get_full_name(self) -> str:
        """The name, as libraries ask for it."""
        return self.name


class SignInLink(models.Model):
    """A link that lets a person in once. Only the digest of its token is kept.

    The person is unknown (``user`` is null) until an address that was never seen uses its first link: asking
    for a link with somebody's address makes no account.
    """

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, blank=True, related_name="links", verbose_name="personne"
    )
    email = models.EmailField("adresse électronique", max_length=254)
    origin = models.CharField("empreinte du lieu de la demande", max_length=64, blank=True)  # "" when not asked
    digest = models.CharField("empreinte du jeton", max_length=64, unique=True)
    made_at = made_at()
    expires_at = models.DateTimeField("expire le")
    used_at = models.DateTimeField("utilisé le", null=True, blank=True)
    next = models.CharField("page demandée", max_length=300, blank=True)

    class Meta:
        verbose_name = "lien d’entrée"
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="accounts_link_expires_later"),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(user__isnull=False),
                name="accounts_used_link_has_its_person",
            ),
        ]
        indexes = [
            models.Index(fields=["email", "made_at"], name="accounts_link_email_made"),
            models.Index(fields=["origin", "made_at"], name="accounts_link_origin_made"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.expires_at:%Y-%m-%d}"
