"""Pages: find one's organisation, ask to speak for it, see its people, answer the claims of others."""

from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from faubourg.accounts.models import User
from faubourg.core.errors import NotAllowed
from faubourg.core.http import page_for, signed_in
from faubourg.documents.services import download
from faubourg.partners import rules, selectors, services
from faubourg.partners.enums import MembershipState
from faubourg.partners.forms.people import AppointForm, ChangeForm, ClaimForm, DecideForm, FindForm, OpenForm
from faubourg.partners.models import Membership, Organisation
from faubourg.partners.workflow import MEMBERSHIP

ANSWERED = "Une demande qui attend se confirme ou se refuse ; seule la personne qui l’a faite la retire."


def organisation_or_404(code: str) -> Organisation:
    found = selectors.organisation_by_code(code)
    if found is None:
        raise Http404
    return found


def _membership(code: str) -> Membership:
    found = selectors.membership_by_code(code)
    if found is None:
        raise Http404
    return found


def sent_by(request: HttpRequest) -> tuple[Any, Any]:
    """What a form is bound to: nothing until it was sent, even empty."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


@require_safe
@signed_in
def find(request: HttpRequest) -> HttpResponse:
    """One field; the organisations found, each with the way to join it."""
    form = FindForm(request.GET if request.GET.get("q", "").strip() else None)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    context = {
        "form": form,
        "text": text,
        "carried": urlencode({"siret" if services.looks_like_number(text) else "nom": text}),
        "too_short": 0 < len(text) < 2,
        "found": selectors.search_organisations(text) if text else [],
        "mine": selectors.places_of(request.user),
        "is_officer": rules.is_officer(request.user),
    }
    return render(request, "partners/find.html", context)


@signed_in
def claim(request: HttpRequest, code: str) -> HttpResponse:
    """Ask to speak for an organisation that is known here."""
    organisation = organisation_or_404(code)
    needs_proof = rules.needs_officer(organisation)
    form = ClaimForm(*sent_by(request), organisation=organisation, needs_proof=needs_proof)
    if form.is_bound and form.save(by=request.user):
        messages.success(request, f"Votre demande pour {organisation} est envoyée.")
        return redirect("partners:mine")
    context = {"organisation": organisation, "form": form, "needs_proof": needs_proof}
    return render(request, "partners/claim.html", context, status=422 if form.errors else 200)


@signed_in
def open_new(request: HttpRequest) -> HttpResponse:
    """Enter an organisation that is not known here and ask to speak for it."""
    first = {"name": request.GET.get("nom", "")[:160], "siret": request.GET.get("siret", "")[:40]}
    form = OpenForm(*sent_by(request), initial=first)
    if form.is_bound and form.save(by=request.user):
        messages.success(request, f"{form.result.organisation} est inscrit et votre demande est envoyée.")
        return redirect("partners:mine")
    return render(request, "partners/open.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """The organisations one speaks for, with their people; what one has asked for; the claims to answer."""
    own = list(selectors.own_memberships(request.user))
    context = {
        "teams": selectors.teams_of(request.user),
        "asked": [row for row in own if row.state in (MembershipState.CLAIMED, MembershipState.REFUSED)],
        "waiting": selectors.claims_waiting_for(request.user),
        "offered": selectors.invitations_to(request.user),
    }
    return render(request, "partners/mine.html", context)


@require_safe
@signed_in
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    """One organisation and its people, for these people and for the officer."""
    found = organisation_or_404(code)
    if not rules.may_see_team(request.user, found):
        raise NotAllowed("Les personnes d’un organisme ne sont visibles que de l’intérieur.")
    team = [
        (row, rules.may_change(request.user, row), rules.may_end(request.user, row)) for row in selectors.team_of(found)
    ]
    manages = rules.may_manage(request.user, found)
    context = {
        "organisation": found,
        "team": team,
        "is_officer": rules.is_officer(request.user),
        "manages": manages,
        "may_delegate": rules.is_signer_of(request.user, found),
        "delegations": [
            (row, rules.may_withdraw_delegation(request.user, row)) for row in selectors.delegations_in(found)
        ],
        "invitations": selectors.waiting_invitations(found) if manages else [],
    }
    return render(request, "partners/organisation.html", context)


@require_safe
@page_for(rules.sees_claims)
def claims(request: HttpRequest) -> HttpResponse:
    """The claims that this person may confirm."""
    context = {
        "waiting": list(selectors.claims_waiting_for(request.user)),
        "is_officer": rules.is_officer(request.user),
    }
    return render(request, "partners/claims.html", context)


@signed_in
def decide(request: HttpRequest, code: str) -> HttpResponse:
    """One claim: who asks, for what, with which proof; confirm or refuse."""
    membership = _membership(code)
    if not rules.may_see_claim(request.user, membership):
        raise NotAllowed("Cette demande est confirmée par une autre personne que vous.")
    form = DecideForm(*sent_by(request), membership=membership)
    if form.is_bound and form.save(by=request.user):
        messages.success(request, f"La demande de {membership.user} est {membership.get_state_display()}.")
        return redirect("partners:claims")
    context = {
        "membership": membership,
        "form": form,
        "may_confirm": rules.may_confirm(request.user, membership),
        "may_see_proof": membership.proof is not None and rules.may_see_proof(request.user, membership),
        "by_officer": rules.needs_officer(membership.organisation),
    }
    return render(request, "partners/decide.html", context, status=422 if form.errors else 200)


@require_safe
@signed_in
def proof(request: HttpRequest, code: str) -> HttpResponse:
    membership = _membership(code)
    if not rules.may_see_proof(request.user, membership):
        raise NotAllowed("Ce justificatif n’est visible que de la personne et de qui vérifie sa demande.")
    if membership.proof is None:
        raise Http404
    return download(membership.proof)


@signed_in
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Another role, another function, a last day."""
    membership = _membership(code)
    if membership.state != MembershipState.CONFIRMED or not rules.may_change(request.user, membership):
        raise NotAllowed("Ce rôle est tenu par un signataire de l’organisme ou par le chargé de mission.")
    form = ChangeForm(*sent_by(request), membership=membership)
    if form.is_bound and form.save(by=request.user):
        messages.success(request, f"C’est enregistré pour {membership.user}.")
        return _back_from(request, membership.organisation)
    context = {"membership": membership, "form": form}
    return render(request, "partners/change.html", context, status=422 if form.errors else 200)


