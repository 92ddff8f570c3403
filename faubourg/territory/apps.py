from faubourg.core.cards import RoomCard, Searched


class TerritoryCard(RoomCard):
    name = "faubourg.territory"
    verbose_name = "territoire"
    needs = ("journal", "accounts", "search")
    # Its pages and its menu stand in the desk: this room is under the one that knows who may change it.
    search = (
        Searched(
            "neighbourhood", "Quartiers", "faubourg.territory.listed.listed_neighbourhoods", "website:neighbourhood",
            position=60,
        ),
    )  # fmt: skip
