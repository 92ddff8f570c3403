"""Forms of the territory: communes one by one or as a list, versions of the geography, neighbourhoods, figures."""

from typing import Any

from django import forms
from django.conf import settings

from faubourg.core.forms import DayField, ServiceForm
from faubourg.territory import selectors, services
from faubourg.territory.enums import UNITS, Indicator
from faubourg.territory.models import Geography, KeyFigure, Municipality, Neighbourhood

FILE_AGAIN = "Choisissez de nouveau ce fichier : le navigateur ne le garde pas d’un envoi à l’autre."
MOST_SHOWN = 200_000  # signs of a file that can come back in its text field
NEW_PAGE = "nouvelle"  # stands where a version's code would
DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


# ------------------------------------------------------------------------------------------------- communes
class MunicipalityForm(ServiceForm):
    """One commune, known by its INSEE code, which does not change."""

    name = forms.CharField(label="Nom", max_length=80, error_messages={"required": "Écrivez le nom de la commune."})
    insee = forms.CharField(
        label="Code Insee",
        max_length=12,
        help_text="Cinq signes, par exemple 40088. Ce n’est pas le code postal.",
        error_messages={"required": "Écrivez le code Insee."},
    )
    siren = forms.CharField(
        label="SIREN",
        max_length=20,
        help_text="Neuf chiffres, avec ou sans espaces.",
        widget=forms.TextInput(DIGITS),
        error_messages={"required": "Écrivez le SIREN de la commune."},
    )
    population = forms.CharField(
        label="Habitants",
        max_length=20,
        widget=forms.TextInput(DIGITS),
        error_messages={"required": "Écrivez le nombre d’habitants."},
    )
    postcodes = forms.CharField(
        label="Codes postaux", max_length=200, required=False, help_text="Un espace entre deux codes."
    )

    def __init__(self, *args: Any, municipality: Municipality | None = None, **kwargs: Any) -> None:
        self.municipality = municipality
        if municipality is not None:
            first = {name: getattr(municipality, name) for name in ("name", "siren", "population")}
            kwargs.setdefault("initial", {**first, "postcodes": " ".join(municipality.postcodes)})
        super().__init__(*args, **kwargs)
        if municipality is not None:
            del self.fields["insee"]

    def clean_insee(self) -> str:
        insee: str = "".join(self.cleaned_data["insee"].split()).upper()
        known = selectors.municipality_by_insee(insee)
        if known is not None:
            raise forms.ValidationError(f"Ce code est déjà celui de « {known} ». Corrigez-la depuis la liste.")
        return insee

    def clean_population(self) -> int:
        people = services.whole(self.cleaned_data["population"])
        if people < 0:
            raise forms.ValidationError("Écrivez un nombre entier, par exemple 22 109.")
        return people

    def clean_postcodes(self) -> list[str]:
        return str(self.cleaned_data["postcodes"]).replace(",", " ").replace(";", " ").split()

    def serve(self, by: Any) -> Municipality:
        insee = self.municipality.insee if self.municipality is not None else self.cleaned_data["insee"]
        return services.add_municipality(**{**self.cleaned_data, "insee": insee}, by=by)


class _TextOrFile(ServiceForm):
    """The same thing pasted or as a file. When it is refused the file's text comes back, to be mended in place."""

    of_text = "text"
    is_too_long = False  # to come back

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        file = data.pop("file", None)
        if file is None:
            return data
        if file.size > settings.MAX_UPLOAD_MB * 1024 * 1024:
            self.add_error("file", f"Ce fichier est trop lourd : {settings.MAX_UPLOAD_MB} Mo au plus.")
            return data
        data[self.of_text] = text = services.decoded(file.read())
        self.is_too_long = len(text) > MOST_SHOWN
        if not self.is_too_long:
            self.data = {**self.data.dict(), self.add_prefix(self.of_text): text}  # type: ignore[attr-defined]
        return data

    def save(self, *, by: Any) -> bool:
        went_through = super().save(by=by)
        if not went_through and self.is_too_long:
            self.add_error("file", FILE_AGAIN)
        return went_through


