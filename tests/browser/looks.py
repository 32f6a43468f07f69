"""Pictures of pages that are the same on every machine, and how far two of them differ.

The letters decide most of a page's shape, and each machine has its own. So this browser knows one family alone,
Debian's fonts-dejavu-core, which has been the same for ten years; it draws half as large, without motion.
"""

import base64
import os
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.clock import ZONE
from tests.browser.phones import LOCALES, PHONE

KEPT = Path(__file__).with_name("data") / "looks"
FONTS = Path("/usr/share/fonts/truetype/dejavu")
SETTINGS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir>
  <match target="pattern"><edit name="family" mode="append_last"><string>DejaVu Sans</string></edit></match>
  <alias><family>serif</family><prefer><family>DejaVu Serif</family></prefer></alias>
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
</fontconfig>"""
# Compared are spots of three by three pixels, so that it matters less how a Chromium draws the edges of its letters.
# A spot differs when one of its colours does by more than this of 255; so many of a thousand may: less than one word.
NEARLY, FEW = 24, 1
# Another Chromium than drew the kept picture may draw every letter a little otherwise. What moved is told still.
FEW_OF_ANOTHER = 60
COMPARE = """async ([one, other, nearly]) => {
  const look = async (url) => {
    const image = await createImageBitmap(await (await fetch(url)).blob());
    const [width, height] = [image.width, image.height].map((size) => Math.ceil(size / 3));
    const pen = new OffscreenCanvas(width, height).getContext("2d");
    pen.imageSmoothingQuality = "high";
    pen.drawImage(image, 0, 0, width, height);
    return { size: `${image.width} x ${image.height}`, data: pen.getImageData(0, 0, width, height).data };
  };
  const [a, b] = [await look(one), await look(other)];
  if (a.size !== b.size) return `${a.size}, was ${b.size}`;
  let differ = 0;
  for (let i = 0; i < a.data.length; i += 4) {
    if ([0, 1, 2].some((c) => Math.abs(a.data[i + c] - b.data[i + c]) > nearly)) differ += 1;
  }
  return 1000 * differ / (a.data.length / 4);
}"""


@contextmanager
def plain_browser(playwright, arguments, folder: Path):
    """A Chromium with one family of letters."""
    missing = [
        name for name in ("DejaVuSans", "DejaVuSerif", "DejaVuSansMono") if not (FONTS / f"{name}.ttf").is_file()
    ]
    if missing:
        raise RuntimeError(f"{', '.join(missing)} missing: apt install fonts-dejavu-core")
    settings = folder / "fonts.conf"
    settings.write_text(SETTINGS.format(fonts=FONTS, cache=folder / "fonts"))
    drawing = ["--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb", "--hide-scrollbars"]
    launch = arguments | {
        "args": [*arguments["args"], *drawing],
        "env": os.environ | {"FONTCONFIG_FILE": str(settings)},
    }
    browser = playwright.chromium.launch(**launch)
    try:
        yield browser
    finally:
        browser.close()


def open_context(browser, address: str, width: int = PHONE["width"], **options):
    return browser.new_context(
        base_url=address,
        viewport={"width": width, "height": 844},
        device_scale_factor=0.5,
        locale=LOCALES["en"],
        timezone_id=ZONE,
        reduced_motion="reduce",
        **options,
    )


def picture(page: Page, part: str = "") -> bytes:
    """The whole page, as in a window that is tall enough for it; or one part of it."""
    width = page.viewport_size["width"]
    page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight")})
    where = page.locator(part) if part else page
    return where.screenshot(animations="disabled", **({} if part else {"full_page": True}))


def difference(page: Page, one: bytes, other: bytes) -> float | str:
    """Of a thousand spots, how many differ; or both sizes. Compared in an empty page."""
    urls = [f"data:image/png;base64,{base64.b64encode(image).decode()}" for image in (one, other)]
    return page.evaluate(COMPARE, [*urls, NEARLY])
