"""What can go wrong. Each message is for people, and says what to do next."""

from collections.abc import Sequence


class CryoWebError(Exception):
    """Anything that CryoWeb or this client refuses."""


class NotReached(CryoWebError):
    """The server does not answer."""


class Problem(CryoWebError):
    """An error of the server, in its own words. `status`: of HTTP. `errors`: the fields that are wrong, and why."""

    def __init__(self, status: int, detail: str, errors: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(detail)
        self.status = status
        self.errors = list(errors)


class NotSignedIn(Problem):
    """There is no token, or it does not hold any more."""


class JobFailed(CryoWebError):
    """Work in the background ended with an error."""
