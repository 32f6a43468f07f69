"""Reads settings from the environment and says clearly what is wrong with them."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

DEPLOYED = ("SECRET_KEY", "MASTER_KEYS", "MASTER_KEY_FILE", "ALLOWED_HOSTS")
UNITS = {"s": 1, "m": 60, "h": 60 * 60, "d": 24 * 60 * 60}
# Never 0: a session that is over at once lets nobody in.
TIME = re.compile(r"([1-9][0-9]{0,5})([smhd])", re.ASCII)


class Environment:
    """Typed readers over a mapping of strings. Each raises ImproperlyConfigured, naming the variable."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values

    @classmethod
    def load(cls, development_file: Path) -> "Environment":
        """The process's environment, over the values `make run` wrote for development where it names none of its own.

        With a secret, a key or a host of its own it is no development copy: then the file is not read.
        """
        values = dict(os.environ)
        if not any(values.get(name) for name in DEPLOYED) and development_file.is_file():
            lines = development_file.read_text().splitlines()
            values = dict(line.split("=", 1) for line in lines if "=" in line) | values
        return cls(values)

    def text(self, name: str, default: str | None = None) -> str:
        value = self.values.get(name, "").strip()
        if value:
            return value
        if default is None:
            raise ImproperlyConfigured(
                f"{name} is missing. See docs/deploying.md; `make run` makes development values."
            )
        return default

    def switch(self, name: str) -> bool:
        value = self.text(name, "off").lower()
        if value not in {"on", "off"}:
            raise ImproperlyConfigured(f"{name} takes on or off.")
        return value == "on"

    def words(self, name: str) -> list[str]:
        return [word.strip() for word in self.text(name, "").split(",") if word.strip()]

    def number(self, name: str, default: int) -> int:
        value = self.text(name, str(default))
        if not value.isascii() or not value.isdigit():
            raise ImproperlyConfigured(f"{name} takes a whole number.")
        return int(value)

    def seconds(self, name: str, default: str) -> int:
        """A time as a number and its unit, such as 30m, 12h or 14d."""
        written = TIME.fullmatch(self.text(name, default))
        if written is None:
            raise ImproperlyConfigured(f"{name} takes a time such as 30m, 12h or 14d.")
        return int(written[1]) * UNITS[written[2]]

    def path(self, name: str, default: Path) -> Path:
        return Path(self.text(name, str(default))).expanduser().resolve()
