"""The mails of the door. This room stands under the post room, so it writes and sends its mails itself."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse


def link_letter(email: str, token: str) -> EmailMultiAlternatives:
    """The way in. Built on the town's own address, never on the one that the request claims to have asked."""
    url = f"{settings.BASE_URL}{reverse('accounts:link', args=[token])}"
    return _mail("link", email, "Votre lien pour entrer", url=url, minutes=settings.SIGN_IN_LINK_MINUTES)


def closed_letter(email: str) -> EmailMultiAlternatives:
    """The answer to an address whose access was closed; the page itself says the same to everybody."""
    return _mail("closed", email, "Votre accès est fermé")


def _mail(name: str, email: str, subject: str, **context: object) -> EmailMultiAlternatives:
    context |= {"town": settings.TOWN, "subject": subject}
    mail = EmailMultiAlternatives(
        subject=f"{subject} – contrat de ville {settings.TOWN['name']}",
        body=render_to_string(f"accounts/mails/{name}.txt", context).strip() + "\n",
        to=[email],
    )
    mail.attach_alternative(render_to_string(f"accounts/mails/{name}.html", context), "text/html")
    return mail
