"""What waits for this person, and nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from faubourg.core.http import signed_in
from faubourg.desk.home import home_of


@require_safe
@signed_in
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/home.html", home_of(request.user))
