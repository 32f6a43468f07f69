"""The browser and the server of tests/browser, for the tests here that need one."""

from tests.browser.conftest import *  # noqa: F403
