from faubourg.core.cards import MenuItem, PersonalData, RoomCard, Searched


class CallsCard(RoomCard):
    name = "faubourg.calls"
    verbose_name = "appels à projets"
    needs = (
        "journal",
        "accounts",
        "notifications",
        "documents",
        "questions",
        "search",
        "territory",
        "partners",
        "funding",
        "projects",
    )
    url_prefix = ""
    belongings = "faubourg.calls.selectors.belongings"
    rehome = "faubourg.calls.services.rehome"
    menu = (
        MenuItem("calls:mine", "Nos demandes", "faubourg.partners.rules.is_applicant", 20),
        MenuItem("calls:desk_calls", "Appels", "faubourg.calls.rules.may_see_table", 30),
    )
    search = (
        Searched(
            "application", "Dossiers reçus", "faubourg.calls.listed.listed_applications", "calls:desk_application",
            reach="faubourg.calls.rules.finds_received", position=10,
        ),
        Searched(
            "own_application", "Nos demandes", "faubourg.calls.listed.listed_applications", "calls:application",
            reach="faubourg.calls.rules.finds_own", position=10,
        ),
        Searched(
            "desk_call", "Appels, au bureau", "faubourg.calls.listed.listed_calls", "calls:call_edit",
            reach="faubourg.calls.rules.finds_calls", position=20,
        ),
        Searched("call", "Appels à projets", "faubourg.calls.listed.listed_calls", "website:call", position=50),
    )  # fmt: skip
    personal_data = (
        PersonalData(
            what="Code de la personne qui a commencé, signé ou instruit un dossier, ou écrit un avis",
            whose="Les personnes qui écrivent, signent et instruisent les demandes",
            purpose="Savoir qui a engagé l’organisme et qui a instruit sa demande",
            kept="Dix ans après la décision, comme les pièces comptables ; le code ne mène plus à personne "
            "une fois le compte effacé",
            fields=(
                "Application.made_by",
                "Application.sworn_by",
                "InformationRequest.asked_by",
                "Opinion.author",
            ),
        ),
        PersonalData(
            what="Textes et pièces de la demande : projet, réponses, statuts, relevé d’identité bancaire, comptes",
            whose="Les personnes que l’organisme nomme dans ses textes ou dans ses pièces",
            purpose="Examiner la demande de subvention",
            kept="Dix ans après la décision ; un brouillon jusqu’à ce qu’il soit abandonné",
            fields=(
                "Application.title",
                "Application.folded",
                "Application.summary",
                "Application.public",
                "Application.typed",
                "Application.inadmissible_reason",
                "InformationRequest.text",
                "InformationRequest.answer",
                "Piece.file",
                "Paper.file",
            ),
        ),
        PersonalData(
            what="Motif de chaque avis ; adresse de contact de l’appel",
            whose="Les personnes dont un avis parlerait ; celle qui répond aux questions sur l’appel",
            purpose="Décider des subventions, répondre aux organismes",
            kept="Dix ans après la décision",
            fields=("Opinion.reason", "Call.contact_email"),
        ),
    )
