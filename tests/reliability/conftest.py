"""The browser and the server of tests/browser, for the tests here that need them."""

from tests.browser.conftest import *  # noqa: F403
