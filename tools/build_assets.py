"""Make the one sheet and the one script that pages load, without a tool from elsewhere.

``light-dark(day, night)`` of tokens.css is unfolded into three blocks (day, night by the system's wish, night or
day by ``data-theme``), so that browsers from before 2024 follow the night too. The script only loses its indentation
and its comments. Run ``python tools/build_assets.py``; the results are committed, and a test
fails when they are older than their parts.
"""

import gzip
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STYLES = ROOT / "faubourg/core/styles"
SHEET = ROOT / "faubourg/core/static/core/faubourg.css"
SCRIPT = ROOT / "faubourg/core/static/core/faubourg.js"
ORDER = [
    "fonts", "tokens", "base", "layout", "button", "form", "notice", "figure", "table", "path", "public", "editorial",
    "budget", "modes",
]  # fmt: skip
_TWIN = re.compile(r"(--[\w-]+):\s*light-dark\(([^,()]+),\s*([^,()]+)\);")


def unfold(tokens: str) -> str:
    """Day values in place, then the same names for the night, twice."""
    night = "".join(f"{name}:{dark};" for name, _, dark in _TWIN.findall(tokens))
    day = "".join(f"{name}:{light};" for name, light, _ in _TWIN.findall(tokens))
    plain = _TWIN.sub(lambda found: f"{found[1]}: {found[2]};", tokens)
    return (
        plain
        + "@layer tokens {:root{color-scheme:light}"
        + f"[data-theme=light]{{color-scheme:light;{day}}}"
        + f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme]){{color-scheme:dark;{night}}}}}"
        + f"[data-theme=dark]{{color-scheme:dark;{night}}}}}"
    )


def shrink(css: str) -> str:
    """Comments and needless spaces out; strings and addresses stay as they are."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    pieces = re.split(r'("[^"]*")', css)
    for i in range(0, len(pieces), 2):
        piece = re.sub(r"\s+", " ", pieces[i])
        piece = re.sub(r" ?([{};,>]) ?", r"\1", piece)
        piece = re.sub(r"([{;][\w-]+): ", r"\1:", piece)
        pieces[i] = piece.replace(";}", "}")
    return "".join(pieces).strip() + "\n"


def sheet() -> str:
    parts = {name: (STYLES / f"{name}.css").read_text() for name in ORDER}
    forgotten = {file.stem for file in STYLES.glob("*.css")} - set(ORDER)
    if forgotten:
        raise SystemExit(f"Feuilles sans place dans ORDER : {', '.join(sorted(forgotten))}")
    parts["tokens"] = unfold(parts["tokens"])
    return shrink("\n".join(parts.values()))


def script() -> str:
    source = (ROOT / "faubourg/core/scripts/faubourg.js").read_text()
    lines = (re.sub(r"\s// .*$", "", line).strip() for line in source.splitlines())
    return "\n".join(line for line in lines if line and not (line.startswith("/*") and line.endswith("*/"))) + "\n"


if __name__ == "__main__":
    for path, text in ((SHEET, sheet()), (SCRIPT, script())):
        path.write_text(text)
        weight = len(gzip.compress(path.read_bytes(), 9))
        sys.stdout.write(f"{path.relative_to(ROOT)} {path.stat().st_size} octets, {weight} en gzip\n")
