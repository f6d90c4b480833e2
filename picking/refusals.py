"""What the project's rules do not allow, in words for the person who asked. Every room may raise these."""


class Refused(Exception):
    """The change breaks a rule. The message is a sentence for the person who asked for it."""


class Conflict(Refused):
    """The change does not fit what is there now; asking again later, or differently, may work."""
