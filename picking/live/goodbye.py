"""Why a socket is closed for good. A page that was told one of these does not come back by itself."""

from dataclasses import dataclass

from picking.live.limits import SOCKETS_A_PERSON
from picking.live.messages import ByeMessage, Offer

SIGN_IN_ENDED = 4401
"""Close code without a goodbye: the page comes back at once, with the session its browser has by then, if any.

So a password that is changed in one tab does not interrupt the others of that browser, whose session got a new key.
"""


@dataclass(frozen=True)
class Goodbye:
    """`offer` is what the page offers, or does."""

    code: int
    reason: str
    offer: Offer

    def message(self) -> ByeMessage:
        return {"type": "bye", "reason": self.reason, "offer": self.offer}


NO_PROJECT = Goodbye(4404, "There is no such project.", "projects")
REMOVED = Goodbye(4403, "You are no longer a member of this project.", "projects")
DELETED = Goodbye(4404, "This project was deleted. Its owners can restore it for 30 days.", "projects")
LINK_ENDED = Goodbye(
    4403, "The link by which you came was revoked or has expired. Ask the person who sent it for another.", "nothing"
)
SIGNED_OUT = Goodbye(SIGN_IN_ENDED, "Sign in again to continue.", "sign_in")
SOMEBODY_ELSE = Goodbye(SIGN_IN_ENDED, "Someone else has signed in with this browser.", "reload")
AHEAD = Goodbye(4409, "The server holds an older state of this project, perhaps from a backup.", "snapshot")
FAR_BEHIND = Goodbye(4409, "This page is far behind. It starts again from how things are now.", "snapshot")
TOO_MANY_SOCKETS = Goodbye(
    4429, f"You have CryoWeb open in more than {SOCKETS_A_PERSON} windows, and this is the oldest.", "reload"
)
TOO_MANY_MESSAGES = Goodbye(4429, "This page sent more messages than the server accepts.", "reload")
TOO_LONG = Goodbye(1009, "This page sent a longer message than the server accepts.", "reload")
