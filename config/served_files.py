"""Which of the files that come with packages are served."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class ServedFilesConfig(StaticFilesConfig):
    """Leaves out what no page asks for: a worker reads and keeps the name of every file when it starts.

    That is select2's languages, htmx's extensions, and maps.
    """

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "i18n", "ext", "gis"]
