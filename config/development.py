"""Makes what a development copy needs, once: `python -m config.development`, a step of `make run`.

The data folder, with a secret key and a master key that are this copy's own. Nothing is ever overwritten.
"""

import base64
import os
import secrets
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent


def make(data_dir: Path) -> None:
    """Create the folder and the two files that are missing, readable by their owner only."""
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    key_file = data_dir / "master.keys"
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    write_once(key_file, f"development1:{key}\n")
    write_once(
        data_dir / "development.env",
        f"SECRET_KEY={secrets.token_urlsafe(50)}\nDEVELOPMENT=on\nMASTER_KEY_FILE={key_file}\n",
    )


def write_once(path: Path, text: str) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode=0o600)
    except FileExistsError:
        return
    with open(descriptor, "w") as file:
        file.write(text)


if __name__ == "__main__":
    make(Path(os.environ.get("DATA_DIR") or BASE_DIR / "data").expanduser().resolve())
