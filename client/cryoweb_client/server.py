"""A CryoWeb server, as the person sees it whose token it is."""

from types import TracebackType
from typing import Any, Self

from cryoweb_client import config
from cryoweb_client.connection import Connection
from cryoweb_client.errors import CryoWebError
from cryoweb_client.project import Project


class CryoWeb:
    """Without arguments: as `cryoweb signin`, or CRYOWEB_ADDRESS and CRYOWEB_TOKEN, say. Raises NotSignedIn."""

    def __init__(self, address: str | None = None, token: str | None = None) -> None:
        if address is None or token is None:
            known = config.load()
            address, token = address or known.address, token or known.token
        self.connection = Connection(address, token)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()

    def me(self) -> dict[str, Any]:
        """Who one is: `username`, and what the `token` may do."""
        me: dict[str, Any] = self.connection.get("me")
        return me

    def projects(self) -> list[dict[str, Any]]:
        """The person's projects: `id`, `name`, `role`, numbers of `micrographs`, `labels` and `picks`, and more."""
        return list(self.connection.rows("projects"))

    def project(self, which: int | str) -> Project:
        """By number or by name. Raises CryoWebError where there is none, or several of that name."""
        rows = self.projects()
        wanted = int(which) if str(which).isdecimal() else None
        found = [row for row in rows if row["id"] == wanted] or [row for row in rows if row["name"] == which]
        if len(found) == 1:
            return Project(self.connection, found[0]["id"], found[0]["name"])
        if found:
            numbers = ", ".join(str(row["id"]) for row in found)
            raise CryoWebError(f"Several projects are named “{which}”: use one of their numbers {numbers}.")
        there = ", ".join(f"{row['id']} “{row['name']}”" for row in rows) or "none"
        raise CryoWebError(f"You are in no project “{which}”. Your projects: {there}.")

    def create_project(
        self, name: str, particle_diameter: float | None = None, pixel_size: float | None = None
    ) -> Project:
        """Diameter in Å; pixel size in Å, None for that of each file."""
        wanted = {"name": name, "particle_diameter": particle_diameter, "pixel_size": pixel_size}
        made = self.connection.post("projects", wanted)
        return Project(self.connection, made["id"], made["name"])
