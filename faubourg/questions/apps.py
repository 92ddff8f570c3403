from faubourg.core.cards import RoomCard


class QuestionsCard(RoomCard):
    name = "faubourg.questions"
    verbose_name = "questions"
