"""Who speaks for whom, now: the only source of rights; which claims and delegations there are."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from faubourg.accounts.models import User
from faubourg.core import clock
from faubourg.partners.enums import MembershipState, Role
from faubourg.partners.models import Delegation, Membership, Organisation

SPEAKING_ROLES = (Role.SIGNER, Role.MEMBER)
_KEPT = "_memberships"  # where the live memberships are kept on a user object


def live_memberships() -> QuerySet[Membership]:
    """Confirmed, begun and not over: the only memberships that give a right."""
    today = clock.today()
    return Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        state=MembershipState.CONFIRMED,
        starts_on__lte=today,
        user__is_active=True,
        organisation__merged_into__isnull=True,  # a double that was merged sleeps
    )


def live_delegations() -> QuerySet[Delegation]:
    """Begun, not over, not withdrawn, between two places that live: the only ones that let sign."""
    return lasting_delegations().filter(starts_on__lte=clock.today())


def lasting_delegations() -> QuerySet[Delegation]:
    """The same with those that begin later: what may still be withdrawn."""
    alive = live_memberships()
    return Delegation.objects.filter(
        withdrawn_at__isnull=True,
        ends_on__gte=clock.today(),
        giver__in=alive.filter(role=Role.SIGNER).values("pk"),
        receiver__in=alive.filter(role=Role.MEMBER).values("pk"),
    )


def memberships_of(user: Any) -> list[Membership]:
    """This person's live memberships with their organisations: one query, kept on the user object.

    Each says in ``signs_for`` by whose delegation it signs (a user's code), if it does.

    Kept until a membership is written by this process or the day changes; a request has its own user object.
    """
    if not getattr(user, "is_authenticated", False):
        return []
    mark = (Membership.written, clock.today())
    known = getattr(user, _KEPT, None)
    if known is None or known[0] != mark:
        principals = live_delegations().filter(receiver=OuterRef("pk")).order_by("pk").values("giver__user__code")
        rows = live_memberships().filter(user_id=user.pk).select_related("organisation")
        rows = rows.annotate(signs_for=Subquery(principals[:1]))
        known = (mark, list(rows.order_by("organisation__name", "pk")))
        setattr(user, _KEPT, known)
    return list(known[1])


def read_again(user: Any) -> None:
    """Forget what is kept on the user object: a service that has just locked its rows asks the database."""
    if getattr(user, _KEPT, None) is not None:
        delattr(user, _KEPT)


def roles_of(user: Any) -> frozenset[Role]:
    return frozenset(Role(membership.role) for membership in memberships_of(user))


def organisations_of(user: Any, *roles: Role) -> list[Organisation]:
    """The organisations in which this person holds one of these roles (any role when none is named), by name."""
    found = {
        membership.organisation_id: membership.organisation
        for membership in memberships_of(user)
        if not roles or membership.role in roles
    }
    return list(found.values())


def speaks_for(user: Any) -> list[Organisation]:
    """The organisations whose applications this person may write."""
    return organisations_of(user, *SPEAKING_ROLES)


def principal_of(user: Any, organisation: Organisation) -> str:
    """By whose delegation this person signs here (a user's code); "" for who signs himself, or not at all."""
    here = [row for row in memberships_of(user) if row.organisation_id == organisation.pk]
    if any(row.role == Role.SIGNER for row in here):
        return ""
    return next((str(row.signs_for) for row in here if row.signs_for), "")  # type: ignore[attr-defined]


def delegations_in(organisation: Organisation) -> QuerySet[Delegation]:
    """Those that last, now or later, with their people."""
    rows = lasting_delegations().filter(giver__organisation=organisation)
    return rows.select_related("giver__user", "receiver__user").order_by("starts_on", "pk")


def delegation_by_code(code: str) -> Delegation | None:
    return Delegation.objects.select_related("giver__organisation", "receiver").filter(code=code).first()


def live_members(organisation: Organisation) -> QuerySet[Membership]:
    """Who may be given a delegation."""
    rows = live_memberships().filter(organisation=organisation, role=Role.MEMBER).select_related("user")
    return rows.order_by("made_at", "pk")


def live_signers(organisation: Organisation) -> QuerySet[Membership]:
    return live_memberships().filter(organisation=organisation, role=Role.SIGNER)


def people_of(organisation: Organisation, *roles: Role) -> list[User]:
    """Who holds one of these roles here now (any role when none is named), each person once."""
    rows = live_memberships().filter(organisation=organisation)
    if roles:
        rows = rows.filter(role__in=roles)
    people = {row.user_id: row.user for row in rows.select_related("user").order_by("made_at", "pk")}
    return list(people.values())


def signers_of(organisations: Iterable[Organisation]) -> dict[int, list[User]]:
    """By organisation, who binds it now, each person once: one query."""
    rows = live_memberships().filter(organisation__in=organisations, role=Role.SIGNER).select_related("user")
    found: dict[int, list[User]] = {}
    for row in rows.order_by("made_at", "pk"):
        found.setdefault(row.organisation_id, []).append(row.user)
    return found


def officers() -> list[User]:
    """Who runs the contract: they get the claims that no signer can confirm."""
    rows = live_memberships().filter(role=Role.OFFICER).select_related("user").order_by("made_at", "pk")
    return list({row.user_id: row.user for row in rows}.values())


def nobody_runs() -> list[str]:
    """For `faubourg check`: an installation without an officer opens no call and confirms no claim."""
    if live_memberships().filter(role=Role.OFFICER).exists():
        return []
    return ["Personne ne conduit ce contrat de ville. Nommez une première personne : faubourg officer ADRESSE"]


def claims_waiting_for(user: Any) -> QuerySet[Membership]:
    """The claims that this person may confirm: a signer those of his organisations, the officer those of
    organisations without a living signer. Nobody sees his own here. One query."""
    mine = [m.organisation_id for m in memberships_of(user) if m.role == Role.SIGNER]
    waiting = Q(organisation__in=mine)
    if Role.OFFICER in roles_of(user):
        signer = live_memberships().filter(organisation=OuterRef("organisation"), role=Role.SIGNER)
        waiting |= Q(~Exists(signer))
    return (
        Membership.objects.filter(waiting, state=MembershipState.CLAIMED)
        .exclude(user_id=user.pk)
        .select_related("user", "organisation__municipality", "proof")
        .order_by("made_at", "pk")
    )


def own_memberships(user: Any) -> QuerySet[Membership]:
    """All that this person asked for or holds, whatever came of it, newest first."""
    return (
        Membership.objects.filter(user=user)
        .exclude(state=MembershipState.ENDED)
        .select_related("organisation__municipality", "proof")
        .order_by("-made_at", "-pk")
    )


def places_of(user: Any) -> dict[int, Membership]:
    """By organisation: what this person holds there or, failing that, the claim that waits. Two queries at most."""
    claimed = Membership.objects.filter(user=user, state=MembershipState.CLAIMED).order_by("pk")
    held = sorted(memberships_of(user), key=lambda row: row.role == Role.SIGNER)
    return {row.organisation_id: row for row in [*claimed, *held]}


def team_of(organisation: Organisation) -> list[Membership]:
    """The living memberships of an organisation with their people, signers before members, oldest first."""
    rows = live_memberships().filter(organisation=organisation).select_related("user", "organisation")
    return sorted(rows.order_by("made_at", "pk"), key=_rank)


def _rank(membership: Membership) -> int:
    return list(Role).index(Role(membership.role))


def teams_of(user: Any) -> list[tuple[Organisation, list[Membership]]]:
    """The organisations of this person, each with its living memberships. Two queries whatever their number."""
    organisations = organisations_of(user)
    rows = live_memberships().filter(organisation__in=organisations).select_related("user")
    teams: dict[int, list[Membership]] = {one.pk: [] for one in organisations}
    for row in sorted(rows.order_by("made_at", "pk"), key=_rank):
        teams[row.organisation_id].append(row)
    return [(one, teams[one.pk]) for one in organisations]


def membership_by_code(code: str) -> Membership | None:
    return Membership.objects.select_related("user", "organisation__municipality", "proof").filter(code=code).first()
