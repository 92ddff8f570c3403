"""The door: asking for a link, coming in by it, going out, one's own account."""

from typing import cast

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.stagekit import clear_login
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from faubourg.accounts import rules, services
from faubourg.accounts.adapters import home
from faubourg.accounts.forms import NameForm, SignInForm
from faubourg.accounts.identities import standing, ways
from faubourg.accounts.models import User
from faubourg.core.http import client_ip, signed_in


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for a link. Known or not, an address gets the same answer."""
    wanted = rules.safe_next(request.GET.get("next", ""))
    if request.user.is_authenticated:
        return redirect(wanted or home())
    clear_login(request)  # who comes back here has given up on a second proof that was asked
    form = SignInForm(
        request.POST if request.method == "POST" else None, ip=client_ip(request), initial={"next": wanted}
    )
    if request.method == "POST" and form.save(by=None):
        request.session[services.SENT_TO] = form.result
        return redirect("accounts:sent")
    context = {"form": form, "ways": ways(), "wanted": wanted, "example_accounts": _example_accounts()}
    return render(request, "accounts/sign_in.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """« Regardez votre boîte » : the same page whether somebody is known at this address or not."""
    email = request.session.get(services.SENT_TO)
    if not email:
        return redirect("accounts:sign_in")
    return render(request, "accounts/sent.html", {"email": email, "minutes": settings.SIGN_IN_LINK_MINUTES})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """A page with one button on GET, since mail scanners open links too; the token is used by POST alone."""
    try:
        if request.method != "POST":
            return render(request, "accounts/link.html", {"link": services.peek(token)})
        used = services.use_link(token)
    except services.LinkRefusal as refusal:
        context = {"refusal": refusal, "form": SignInForm(initial={"next": refusal.next})}
        return render(request, "accounts/link_refused.html", context, status=refusal.status)
    user = cast(User, used.user)
    request.session.pop(services.SENT_TO, None)
    record_authentication(request, user, services.BY_LINK)
    return perform_login(request, user, redirect_url=rules.safe_next(used.next) or home())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Go out, by POST alone: no picture in somebody's mail can sign a person out."""
    if request.method == "POST":
        logout(request)
        messages.success(request, "Vous êtes sorti. À bientôt.")
        return redirect("accounts:sign_in")
    return render(request, "accounts/sign_out.html")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest) -> HttpResponse:
    """Before somebody without password or second proof touches the account's safety: a link, once more."""
    wanted = rules.safe_next(request.GET.get("next", ""))
    email = cast(User, request.user).email
    form = SignInForm({"email": email, "next": wanted} if request.method == "POST" else None, ip=client_ip(request))
    if request.method == "POST" and form.save(by=None):
        request.session[services.SENT_TO] = email
        return redirect("accounts:sent")
    return render(request, "accounts/again.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """« Mon compte »: one's name, one's address, the way out."""
    user = cast(User, request.user)
    names = {"first_name": user.first_name, "last_name": user.last_name}
    form = NameForm(request.POST if request.method == "POST" else None, initial=names)
    if request.method == "POST" and form.save(by=user):
        messages.success(request, "Votre nom est enregistré.")
        return redirect("accounts:me")
    return render(request, "accounts/me.html", {"form": form, "identities": standing(user)})


def _example_accounts() -> object | None:
    """The example accounts of the demo world, where there is one: that room brings the fragment."""
    if not settings.DEMO:
        return None
    try:
        return get_template("demo/_accounts.html")
    except TemplateDoesNotExist:
        return None
