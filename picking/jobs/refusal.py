"""CannotDo: the expected way for a job to fail."""


class CannotDo(Exception):
    """The job cannot be done as asked; the message tells people why and what to do."""
