from faubourg.core.cards import PersonalData, RoomCard


class NotificationsCard(RoomCard):
    name = "faubourg.notifications"
    verbose_name = "courrier"
    needs = ("journal", "accounts")
    daily = ("faubourg.notifications.services.forget_old",)
    often = ("faubourg.notifications.services.send_queued",)
    erase = "faubourg.notifications.services.erase"
    checks = ("faubourg.notifications.figures.stuck_mails",)
    personal_data = (
        PersonalData(
            what="Adresse électronique, texte et pièces jointes des courriels envoyés",
            whose="Toute personne à qui l’application écrit",
            purpose="Prévenir, notifier les décisions et pouvoir le prouver",
            kept="Dix ans ; le texte et les pièces jointes disparaissent à la demande d’effacement",
            fields=("Mail.to", "Mail.subject", "Mail.text", "Mail.html", "Mail.author", "Enclosure.content"),
        ),
    )
