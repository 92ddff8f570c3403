"""Pages: the pairs that look like one organisation, two of them beside each other, the merges of a month."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from faubourg.accounts.models import User
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.core.http import act, act_for, page_for
from faubourg.partners import rules, selectors, services
from faubourg.partners.forms.people import FindForm
from faubourg.partners.models import Organisation
from faubourg.partners.views.people import organisation_or_404


@require_safe
@page_for(rules.may_merge)
def doubles(request: HttpRequest) -> HttpResponse:
    return _doubles(request)


def _doubles(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    context = {
        "pairs": selectors.likely_doubles(),
        "merges": [(row, row.made_at + selectors.REVERSIBLE) for row in selectors.reversible_merges()],
        "refusal": refusal,
    }
    return render(request, "partners/doubles.html", context, status=422 if refusal else 200)


@require_safe
@page_for(rules.may_merge)
def double_of(request: HttpRequest, code: str) -> HttpResponse:
    """Find the other one, by name or number."""
    kept = organisation_or_404(code)
    form = FindForm(request.GET if request.GET.get("q", "").strip() else None)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    found = [one for one in selectors.search_organisations(text) if one.pk != kept.pk]
    return render(request, "partners/double_of.html", {"kept": kept, "form": form, "text": text, "found": found})


@page_for(rules.may_merge)
def merge(request: HttpRequest, code: str, other: str) -> HttpResponse:
    """Both beside each other, with all that hangs on each; a POST makes them one."""
    kept, gone = organisation_or_404(code), organisation_or_404(other)
    refusal = None
    if request.method == "POST":
        try:
            services.merge_organisations(gone, kept, by=cast(User, request.user))
        except NotAllowed:
            raise
        except Refusal as no:
            refusal = no
        else:
            messages.success(request, f"{gone} est maintenant {kept}. Vous pouvez revenir en arrière pendant 30 jours.")
            return redirect("partners:doubles")
    context = {"kept": kept, "gone": gone, "rows": _beside(kept, gone), "refusal": refusal}
    return render(request, "partners/merge.html", context, status=422 if refusal else 200)


def _beside(kept: Organisation, gone: Organisation) -> list[tuple[str, int, int]]:
    """« personnes », how many here, how many there."""
    here, there = (selectors.counts_of(selectors.all_belongings(one)) for one in (kept, gone))
    return [(kind, here.get(kind, 0), there.get(kind, 0)) for kind in {**here, **there} if kind not in ("SIRET", "RNA")]


@act_for(rules.may_merge)
def merge_undo(request: HttpRequest, code: str) -> HttpResponse:
    row = selectors.merge_by_code(code)
    if row is None:
        raise Http404
    said = f"{row.source} est de nouveau un organisme à part, avec tout ce qu’il avait."
    return act(
        request, lambda: services.undo_merge(row, by=cast(User, request.user)), lambda no: _doubles(request, no), said,
        "partners:doubles",
    )  # fmt: skip
