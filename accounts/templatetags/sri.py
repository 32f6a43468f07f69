"""What a script must be, byte for byte, for a browser to run it."""

import base64
import hashlib
from functools import cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage

register = template.Library()


@register.simple_tag
def sri(path: str) -> str:
    """The value of `integrity` for one of our files, as it is served."""
    return _hashed(path, isinstance(staticfiles_storage, ManifestFilesMixin))


@cache
def _hashed(path: str, collected: bool) -> str:
    if collected:
        with staticfiles_storage.open(staticfiles_storage.stored_name(path)) as file:  # type: ignore[attr-defined]
            content = file.read()
    else:
        found = finders.find(path)
        if found is None:
            raise FileNotFoundError(path)
        content = Path(found).read_bytes()
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()
