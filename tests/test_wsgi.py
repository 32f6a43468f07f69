"""The door for the app server: what all workers share stays shared."""

import subprocess
import sys

TOLD = "import gc, config.wsgi; print(gc.isenabled(), gc.get_freeze_count() > 100_000)"


def test_the_collector_leaves_alone_what_was_loaded_and_goes_on_with_what_comes():
    told = subprocess.run([sys.executable, "-W", "ignore", "-c", TOLD], check=True, stdout=subprocess.PIPE, text=True)
    assert told.stdout.split() == ["True", "True"]
