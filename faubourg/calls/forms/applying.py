"""Small forms of those who apply: begin, answer a request."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from faubourg.calls import services
from faubourg.calls.models import Application, Call, InformationRequest
from faubourg.core.errors import Refusal
from faubourg.core.forms import ServiceForm
from faubourg.documents.rules import SAID_EXTENSIONS
from faubourg.partners.models import Organisation
from faubourg.projects.models import Project


class StartForm(ServiceForm):
    """For which of my organisations?"""

    organisation = forms.ChoiceField(
        label="Quel organisme porte le projet ?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez l’organisme qui porte le projet.",
            "invalid_choice": "Vous n’écrivez pas pour cet organisme. Choisissez un de ceux-ci.",
        },
    )

    def __init__(self, *args: Any, call: Call, organisations: list[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        self.call, self.organisations = call, organisations
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  for mypy
        field.choices = [(row.code, row.name) for row in organisations]
        if len(organisations) == 1:
            field.initial = organisations[0].code

    def serve(self, by: Any) -> Application:
        code = self.cleaned_data["organisation"]
        chosen = next(row for row in self.organisations if row.code == code)
        return services.start(self.call, chosen, by=by)


class ContinueForm(ServiceForm):
    """A project of former years, carried on under the same name."""

    project = forms.CharField()

    def __init__(self, *args: Any, call: Call, projects: list[Project], **options: Any) -> None:
        super().__init__(*args, **options)
        self.call, self.projects = call, {row.code: row for row in projects}

    def serve(self, by: Any) -> Application:
        found = self.projects.get(self.cleaned_data["project"])
        if found is None:
            raise Refusal("Ce projet ne se continue pas ici : choisissez-en un de la liste, ou commencez-en un autre.")
        return services.start(self.call, found.organisation, project=found, by=by)


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, judged by the service: what a file is, its content says."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        return [upload for upload in (data if isinstance(data, list | tuple) else [data]) if upload]


class AnswerForm(ServiceForm):
    """The answer to « il manque une pièce »."""

    answer = forms.CharField(
        label="Votre réponse",
        help_text="Quelques mots suffisent si vous joignez la pièce demandée.",
        required=False,
        widget=forms.Textarea({"rows": 5}),
    )
    file = FilesField(label="Les fichiers", help_text=f"Un ou plusieurs. {SAID_EXTENSIONS}.", required=False)

    def __init__(self, *args: Any, application: Application, **options: Any) -> None:
        super().__init__(*args, **options)
        self.application = application

    def serve(self, by: Any) -> InformationRequest:
        data = self.cleaned_data
        return services.answer_request(self.application, answer=data["answer"], uploads=data["file"], by=by)
