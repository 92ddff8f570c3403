from faubourg.core.cards import PersonalData, RoomCard


class AccountsCard(RoomCard):
    name = "faubourg.accounts"
    verbose_name = "comptes"
    url_prefix = ""
    daily = ("faubourg.accounts.services.sweep_links", "faubourg.accounts.services.sweep_sessions")
    erase = "faubourg.accounts.services.erase"
    personal_data = (
        PersonalData(
            what="Adresse électronique, prénom, nom, date d’inscription et de dernière visite",
            whose="Toute personne qui a ouvert un compte",
            purpose="Entrer dans l’application et savoir avec qui l’on travaille",
            kept="Jusqu’à la demande d’effacement ; le compte devient alors anonyme",
            fields=("User.email", "User.first_name", "User.last_name", "User.joined_at", "User.last_login"),
        ),
        PersonalData(
            what="Adresse électronique, empreinte de l’adresse IP et page demandée avec un lien d’entrée",
            whose="Toute personne qui demande un lien d’entrée",
            purpose="Envoyer le lien, limiter les demandes répétées",
            kept="Sept jours après l’expiration du lien",
            fields=("SignInLink.user", "SignInLink.email", "SignInLink.origin", "SignInLink.next"),
        ),
    )
