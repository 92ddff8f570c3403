"""Pages: invite somebody by e-mail, keep one's invitations, answer one."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from faubourg.accounts.models import User
from faubourg.accounts.services import LinkRefusal, send_link
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.core.http import client_ip, signed_in
from faubourg.partners import rules, selectors, services
from faubourg.partners.forms.invitations import InviteForm
from faubourg.partners.models import Invitation
from faubourg.partners.views.people import organisation_or_404, sent_by


@signed_in
def invite(request: HttpRequest, code: str) -> HttpResponse:
    """A signer invites to his own organisation, the officer to any."""
    found = organisation_or_404(code)
    roles = rules.roles_to_give(request.user, found)
    if not roles:
        raise NotAllowed("Seuls un signataire de l’organisme et le chargé de mission invitent quelqu’un.")
    form = InviteForm(*sent_by(request), organisation=found, roles=roles)
    if form.is_bound and form.save(by=request.user):
        messages.success(request, f"L’invitation est partie à {form.result.email}. Elle vaut quatorze jours.")
        return redirect("partners:organisation", found.code)
    context = {"organisation": found, "form": form}
    return render(request, "partners/invite.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def invite_again(request: HttpRequest, code: str) -> HttpResponse:
    return _keep(request, code, services.invite_again, "L’invitation est repartie. Le lien d’avant ne vaut plus.")


@require_POST
@signed_in
def invitation_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    return _keep(request, code, services.withdraw_invitation, "L’invitation est retirée : son lien ne vaut plus.")


def _keep(request: HttpRequest, code: str, deed: Callable[..., Invitation], said: str) -> HttpResponse:
    """One act on an invitation, then its organisation's page; what is refused is said there."""
    row = selectors.invitation_by_code(code)
    if row is None:
        raise Http404
    try:
        deed(row, by=cast(User, request.user))
    except NotAllowed:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, said)
    return redirect(f"{reverse('partners:organisation', args=[row.organisation.code])}#invitations")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Where the mail leads."""
    return _offered(request, selectors.invitation_of(token))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def invitation_mine(request: HttpRequest, code: str) -> HttpResponse:
    """The same for who is signed in with the invited address: without the mail's key, which no table then holds."""
    return _offered(request, selectors.invitation_by_code(code))


def _offered(request: HttpRequest, row: Invitation | None) -> HttpResponse:
    """What is offered, by whom. A POST accepts it or, from somebody who is not signed in, asks for the way in: it goes
    to the invited address, so a forwarded invitation is of no use to who reads it."""
    user = request.user if request.user.is_authenticated else None
    try:
        row = services.check_invitation(row, by=user)
        if request.method == "POST":
            return _accept(request, row) if user else _let_in(request, row)
    except LinkRefusal as refusal:
        return render(request, "partners/invitation_refused.html", {"refusal": refusal}, status=refusal.status)
    context = {"invitation": row, "inviter": selectors.inviter_of(row), "door": _door(row)}
    return render(request, "partners/invitation.html", context)


@signed_in
def _accept(request: HttpRequest, row: Invitation) -> HttpResponse:
    membership = services.accept_invitation(row, by=cast(User, request.user))
    role, organisation = membership.get_role_display(), membership.organisation
    messages.success(request, f"Bienvenue : vous êtes {role} pour {organisation}.")
    return redirect("partners:organisation", organisation.code)


def _let_in(request: HttpRequest, row: Invitation) -> HttpResponse:
    try:
        send_link(row.email, next=_home_of(row), ip=client_ip(request))
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(
            request,
            "Un lien pour entrer vient de partir à l’adresse invitée. Ouvrez ce courriel : il vous ramène ici.",
        )
    return redirect(request.path)


def _home_of(row: Invitation) -> str:
    return reverse("partners:invitation_mine", args=[row.code])


def _door(row: Invitation) -> str:
    return f"{reverse('accounts:sign_in')}?next={_home_of(row)}"
