"""Reads a page as somebody who is in a field: the words that stand beside it, and whether they are in sight."""

from html.parser import HTMLParser

VOID = {"input", "meta", "link", "br", "hr", "img", "rect", "path", "use", "circle"}


class _Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.fields: dict[str, dict[str, str | None]] = {}
        self.words: dict[str, str] = {}
        self.folded: set[str] = set()  # ids inside a closed « details »
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        bag = dict(attrs)
        if bag.get("name") and tag in ("input", "select", "textarea"):
            self.fields.setdefault(bag["name"], bag)
        if bag.get("id") and any(name == "details" and "open" not in each for name, each in self.open):
            self.folded.add(bag["id"])
        if tag not in VOID:
            self.open.append((tag, bag))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        for _, bag in self.open:
            if bag.get("id"):
                self.words[bag["id"]] = self.words.get(bag["id"], "") + data


def fault_beside(html: str, name: str) -> str:
    """What a screen reader says of this field's fault; ``""`` when it is well, or when the words are out of sight."""
    page = _Page(html)
    field = page.fields[name]
    told = [one for one in (field.get("aria-describedby") or "").split() if one.endswith("_error")]
    if page.folded & {*told, field["id"]}:
        return ""
    return " ".join(" ".join(page.words[one].split()) for one in told)
