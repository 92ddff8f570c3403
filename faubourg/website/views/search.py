"""What anybody finds: public pages alone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from faubourg.search.selectors import find


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    asked = request.GET
    found = find(asked.get("q", ""), kind=asked.get("nature", ""), page=asked.get("page"))
    return render(request, "website/search.html", {"found": found})
