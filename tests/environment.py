"""Throw-away values for everything the settings want, set when this is imported.

pytest imports it before Django (see pyproject.toml). `python -m tests.environment COMMAND ...` runs any other
command in the same environment. Every other name, such as DATABASE_URL, is the caller's to choose.
"""

import atexit
import base64
import os
import shutil
import subprocess
import sys
import tempfile

# Its own, so that no test ever opens a journal of `make run`.
data_dir = tempfile.mkdtemp(prefix="tests-data-")
atexit.register(shutil.rmtree, data_dir, ignore_errors=True)

os.environ |= {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "SECRET_KEY": "throw-away secret key of the tests, long enough for the deployment check",
    "MASTER_KEYS": "tests1:" + base64.b64encode(bytes(range(32))).decode(),
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "DATA_DIR": data_dir,
}


def pytest_report_header():
    return "database: " + os.environ.get("DATABASE_URL", "sqlite").split(":")[0]


if __name__ == "__main__":
    sys.exit(subprocess.run(sys.argv[1:], check=False).returncode)
