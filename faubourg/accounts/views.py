"""The door: asking for a link, coming in by it, going out, one's own account."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from faubourg.accounts import rules, services
from faubourg.accounts.forms import NameForm, SignInForm
from faubourg.accounts.models import User
from faubourg.core.http import signed_in

BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for a link. Known or not, an address gets the same answer."""
    wanted = rules.safe_next(request.GET.get("next", ""))
    if request.user.is_authenticated:
        return redirect(wanted or _home())
    form = SignInForm(request.POST if request.method == "POST" else None, ip=_ip(request), initial={"next": wanted})
    if request.method == "POST" and form.save(by=None):
        request.session[services.SENT_TO] = form.result
        return redirect("accounts:sent")
    context = {"form": form, "example_accounts": _example_accounts()}
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
    login(request, cast(User, used.user), backend=BACKEND)
    request.session.pop(services.SENT_TO, None)
    return redirect(rules.safe_next(used.next) or _home())


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
    return render(request, "accounts/me.html", {"form": form})


def _home() -> str:
    """Where people go once they are in; a town may have closed the desk."""
    try:
        return reverse(settings.LOGIN_REDIRECT_URL)
    except NoReverseMatch:
        return reverse("accounts:me")


def _ip(request: HttpRequest) -> str:
    """Whence the request comes. What a client says of itself counts only behind our own proxy, and then last."""
    if settings.SECURE_PROXY_SSL_HEADER:
        return str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def _example_accounts() -> object | None:
    """The example accounts of the demo world, where there is one: that room brings the fragment."""
    if not settings.DEMO:
        return None
    try:
        return get_template("demo/_accounts.html")
    except TemplateDoesNotExist:
        return None
