from faubourg.core.cards import PersonalData, RoomCard


class QuestionsCard(RoomCard):
    name = "faubourg.questions"
    verbose_name = "questions"
    needs = ("journal", "accounts")
    personal_data = (
        PersonalData(
            what="Réponses en texte libre, où une personne peut être nommée",
            whose="Qui remplit un questionnaire, et qui y est nommé",
            purpose="Instruire la demande à laquelle le questionnaire appartient",
            kept="Autant que cette demande",
            fields=("Answer.text", "Answer.value"),
        ),
    )
