"""What somebody finds who is signed in: what is theirs to open, and the public pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from faubourg.core.http import page_for
from faubourg.desk.rules import is_inside
from faubourg.search.selectors import find


@require_safe
@page_for(is_inside)
def search(request: HttpRequest) -> HttpResponse:
    asked = request.GET
    found = find(asked.get("q", ""), request.user, kind=asked.get("nature", ""), page=asked.get("page"))
    return render(request, "desk/search.html", {"found": found})
