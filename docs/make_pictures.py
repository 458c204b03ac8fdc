"""Writes `docs/ru/img/` anew: pictures of the invented district's report by Chromium, which must be installed (`chromium`).

`python docs/make_pictures.py`, from the top of the repository. The page is that of the gallery (`reports/district/report.html`, fixed
clock), the chart is the one on it, so that nothing of the machine is in a picture. Pillow comes with the tools of development.
"""

from __future__ import annotations

import re
import subprocess
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


def main() -> None:
    """Write all pictures in place of the old ones."""
    text = PAGE.read_text(encoding="utf-8")
    head, body = text.split("<body>", 1)
    defined = "".join(re.findall(r"<svg[^>]*>.*?</svg>", body[: body.index("<header")], re.DOTALL))
    begun = body.index(f"<article id={CASE}>")
    case = body[begun : body.index("</article>", begun)]
    chart = re.search(r'<svg[^>]*class="kpi".*?</svg>', body, re.DOTALL)
    IMAGES.mkdir(parents=True, exist_ok=True)
    pictured(body, head, 900, IMAGES / "report.png")
    pictured(f"{defined}<main>{case}</article></main>", head, 1400, IMAGES / "case.png")
    if chart:
        pictured(f"<main>{chart[0]}</main>", head, 700, IMAGES / "kpi.png")


if __name__ == "__main__":
    main()
