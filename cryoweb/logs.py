"""How the log looks: a readable line each, or JSON for programs; with the ids that belong to it, and without secrets.

What is logged while a request is answered or a job is run carries `request_id` and `job_id`, whoever logs it: they are
bound as structlog's context variables (picking/observed.py, picking/jobs/tasks.py).
"""

import re
from typing import Any

import orjson
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

HIDDEN = "…"
_SECRETS = [
    re.compile(r"(/tiles/\d+/\d+/\d+/)[\w-]+"),
    re.compile(r"(/signin/[^/\s\"']+/)[\w-]+"),
    re.compile(r"(/(?:join|shared|key|confirm-email|activate)/)[\w:.-]+"),
    re.compile(r"(?i)(\bauthorization\b\W+\w+\s+)[^\s\"'\\]+"),
    re.compile(r"(?i)(\bbearer\s+)[^\s\"'\\]+"),
    re.compile(r"(\bcryoweb_)[\w-]{40,}"),
    re.compile(r"(\bwhsec_)[\w+/=]+"),
    re.compile(r"(\b[a-z][a-z0-9+.-]*://[^\s/:@\"']*:)[^\s/@\"']+(?=@)"),
    re.compile(
        r"(?i)((?:password\d?|passwd|secret(?:_?key)?|token|api_?key|sessionid)\\?[\"']?\s*[=:]\s*\\?[\"']?)"
        r"[^\s\"',;&}\\]+"
    ),
]
"""What is hidden is what follows the group."""


def without_secrets(text: str) -> str:
    """The text without passwords, tokens, session ids, and the secret part of addresses."""
    for pattern in _SECRETS:
        text = pattern.sub(rf"\1{HIDDEN}", text)
    return text


def logging_settings(form: str) -> dict[str, Any]:
    """Django's LOGGING. `form`: json or lines.

    As lines, what came of each request and each job is left out unless it went wrong: pages ask for much.
    """
    told = "INFO" if form == "json" else "WARNING"
    render = [_as_json] if form == "json" else [_as_line]
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": _KNOWN,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *render, _hide],
    }
    ours = {"handlers": [], "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"ours": formatter},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "ours"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "picking": {"level": "INFO"},
            "picking.observed": {"level": told},
            "picking.jobs.ended": {"level": told},
            "uvicorn": {**ours, "level": "WARNING"},  # else it formats its lines itself
            "uvicorn.error": {**ours, "level": "WARNING"},
        },
    }


def _hide(logger: WrappedLogger, name: str, text: Any) -> Any:
    return without_secrets(text)


def _as_json(logger: WrappedLogger, name: str, line: EventDict) -> str:
    return orjson.dumps(line, default=str, option=orjson.OPT_NON_STR_KEYS).decode()


def _as_line(logger: WrappedLogger, name: str, line: EventDict) -> str:
    """As `2026-11-27T09:30:00.123Z WARNING picking.room: only 2 GiB free [job_id=3]`, and the traceback below it."""
    time, level, source, event = (line.pop(key, "") for key in ("time", "level", "logger", "event"))
    below = "".join(f"\n{line.pop(key)}" for key in ("exception", "stack") if key in line)
    more = " ".join(f"{key}={value}" for key, value in sorted(line.items()))
    return f"{time} {level.upper()} {source}: {event}{f' [{more}]' if more else ''}{below}"


def _without_request(logger: WrappedLogger, name: str, line: EventDict) -> EventDict:
    """Django hands its whole request to its own lines."""
    return {key: value for key, value in line.items() if key != "request"}


_KNOWN: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", key="time"),
    structlog.stdlib.ExtraAdder(),
    _without_request,
    structlog.processors.StackInfoRenderer(),
    structlog.processors.format_exc_info,  # the lines of the traceback, and no values of variables
]
