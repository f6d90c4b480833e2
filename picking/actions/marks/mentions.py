"""@names in a text."""

import re
from collections.abc import Mapping

NAME = re.compile(r"(?<![\w.+@-])@([\w.@+-]+)")
"""What an account may be called, after an @ that does not stand within a word, as in an address of e-mail."""
ENDS = ".+@-"
"""May end a name, but more often ends a sentence."""


def names_in(text: str, people: Mapping[str, int]) -> dict[int, str]:
    """Whom a text names, of `people` (name -> id): id -> name as it stands there. Others are plain text."""
    lower = {name.casefold(): user for name, user in people.items()}
    found: dict[int, str] = {}
    for match in NAME.finditer(text):
        name = match[1]
        while name.casefold() not in lower and name[-1:] and name[-1] in ENDS:
            name = name[:-1]
        user = people.get(name, lower.get(name.casefold()))
        if user is not None:
            found.setdefault(user, name)
    return found
