"""What a page is laid of: words, photos, and what the rooms tell at the moment when somebody reads."""

from typing import Any

from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock

# Each live block: what home.Shown draws under this name, what the editor reads of it.
LIVE = {
    "door": ("Les portes", "L’appel à projets ouvert et ce qu’il reste de jours, « déjà un dossier », les stages"),
    "figures": ("Les chiffres", "Habitants, argent en commun, projets soutenus : dessinés, et comptés à l’instant"),
    "places": ("Les quartiers", "Leur liste et leur carte"),
    "themes": ("Les thèmes", "Un thème, un résultat"),
    "stories": ("Les récits", "Les deux derniers récits publiés ; sinon deux résultats racontés"),
    "dates": ("Les dates", "Les prochaines dates des appels à projets"),
    "projects": ("Les projets", "Les derniers projets annoncés"),
    "partners": ("Les partenaires", "Ceux qui ont signé le contrat en cours"),
}
OF_BLOCKS = ("block_lookup", "block_counts")  # what the library writes of them in a migration
HOME = ("door", "figures", "places", "themes", "stories", "dates", "partners")  # the home until an editor moves them


class PhotoBlock(blocks.StructBlock):
    """A photo in the text, with its credit; its description is the photo's own."""

    photo = ImageChooserBlock(label="photo")
    legend = blocks.CharBlock(label="légende", required=False, max_length=200)

    class Meta:
        icon = "image"
        label = "Photo"
        template = "website/blocks/photo.html"


class QuoteBlock(blocks.StructBlock):
    """Words of somebody who agreed to be quoted."""

    words = blocks.TextBlock(label="paroles", max_length=400, rows=3)
    who = blocks.CharBlock(
        label="de qui", max_length=120, help_text="Une fonction suffit souvent : « une habitante de Cuyès »."
    )

    class Meta:
        icon = "openquote"
        label = "Citation"
        template = "website/blocks/quote.html"


def _live(name: str) -> blocks.StaticBlock:
    label, told = LIVE[name]
    return blocks.StaticBlock(label=label, admin_text=told, icon="site", group="Ce qui se compte tout seul")


class Body(StreamField):
    """The blocks of a page. They stand in this file alone: the database keeps one column of text whatever they are,
    and so do the migrations."""

    def __init__(self, block_types: Any = (), **options: Any) -> None:
        options.setdefault("blank", True)
        options.setdefault("verbose_name", "contenu")
        options.setdefault("block_counts", {name: {"max_num": 1} for name in LIVE})  # each has headings with a name
        super().__init__(_written() + [(name, _live(name)) for name in LIVE], **options)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _, options = super().deconstruct()
        return name, path, [], {key: value for key, value in options.items() if key not in OF_BLOCKS}


def _written() -> list[tuple[str, blocks.Block]]:
    text = blocks.RichTextBlock(label="Texte", icon="pilcrow", template="website/blocks/text.html")
    return [("text", text), ("photo", PhotoBlock()), ("quote", QuoteBlock())]
