"""What one person may demand of a web process through sockets. docs/settings.md lists the same limits."""

SOCKETS_A_PERSON = 30
"""A window with a project open holds one, and each receives every message to its project. The oldest is closed."""

SOCKETS_A_LINK = 100
"""The same for all the guests of a shared link together."""

MESSAGES_A_SECOND = 60
"""A page says which micrograph it shows, five times a second at most (LOOK_EVERY in sync.ts), what it sees of it,
ten times (SEE_EVERY in seeing.ts), and asks for changes, each time after the answer to the last."""

POINTS_A_SECOND = 1
POINTS_AT_ONCE = 3
"""How often a person may ask others to look at a place; what comes sooner is ignored."""

MESSAGES_AT_ONCE = 120
"""This many may arrive at once before the rate applies: what a browser held back while asleep."""

MESSAGE_BYTES = 2 * 1024**2
"""As large as a request with operations may be. `serve` tells uvicorn too, which then never holds more in memory."""

EVENTS_TO_CATCH_UP = 10_000
"""A page further behind is sent to a snapshot, which is sooner there than so many events (decision 0059)."""

SIGN_INS_CHECKED_EVERY_SECONDS = 1.0
"""How long a socket outlives its session at most; two queries for all sockets of a process."""

TAKEN_WITHIN_SECONDS = 20.0
"""A browser that accepts no message for this long has stopped reading. Uvicorn waits as long for an answer."""
