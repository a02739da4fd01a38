"""The program that `figure.py` runs: it reads a figure's JSON and writes an image, drawn by kaleido.

It imports nothing from the toolkit, so that it starts fast and from any folder.
"""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

NO_CHROME = 3


async def export(given: Path, made: Path, width: int, height: int, scale: float) -> None:
    """Draw the figure in `given` and write the image to `made`."""
    import kaleido
    from choreographer.browsers.chromium import Chromium

    class Browser(Chromium):
        """Chrome in this program's own session, so that ending the session ends Chrome too."""

        def get_popen_args(self) -> Any:
            return {**super().get_popen_args(), "start_new_session": False}

    options = {"format": made.suffix[1:], "width": width, "height": height, "scale": scale}
    # mathjax would be loaded from the network; no figure needs it.
    async with kaleido.Kaleido(n=1, mathjax=False, browser_cls=Browser) as browser:
        made.write_bytes(await browser.calc_fig(json.loads(given.read_text(encoding="utf-8")), opts=options))


def main(given: str, made: str, width: str, height: str, scale: str) -> int:
    """Draw a figure and return the exit code: 3 if there is no Chrome."""
    from choreographer.browsers.chromium import ChromeNotFoundError

    try:
        asyncio.run(export(Path(given), Path(made), int(width), int(height), float(scale)))
    except ChromeNotFoundError:
        return NO_CHROME
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