class MunicipalitiesForm(_TextOrFile):
    """Many communes at once."""

    text = forms.CharField(
        label="Les lignes du tableau",
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
        help_text="La première ligne nomme les colonnes : insee;nom;siren;habitants;codes_postaux. "
        "Copiées d’un tableur, elles conviennent aussi.",
    )
    file = forms.FileField(
        label="Ou un fichier CSV",
        required=False,
        error_messages={"empty": "Ce fichier est vide. Choisissez-en un autre."},
    )

    def serve(self, by: Any) -> services.Loaded:
        return services.load_municipalities(self.cleaned_data["text"], by=by)


# ------------------------------------------------------------------------------------------------- geography
class GeographyForm(ServiceForm):
    """A version of the priority geography: the list of one year. Its code is read in addresses."""

    name = forms.CharField(
        label="Nom",
        max_length=120,
        help_text="Par exemple : Géographie prioritaire de 2024.",
        error_messages={"required": "Écrivez le nom de cette liste."},
    )
    code = forms.SlugField(
        label="Code",
        max_length=8,
        help_text="Son année, par exemple 2024.",
        error_messages={"invalid": "Écrivez l’année, par exemple 2024."},
    )
    valid_from = DayField(label="Valable du")
    valid_until = DayField(label="Valable au", required=False)
    source = forms.CharField(label="Source", max_length=200)
    licence = forms.CharField(label="Licence", max_length=80)

    def __init__(self, *args: Any, geography: Geography | None = None, **kwargs: Any) -> None:
        self.geography = geography
        first: dict[str, Any] = {
            "source": "ANCT, quartiers prioritaires de la politique de la ville",
            "licence": "Licence Ouverte 2.0",
        }
        if geography is not None:
            first = {name: getattr(geography, name) for name in self.base_fields}
        kwargs.setdefault("initial", first)
        super().__init__(*args, **kwargs)
        if geography is not None:
            del self.fields["code"]

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if code == NEW_PAGE or selectors.geography_by_code(code) is not None:
            raise forms.ValidationError("Ce code sert déjà. Choisissez-en un autre.")
        return code

    def serve(self, by: Any) -> Geography:
        code = self.geography.code if self.geography is not None else self.cleaned_data["code"]
        return services.add_geography(**{**self.cleaned_data, "code": code}, by=by)


