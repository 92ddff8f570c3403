"""What the search finds of the projects: those of which a year is public."""

from collections.abc import Collection, Iterator

from django.db.models import Max

from faubourg.core.cards import Listed
from faubourg.projects.models import Project


def listed_projects(among: Collection[int] | None = None) -> Iterator[Listed]:
    """Public projects (of these keys), as the public site shows them; nothing of a year that is not announced."""
    rows = Project.objects.filter(years__announced_at__isnull=False)
    rows = (rows if among is None else rows.filter(pk__in=among)).annotate(last_year=Max("years__year"))
    for one in rows.select_related("organisation").order_by("pk").iterator():
        yield Listed(
            "project",
            one.code,
            one.title,
            (one.organisation.name, one.summary),
            args=(one.code,),
            position=one.last_year,
        )
