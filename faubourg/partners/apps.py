from faubourg.core.cards import MenuItem, PersonalData, RoomCard


class PartnersCard(RoomCard):
    name = "faubourg.partners"
    verbose_name = "partenaires"
    url_prefix = "organismes"
    menu = (
        MenuItem("partners:mine", "Notre organisme", "faubourg.partners.rules.finds_own_organisation", 60),
        MenuItem("partners:claims", "Organismes", "faubourg.partners.rules.is_officer", 70),
    )
    daily = ("faubourg.partners.services.close_ended",)
    strong = "faubourg.partners.rules.needs_second_factor"
    checks = ("faubourg.partners.selectors.nobody_runs",)
    erase = "faubourg.partners.services.forget_person"
    personal_data = (
        PersonalData(
            what="Rôle, fonction et dates dans un organisme ; justificatif de la demande ; motif d’un refus",
            whose="Les personnes qui parlent pour un organisme, ou qui l’ont demandé",
            purpose="Savoir qui peut écrire, signer et décider au nom de qui",
            kept="Tant que la personne parle pour l’organisme, puis jusqu’à l’effacement du compte",
            fields=(
                "Membership.user",
                "Membership.title",
                "Membership.proof",
                "Membership.reason",
                "Membership.decided_by",
            ),
        ),
    )