class NeighbourhoodForm(_TextOrFile):
    """A neighbourhood of one version, with its outline. Without a new outline the one that is known stays."""

    of_text = "outline"
    name = forms.CharField(label="Nom", max_length=80, error_messages={"required": "Écrivez le nom du quartier."})
    code = forms.CharField(
        label="Code",
        max_length=12,
        help_text="QN et six signes pour la liste de 2024, QP et six signes pour celle de 2015.",
        error_messages={"required": "Écrivez le code du quartier, par exemple QN04001M."},
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects.none(), label="Commune", to_field_name="insee", empty_label="Choisissez une commune"
    )
    geography = forms.ModelChoiceField(
        Geography.objects.none(), label="Liste", to_field_name="code", empty_label=None
    )  # fmt: skip
    previous = forms.ModelChoiceField(
        Neighbourhood.objects.none(),
        label="Auparavant",
        to_field_name="code",
        required=False,
        empty_label="Aucun",
        help_text="Le même quartier dans la liste d’avant.",
    )
    outline = forms.CharField(
        label="Contour",
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 5, "spellcheck": "false"}),
        help_text="Le texte GeoJSON d’un polygone, en longitude et latitude (WGS84).",
    )
    file = forms.FileField(
        label="Ou un fichier GeoJSON",
        required=False,
        help_text="Celui de l’ANCT convient : le quartier y est pris par son code.",
        error_messages={"empty": "Ce fichier est vide. Choisissez-en un autre."},
    )
    area_ha = forms.CharField(label="Hectares", max_length=12, required=False)
    summary = forms.CharField(label="En une phrase", max_length=300, required=False)

    def __init__(self, *args: Any, place: Neighbourhood | None = None, **kwargs: Any) -> None:
        self.place = place
        kwargs.setdefault("initial", self.first_values(place))
        super().__init__(*args, **kwargs)
        others = selectors.all_neighbourhoods()
        if place is not None:
            others = others.exclude(pk=place.pk)
        self.fields["municipality"].queryset = selectors.municipalities()  # type: ignore[attr-defined]
        self.fields["geography"].queryset = selectors.geographies()  # type: ignore[attr-defined]
        self.fields["previous"].queryset = others  # type: ignore[attr-defined]
        self.fields["previous"].label_from_instance = lambda row: f"{row.name}, {row.code}"  # type: ignore[attr-defined]
        if place is not None:
            del self.fields["code"]
        if place is not None and place.outline:
            self.fields["outline"].help_text = "Laissez vide pour garder celui qui est dessiné."

    @staticmethod
    def first_values(place: Neighbourhood | None) -> dict[str, Any]:
        if place is None:
            return {}
        hectares = "" if place.area_ha is None else str(place.area_ha).replace(".", ",")
        return {
            "name": place.name,
            "municipality": place.municipality.insee,
            "geography": place.geography.code,
            "previous": place.previous.code if place.previous is not None else "",
            "area_ha": hectares,
            "summary": place.summary,
        }

    def clean_code(self) -> str:
        code: str = "".join(self.cleaned_data["code"].split()).upper()
        known = selectors.neighbourhood_by_code(code)
        if known is not None:
            raise forms.ValidationError(f"Ce code est déjà celui de « {known} ». Corrigez-le depuis la liste.")
        return code

    def serve(self, by: Any) -> Neighbourhood:
        data = dict(self.cleaned_data)
        text = data.pop("outline")
        outline = text if text.strip() else self.place.outline if self.place is not None else None
        code = self.place.code if self.place is not None else data.pop("code")
        area = data.pop("area_ha") or None
        return services.add_neighbourhood(**data, code=code, outline=outline, area_ha=area, by=by)


# ------------------------------------------------------------------------------------------------- figures
class FigureForm(ServiceForm):
    """One figure of one neighbourhood. The same indicator and year again corrects it."""

    indicator = forms.ChoiceField(
        label="Indicateur",
        choices=[
            ("", "Choisissez un indicateur"),
            *((one.value, f"{UNITS[one]} {one.label}".strip()) for one in Indicator),
        ],
        error_messages={"required": "Choisissez un indicateur."},
    )
    value = forms.CharField(
        label="Valeur",
        max_length=20,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"required": "Écrivez la valeur."},
    )
    edition = forms.IntegerField(
        label="Année", help_text="Celle de l’édition.", error_messages={"required": "Écrivez l’année."}
    )
    source = forms.CharField(label="Source", max_length=160, error_messages={"required": "Écrivez d’où il vient."})
    outline_of = forms.ModelChoiceField(
        Geography.objects.none(), label="Compté dans les contours de", to_field_name="code", empty_label=None
    )

    def __init__(self, *args: Any, place: Neighbourhood, last: KeyFigure | None = None, **kwargs: Any) -> None:
        self.place = place
        first: dict[str, Any] = {"outline_of": place.geography.code}
        if last is not None:
            first = {"outline_of": last.outline_of.code, "edition": last.edition, "source": last.source}
        super().__init__(*args, **{"prefix": "figure", "initial": first, **kwargs})
        self.fields["outline_of"].queryset = selectors.geographies()  # type: ignore[attr-defined]

    def serve(self, by: Any) -> KeyFigure:
        return services.add_figure(self.place, **self.cleaned_data, by=by)
