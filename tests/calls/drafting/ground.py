"""A draft as its tests read it again."""

from faubourg.calls.models import Application


def again(application: Application) -> Application:
    return Application.objects.get(pk=application.pk)
