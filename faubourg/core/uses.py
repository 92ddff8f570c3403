"""What still uses a thing, said in words. The rooms above are not known here: their links are read from the tables."""

# ruff: noqa: SLF001  Django’s own names for what a table knows of itself

from django.db.models import CASCADE, Model

from faubourg.core.templatetags.faubourg import plural


def uses_of(row: Model) -> str:
    """« 1 appel à projets et 4 dossiers »: the rows that point to this one and would not go with it; else nothing."""
    found = []
    for link in row._meta.related_objects:
        if link.on_delete is CASCADE:  # its own parts: a neighbourhood's figures
            continue
        other = link.related_model
        count = other._base_manager.filter(**{link.field.name: row}).count()
        if count:
            found.append(plural(count, f"{other._meta.verbose_name},{other._meta.verbose_name_plural}"))
    return f"{', '.join(found[:-1])} et {found[-1]}" if len(found) > 1 else "".join(found)
