"""Watches everything that pages do, and keeps what no page may do."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response

# What the policy refuses is said aloud, whatever the browser itself says about it.
TELL_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI}`);
});
"""
# The browser's line about an answer that the watcher judges by its status.
ABOUT_AN_ANSWER = "Failed to load resource: the server responded with a status of"
ABOUT_THE_LINE = "Failed to load resource: net::ERR_"
# What the outbox tells a phone by its status.
TOLD = {("/outbox/", 403), ("/outbox/", 409)}


class Watcher:
    """Fails a test when a watched page misbehaves. What a test means to happen it allows beforehand."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.troubles: list[str] = []
        self.contexts: list[BrowserContext] = []
        self.allowed_host = ""
        self.allowed_path = ""
        self.harmless = [ABOUT_AN_ANSWER]
        self.told: set[tuple[str, int]] = set()

    def watch(self, context: BrowserContext) -> None:
        context.add_init_script(TELL_VIOLATIONS)
        context.on("request", self.on_request)
        context.on("response", self.on_response)
        context.on("console", self.on_console)
        context.on("weberror", lambda error: self.troubles.append(f"page error: {error.error}"))
        self.contexts.append(context)

    def allow_host(self, address: str) -> None:
        """The one other site that a page may go to."""
        self.allowed_host = urlsplit(address).netloc

    def allow_failure_of(self, path: str) -> None:
        """The one page that may answer with a 5xx."""
        self.allowed_path = path

    def allow_a_broken_line(self) -> None:
        """What the browser says of it, and what a phone with an outbox is told, is no trouble."""
        self.harmless.append(ABOUT_THE_LINE)
        self.told = TOLD

    def check(self) -> None:
        """Fail on the troubles so far, and forget them."""
        troubles = self.forget()
        assert not troubles, "\n".join(troubles)

    def forget(self) -> list[str]:
        """The troubles so far, for a test that means them to happen."""
        for context in self.contexts:
            for page in context.pages:
                page.title()  # answered after everything that the page has told so far
        troubles, self.troubles = self.troubles, []
        return troubles

    def on_request(self, request: Request) -> None:
        if urlsplit(request.url).netloc not in {urlsplit(self.address).netloc, self.allowed_host}:
            self.troubles.append(f"request to another host: {request.url}")

    def on_response(self, response: Response) -> None:
        is_page = response.request.is_navigation_request()
        path = urlsplit(response.url).path
        may_fail = (is_page and path == self.allowed_path) or (path, response.status) in self.told
        if response.status >= (500 if is_page else 400) and not may_fail:
            self.troubles.append(f"answer {response.status}: {response.url}")

    def on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(tuple(self.harmless)):
            self.troubles.append(f"console error: {message.text}")
