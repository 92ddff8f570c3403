"""Reading what is stored. Who may see a file is the business of the room that owns it."""

from django.db.models import QuerySet

from faubourg.documents.models import StoredFile


def files_of(access: str) -> QuerySet[StoredFile]:
    """The files under one access label, oldest first."""
    return StoredFile.objects.filter(access=access)
