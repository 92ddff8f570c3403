"""Which drawing goes with what: the contract's icons, the stories' pictures, tokens of money."""

# an objective's icon, as the contract's keeper names it -> the drawing inside the arch
ARCHES = {
    "livre": "book",
    "bulle": "speech",
    "mains": "people",
    "velo": "bike",
    "cle": "key",
    "outil": "cap",
    "porte": "bag",
    "vitrine": "shop",
    "etoile": "star",
    "ampoule": "bulb",
    "coeur": "heart",
    "arbre": "tree",
    "maison": "home",
}
STORIES = {"outil": "website/_art_story_workshop.html", "bulle": "website/_art_story_tea.html"}
TOKENS = (1_000_00, 10_000_00, 100_000_00, 1_000_000_00)
MOST_TOKENS = 40  # more cannot be counted by eye


def arch_of(icon: str) -> str:
    """The drawing of an icon; names of drawings are taken as they are, an unknown one is a door."""
    return ARCHES.get(icon, icon or "door")


def story_of(icon: str) -> str:
    """The template that draws this theme's story, or nothing."""
    return STORIES.get(icon, "")


def token_of(cents: int) -> int:
    """What one token is worth, so that a few tokens say the amount: 10 000 EUR for 170 000."""
    return next((token for token in TOKENS if cents <= token * MOST_TOKENS), TOKENS[-1])
