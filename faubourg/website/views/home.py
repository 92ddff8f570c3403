"""The public home."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from faubourg.website.home import home as shown


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "website/home.html", shown())
