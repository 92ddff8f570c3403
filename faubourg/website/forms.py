"""The filters of the public list of projects, which answers whatever an address says; the editors' form of a photo."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from faubourg.partners.models import Objective
from faubourg.territory.models import Neighbourhood

ALL = ("", "Tous")


class ProjectFilter(forms.Form):
    """Year, theme, neighbourhood: each in the address (``?annee=2018&theme=reussite&quartier=cuyes``)."""

    fields: dict[str, Any]
    annee = forms.ChoiceField(label="Année", required=False)
    theme = forms.ChoiceField(label="Thème", required=False)
    quartier = forms.ChoiceField(label="Quartier", required=False)

    def __init__(
        self,
        data: QueryDict,
        *,
        years: Iterable[int],
        themes: Iterable[Objective],
        places: Iterable[Neighbourhood],
    ) -> None:
        super().__init__(data)
        self.fields["annee"].choices = [("", "Toutes"), *((str(year), str(year)) for year in years)]
        self.fields["theme"].choices = [ALL, *_groups(themes)]
        self.fields["quartier"].choices = [ALL, *((place.slug, place.name) for place in places)]

    def wanted(self) -> tuple[int | None, str, str]:
        """(year, theme, neighbourhood); what is not offered narrows nothing."""
        self.is_valid()
        year = self.cleaned_data.get("annee") or ""
        return (
            int(year) if year else None,
            self.cleaned_data.get("theme") or "",
            self.cleaned_data.get("quartier") or "",
        )


def _groups(themes: Iterable[Objective]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The themes under their contracts; a name that two contracts share is offered once, under the newest."""
    seen: set[str] = set()
    found = []
    for contract, rows in groupby(themes, key=lambda row: row.contract):
        group = []
        for row in rows:
            if row.slug not in seen:
                seen.add(row.slug)
                group.append((row.slug, row.title))
        if group:
            found.append((contract.title, group))
    return found


class WholePhotoField(WagtailImageField):
    """A photo that was cut on its way is refused in words, not by a failure."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        try:
            return super().clean(data, initial)
        except OSError:
            raise ValidationError("Cette photo est coupée ou abîmée. Envoyez-la de nouveau.") from None


class PhotoForm(BaseImageForm):
    """The form of a photo at the editors' desk, alone or among several."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        asked = self.fields.get("file")
        if asked is not None:
            asked.__class__ = WholePhotoField
