"""Pages: hand one's signature to a member, take it back."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from faubourg.accounts.models import User
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.core.http import signed_in
from faubourg.partners import rules, selectors, services
from faubourg.partners.forms.delegations import DelegateForm
from faubourg.partners.views.people import organisation_or_404, sent_by


@signed_in
def delegate(request: HttpRequest, code: str) -> HttpResponse:
    """A signer lets a member of the organisation sign in his stead."""
    found = organisation_or_404(code)
    if not rules.is_signer_of(request.user, found):
        raise NotAllowed("Seule une personne signataire délègue sa signature ; une délégation ne se transmet pas.")
    members = selectors.live_members(found)
    form = DelegateForm(*sent_by(request), organisation=found, members=members)
    if form.is_bound and form.save(by=request.user):
        messages.success(request, f"{form.result.receiver.user} peut signer à votre place ces jours-là.")
        return redirect("partners:organisation", found.code)
    context = {"organisation": found, "form": form, "has_members": members.exists()}
    return render(request, "partners/delegate.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def delegation_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    row = selectors.delegation_by_code(code)
    if row is None:
        raise Http404
    try:
        services.withdraw_delegation(row, by=cast(User, request.user))
    except NotAllowed:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "La délégation est retirée, dès maintenant.")
    return redirect("partners:organisation", row.giver.organisation.code)
