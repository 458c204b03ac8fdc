"""Writes `docs/ru/img/` anew: pictures of the invented district's report by Chromium, which must be installed (`chromium`).

`python docs/make_pictures.py`, from the top of the repository. The page is the gallery's (`reports/district/report.html`,
fixed clock), the chart of `affil kpi --svg` on a fixed day, so that nothing of the machine is in a picture. Pillow comes with
the tools of development.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageChops

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "ru" / "img"
PAGE = ROOT / "reports" / "district" / "report.html"
CASE = "c23"
WIDTH, COLOURS = 1100, 64


def pictured(body: str, head: str, height: int, file: Path) -> None:
    """Write what Chromium shows of this page, without the empty part below, in few colours."""
    with tempfile.TemporaryDirectory() as folder:
        page, shot = Path(folder) / "page.html", Path(folder) / "shot.png"
        page.write_text(f"{head}<body>{body}", encoding="utf-8")
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--window-size={WIDTH},{height}",
             f"--screenshot={shot}", page.as_uri()], check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        image = Image.open(shot).convert("RGB")
    box = ImageChops.difference(image, Image.new("RGB", image.size, "white")).getbbox()
    cut = image.crop((0, 0, WIDTH, min(height, box[3] + 20 if box else height)))
    cut.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)


def chart() -> str:
    """What `affil kpi --svg` draws of the district on a fixed day."""
    with tempfile.TemporaryDirectory() as folder:
        for arguments in (["demo", "d"], ["kpi", "-w", "d", "--as-of", "01.06.2026", "--svg", "k.svg"]):
            subprocess.run([sys.executable, "-m", "affil", *arguments], cwd=folder, capture_output=True, timeout=120, check=False)
        text = (Path(folder) / "k.svg").read_text(encoding="utf-8")
    return text[text.index("<svg") :]


def main() -> None:
    """Write all pictures in place of the old ones."""
    text = PAGE.read_text(encoding="utf-8")
    head, body = text.split("<body>", 1)
    defined = "".join(re.findall(r"<svg[^>]*>.*?</svg>", body[: body.index("<header")], re.DOTALL))
    begun = body.index(f"<article id={CASE}>")
    case = body[begun : body.index("</article>", begun)]
    IMAGES.mkdir(parents=True, exist_ok=True)
    pictured(body, head, 900, IMAGES / "report.png")
    pictured(f"{defined}<main>{case}</article></main>", head, 1400, IMAGES / "case.png")
    pictured(f"<main>{chart()}</main>", head, 700, IMAGES / "kpi.png")


if __name__ == "__main__":
    main()
