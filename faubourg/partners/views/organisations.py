"""Pages: another name for an organisation, whom to reach there."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from faubourg.accounts.models import User
from faubourg.core.errors import NotAllowed
from faubourg.core.http import signed_in
from faubourg.documents.services import show_picture
from faubourg.partners import rules, selectors, services
from faubourg.partners.forms.organisations import ContactForm, LogoForm, NameForm
from faubourg.partners.models import Contact
from faubourg.partners.views.people import organisation_or_404, sent_by

KEPT_BY = "Les contacts sont tenus par les personnes de l’organisme et le chargé de mission."


@signed_in
def rename(request: HttpRequest, code: str) -> HttpResponse:
    found = organisation_or_404(code)
    if not rules.may_manage(request.user, found):
        raise NotAllowed("Un signataire de l’organisme ou le chargé de mission en change le nom.")
    form = NameForm(*sent_by(request), organisation=found)
    if form.is_bound and form.save(by=request.user):
        messages.success(request, f"Cet organisme s’appelle maintenant {form.result.name}.")
        return redirect("partners:organisation", found.code)
    context = {"organisation": found, "form": form, "names": selectors.names_of(found)}
    return render(request, "partners/rename.html", context, status=422 if form.errors else 200)


@signed_in
def contacts(request: HttpRequest, code: str) -> HttpResponse:
    """Whom to reach: for its own people, the officer and the funders. A POST adds one."""
    found = organisation_or_404(code)
    if not rules.may_see_contacts(request.user, found):
        raise NotAllowed("Les contacts d’un organisme ne sont visibles que de ses personnes et des financeurs.")
    keeps = rules.may_keep_contacts(request.user, found)
    if request.method == "POST" and not keeps:
        raise NotAllowed(KEPT_BY)
    form = ContactForm(*sent_by(request), organisation=found) if keeps else None
    if form and form.is_bound and form.save(by=request.user):
        messages.success(request, "Le contact est ajouté.")
        return redirect("partners:contacts", found.code)
    context = {
        "organisation": found,
        "contacts": list(selectors.contacts_of(found)),
        "form": form,
        "sees_team": rules.may_see_team(request.user, found),
    }
    return render(request, "partners/contacts.html", context, status=422 if form and form.errors else 200)


def _contact(request: HttpRequest, code: str) -> Contact:
    found = selectors.contact_by_code(code)
    if found is None:
        raise Http404
    if not rules.may_keep_contacts(request.user, found.organisation):
        raise NotAllowed(KEPT_BY)
    return found


@signed_in
def contact_change(request: HttpRequest, code: str) -> HttpResponse:
    found = _contact(request, code)
    form = ContactForm(*sent_by(request), organisation=found.organisation, contact=found)
    if form.is_bound and form.save(by=request.user):
        messages.success(request, "Le contact est vérifié : il est gardé trois ans de plus.")
        return redirect("partners:contacts", found.organisation.code)
    context = {"organisation": found.organisation, "contact": found, "form": form}
    return render(request, "partners/contact.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def contact_remove(request: HttpRequest, code: str) -> HttpResponse:
    found = _contact(request, code)
    services.remove_contact(found, by=cast(User, request.user))
    messages.success(request, "Le contact est retiré.")
    return redirect("partners:contacts", found.organisation.code)


@require_safe
def logo(request: HttpRequest, code: str) -> HttpResponse:
    """For everybody, as the name of an organisation is."""
    found = organisation_or_404(code)
    if found.logo is None:
        raise Http404
    return show_picture(found.logo)


@signed_in
def logo_change(request: HttpRequest, code: str) -> HttpResponse:
    found = organisation_or_404(code)
    if not rules.may_manage(request.user, found):
        raise NotAllowed("Un signataire de l’organisme ou le chargé de mission en change le logo.")
    form = LogoForm(*sent_by(request), organisation=found)
    if form.is_bound and form.save(by=request.user):
        messages.success(request, "Le logo est enregistré.")
        return redirect("partners:organisation", found.code)
    context = {"organisation": found, "form": form}
    return render(request, "partners/logo.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def logo_remove(request: HttpRequest, code: str) -> HttpResponse:
    found = organisation_or_404(code)
    services.remove_logo(found, by=cast(User, request.user))
    messages.success(request, "Le logo est retiré.")
    return redirect("partners:organisation", found.code)
