"""The gallery: every component in every state, the place where the look is judged and tested."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "core/gallery.html", {})