@signed_in
def end(request: HttpRequest, code: str) -> HttpResponse:
    """Take back a voice, after one question. Somebody else's claim is answered, not ended: there is its page."""
    membership = _membership(code)
    is_claim = membership.state == MembershipState.CLAIMED
    if is_claim and rules.may_see_claim(request.user, membership):
        messages.info(request, ANSWERED)
        return redirect("partners:decide", membership.code)
    if not rules.may_end(request.user, membership):
        raise NotAllowed("Vous ne pouvez pas mettre fin à cette appartenance.")
    if not MEMBERSHIP.may("end", membership.state):
        state = membership.get_state_display()
        messages.info(request, f"Cette appartenance est déjà {state} : il n’y a rien à changer.")
        return _back_from(request, membership.organisation)
    if request.method == "POST":
        services.end(membership, by=cast(User, request.user))
        gone = f"C’est fait : {membership.user} ne parle plus pour {membership.organisation}."
        messages.success(request, "Votre demande est retirée." if is_claim else gone)
        return _back_from(request, membership.organisation)
    context = {
        "membership": membership,
        "is_last": rules.is_last_officer(membership),
        "is_last_signer": rules.is_last_signer(membership) and not rules.is_officer(request.user),
    }
    return render(request, "partners/end.html", context)


def _back_from(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """To the organisation, for who may still see its people."""
    if rules.may_see_team(request.user, organisation):
        return redirect("partners:organisation", organisation.code)
    return redirect("partners:mine")


@page_for(rules.is_officer)
def appoint(request: HttpRequest, code: str) -> HttpResponse:
    """The officer names somebody in an organisation."""
    found = organisation_or_404(code)
    form = AppointForm(*sent_by(request), organisation=found)
    if form.is_bound and form.save(by=request.user):
        row = form.result
        messages.success(request, f"{row.user} est {row.get_role_display()} pour {found}.")
        return redirect("partners:organisation", found.code)
    context = {"organisation": found, "form": form}
    return render(request, "partners/appoint.html", context, status=422 if form.errors else 200)
