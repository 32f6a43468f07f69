"""From a link's token or a typed code to the invitation that it opens."""

from django.contrib.auth.models import AnonymousUser
from django.core import signing

from accounts.models import User
from journal.invitations import digest_code, digest_token, read_code
from journal.models import Share

SALT = "journal.invitation"
TICKET_SECONDS = 60 * 60
# Enough of the code's digest to tell it from one made later.
DIGEST_LETTERS = 16


def find_by_code(typed: str) -> Share | None:
    code = read_code(typed)
    return Share.objects.open_invitations().filter(code_digest=digest_code(code)).first() if code else None


def make_ticket(share: Share, user: User) -> str:
    """What stands in the address after a right code: for this person alone, for an hour, while the code works."""
    return signing.dumps([str(share.pk), str(user.pk), share.code_digest[:DIGEST_LETTERS]], salt=SALT)


def find_invitation(token: str, user: User | AnonymousUser) -> Share | None:
    """The open invitation that a link, or this person's ticket, leads to."""
    found = Share.objects.invited_with(token_digest=digest_token(token)).first()
    return found or _find_by_ticket(token, user)


def _find_by_ticket(ticket: str, user: User | AnonymousUser) -> Share | None:
    try:
        pk, person, digest = signing.loads(ticket, salt=SALT, max_age=TICKET_SECONDS)
    except signing.BadSignature:
        return None
    if person != str(user.pk):
        return None
    share = Share.objects.open_invitations().filter(pk=pk).first()
    return share if share and share.code_digest.startswith(digest) else None
