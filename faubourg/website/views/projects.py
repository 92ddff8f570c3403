"""Funded projects: their list, one of them, and those of a theme."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from faubourg.projects.figures import by_funder, total_cents
from faubourg.projects.selectors import announced_years, project_by_code, public_years_of
from faubourg.territory.selectors import current_geography, neighbourhoods
from faubourg.website.forms import ProjectFilter
from faubourg.website.models import ThemePage
from faubourg.website.pictures import arch_of
from faubourg.website.selectors import objectives_named, page_of_theme, shown_years, stories_about, themes_in_use

PER_PAGE, MOST_STORIES = 20, 4


@require_safe
def project_list(request: HttpRequest) -> HttpResponse:
    places = list(neighbourhoods(current_geography()))
    form = ProjectFilter(request.GET, years=announced_years(), themes=themes_in_use(), places=places)
    year, theme_slug, place = form.wanted()
    rows = shown_years(year=year, theme=theme_slug, place=place)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "is_narrowed": any((year, theme_slug, place))}
    return render(request, "website/project_list.html", context)


@require_safe
def project(request: HttpRequest, code: str) -> HttpResponse:
    """A project exists for the public from its first announced year on."""
    found = project_by_code(code)
    years = list(public_years_of(found)) if found else []
    if found is None or not years:
        raise Http404("project")
    context = {
        "project": found,
        "years": [(year, by_funder([year]), total_cents([year])) for year in years],
        "total_cents": total_cents(years),
    }
    return render(request, "website/project.html", context)


@require_safe
def theme(request: HttpRequest, slug: str, page: ThemePage | None = None) -> HttpResponse:
    """A preview brings its own page; else the published one stands here, if there is one."""
    named = list(objectives_named(slug))
    if not named:
        raise Http404("theme")
    years = list(shown_years(theme=slug))
    results = [(year, result) for year in years for result in year.results.all()]
    context = {
        "page": page or page_of_theme(slug),
        "stories": stories_about(slug)[:MOST_STORIES],
        "theme": named[0],
        "contracts": [row.contract for row in named],
        "summary": next((row.summary for row in named if row.summary), ""),
        "arch": arch_of(next((row.icon for row in named if row.icon), "")),
        "years": years[:PER_PAGE],
        "count": len(years),
        "results": results,
        "total_cents": total_cents(years),
    }
    return render(request, "website/theme.html", context)
