from faubourg.core.cards import PersonalData, RoomCard


class AccountsCard(RoomCard):
    name = "faubourg.accounts"
    verbose_name = "comptes"
    needs = ("journal",)
    url_prefix = ""
    bare_urls = "faubourg.accounts.ways"
    doors = ("faubourg.accounts.door.second_factor",)
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
            what="Sessions ouvertes : adresse du réseau, navigateur, jour et heure ; seconde preuve et clés, scellées",
            whose="Toute personne qui est entrée, ou qui a protégé son compte",
            purpose="Montrer à chacun où il est entré, refuser qui n’a qu’une preuve",
            kept="La session : deux semaines au plus ; la preuve : jusqu’à son retrait ou à l’effacement du compte",
        ),
        PersonalData(
            what="Identités reliées (ProConnect, FranceConnect) : l’identifiant donné par le fournisseur, les jours où "
            "elle a été reliée et a servi, l’empreinte de l’adresse vue",
            whose="Toute personne qui entre par un fournisseur d’identité, quand la ville en a réglé un",
            purpose="Reconnaître la même personne, même si son adresse change chez le fournisseur",
            kept="Jusqu’à ce que la personne la retire, ou jusqu’à l’effacement du compte",
        ),
        PersonalData(
            what="Adresse électronique, empreinte de l’adresse IP et page demandée avec un lien d’entrée",
            whose="Toute personne qui demande un lien d’entrée",
            purpose="Envoyer le lien, limiter les demandes répétées",
            kept="Sept jours après l’expiration du lien",
            fields=("SignInLink.user", "SignInLink.email", "SignInLink.origin", "SignInLink.next"),
        ),
    )
