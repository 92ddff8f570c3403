from faubourg.core.cards import PersonalData, RoomCard


class FundingCard(RoomCard):
    name = "faubourg.funding"
    verbose_name = "financement"
    needs = ("journal", "accounts", "partners")
    belongings = "faubourg.funding.selectors.belongings"  # and no rehome: money does not change its funder
    personal_data = (
        PersonalData(
            what="Précisions tapées dans un budget prévisionnel, où une personne peut être nommée",
            whose="Membres et partenaires des associations qui demandent",
            purpose="Instruire la demande de subvention",
            kept="Autant que le dossier : dix ans après la décision, comme les pièces comptables",
            fields=("Budget.indirect_rule", "Budget.typed", "BudgetLine.label"),
        ),
    )
    checks = ("faubourg.funding.figures.balance_faults",)
