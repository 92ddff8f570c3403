from django.conf import settings

from faubourg.core.cards import MenuItem, PersonalData, RoomCard, Searched


class PartnersCard(RoomCard):
    name = "faubourg.partners"
    verbose_name = "partenaires"
    needs = ("journal", "accounts", "notifications", "documents", "search", "territory")
    url_prefix = ""
    menu = (
        MenuItem("partners:mine", "Notre organisme", "faubourg.partners.rules.finds_own_organisation", 60),
        MenuItem("partners:contracts", "Le contrat de ville", "faubourg.partners.rules.may_keep_contract", 40),
        MenuItem("partners:claims", "Organismes", "faubourg.partners.rules.is_officer", 70),
    )
    daily = (
        "faubourg.partners.services.close_ended",
        "faubourg.partners.services.remind_ending",
        "faubourg.partners.services.drop_proofs",
        "faubourg.partners.services.forget_invitations",
        "faubourg.partners.services.forget_contacts",
        "faubourg.partners.services.settle_merges",
    )
    strong = "faubourg.partners.rules.needs_second_factor"
    checks = ("faubourg.partners.selectors.nobody_runs",)
    belongings = "faubourg.partners.selectors.belongings"
    rehome = "faubourg.partners.services.rehome"
    erase = "faubourg.partners.services.forget_person"
    search = (
        Searched(
            "organisation", "Organismes", "faubourg.partners.listed.listed_organisations", "partners:organisation",
            reach="faubourg.partners.rules.finds_organisations", position=30,
        ),
        Searched("theme", "Thèmes du contrat", "faubourg.partners.listed.listed_themes", "website:theme", position=70),
        Searched(
            "contract", "Contrats de ville", "faubourg.partners.listed.listed_contracts", "website:contract",
            position=80,
        ),
    )  # fmt: skip
    personal_data = (
        PersonalData(
            what="Justificatif joint à la demande de parler pour un organisme : récépissé, procès-verbal, mandat",
            whose="La personne qui le demande, et celles que le document nomme",
            purpose="Vérifier que l’organisme lui a donné ce pouvoir",
            kept=f"Jusqu’à la réponse, puis {settings.PROOF_DAYS} jours",
            fields=("Membership.proof",),
        ),
        PersonalData(
            what="Rôle, fonction et dates dans un organisme ; délégations de signature ; motif d’un refus",
            whose="Les personnes qui parlent pour un organisme, ou qui l’ont demandé",
            purpose="Savoir qui peut écrire, signer et décider au nom de qui",
            kept="Tant que la personne parle pour l’organisme, puis jusqu’à l’effacement du compte",
            fields=(
                "Membership.user",
                "Membership.title",
                "Membership.reason",
                "Membership.decided_by",
            ),
        ),
        PersonalData(
            what="Contacts d’un organisme : fonction, nom, adresse électronique, téléphone",
            whose="Les personnes à joindre dans un organisme",
            purpose="Joindre la bonne personne au sujet d’un dossier ; jamais publiés",
            kept="Jusqu’à leur retrait, ou trois ans après leur dernière vérification",
            fields=("Contact.title", "Contact.name", "Contact.email", "Contact.phone"),
        ),
        PersonalData(
            what="Adresse invitée, fonction proposée, qui a invité",
            whose="Les personnes invitées à parler pour un organisme",
            purpose="Offrir un rôle à cette seule adresse",
            kept="Jusqu’à la réponse, au retrait ou quatorze jours après l’envoi ; effacées dans la journée",
            fields=("Invitation.email", "Invitation.title", "Invitation.invited_by"),
        ),
    )
