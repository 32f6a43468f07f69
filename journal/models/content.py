"""What the starting content last loaded, so that loading again never undoes an editor's change."""

from django.db import models

from accounts.retention import about_nobody


class LoadedContent(models.Model):
    """A piece of starting content by its key, with the SHA-256 of what was loaded."""

    key = models.CharField(max_length=80, primary_key=True)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)

    retention = about_nobody("key", "digest", "loaded_at")

    def __str__(self) -> str:
        return self.key
