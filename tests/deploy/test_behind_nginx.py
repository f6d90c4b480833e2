"""The commands of the image and of the units in a clean folder, behind nginx with our configuration."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from http.client import HTTPSConnection
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.sync.client import connect

from tests.conftest import noisy_discs, write_mrc
from tests.deploy.files import (
    DEPLOY,
    clean_folder,
    image_command,
    image_environment,
    unit_command,
    unit_environment,
)
from tests.e2e.server import free_port

NAME = "cryoweb.example.org"
WITHIN_SECONDS = 400
SECURITY = ["strict-transport-security", "content-security-policy", "x-frame-options", "x-content-type-options"]
PATH = f"{os.environ['PATH']}:/usr/sbin"
MISSING = [program for program in ("nginx", "openssl") if not shutil.which(program, path=PATH)]
pytestmark = [
    pytest.mark.skipif(bool(MISSING), reason=f"needs {' and '.join(MISSING)}, not installed here"),
    pytest.mark.xdist_group("nginx"),  # one installation for all
]


@dataclass
class Installation:
    """`plain`, `tls`: nginx's ports. `web`: the port of each web process."""

    folder: Path
    environment: dict[str, str]
    plain: int
    tls: int
    web: list[int]

    @property
    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.folder / "tls.crt"))

    def client(self, **headers: str) -> httpx.Client:
        said = {"Host": NAME, "Referer": f"https://{NAME}/", **headers}
        return httpx.Client(base_url=f"https://127.0.0.1:{self.tls}", verify=self.trust, headers=said, timeout=60)

    def manage(self, *words: str) -> str:
        command = ["python", "manage.py", *words]
        done = subprocess.run(
            command, cwd=self.folder / "cryoweb", env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("deployed")
    code = clean_folder(folder / "cryoweb")
    plain, tls, *web = (free_port() for _ in range(4))
    (folder / "data").mkdir()
    own = {"CRYOWEB_HOSTS": NAME, "CRYOWEB_HTTPS": "1", "CRYOWEB_FIRST_GUESS": "0", "CRYOWEB_TORCH_THREADS": "1"}
    environment = {**image_environment(folder / "data"), **own}
    there = Installation(folder, environment, plain, tls, web)
    there.manage("migrate", "--no-input")
    started = [
        (image_command("CMD"), {"HOST": "127.0.0.1", "PORT": str(web[0])}),
        (unit_command("cryoweb-web"), unit_environment("cryoweb-web", str(web[1]))),
        (unit_command("cryoweb-importer"), unit_environment("cryoweb-importer", "1")),
        (
            [
                shutil.which("nginx", path="/usr/sbin:/usr/bin") or "nginx",
                "-c",
                str(configured(there)),
                "-g",
                "daemon off;",
            ],
            {},
        ),
    ]
    with ExitStack() as stack:
        log = stack.enter_context((folder / "log").open("w"))
        for command, more in started:
            values = {**environment, **more, "CRYOWEB_DATA": environment["CRYOWEB_DATA"]}
            process = subprocess.Popen(command, cwd=code, env=values, stdout=log, stderr=log)
            stack.callback(process.wait, 30)
            stack.callback(process.terminate)
        for port in web:
            until(lambda port=port: healthy(there, port))  # type: ignore[misc]
        yield there


def configured(there: Installation) -> Path:
    """Our configuration with ports, paths and a certificate of this test, in a main file of its own."""
    folder = there.folder
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", str(folder / "tls.key")]
    names = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME},IP:127.0.0.1"]
    made = ["openssl", "req", "-x509", "-days", "2", *key, *names, "-out", str(folder / "tls.crt")]
    subprocess.run(made, check=True, capture_output=True)
    server = (DEPLOY / "nginx" / "cryoweb.conf").read_text()
    server = re.sub(r"^ *listen \[::\].*\n", "", server, flags=re.M)
    server = server.replace("listen 80;", f"listen 127.0.0.1:{there.plain};")
    server = server.replace("listen 443 ssl;", f"listen 127.0.0.1:{there.tls} ssl;")
    server = server.replace("/etc/nginx/tls/cryoweb", str(folder / "tls"))
    server = server.replace("/var/cache/nginx", str(folder / "cache"))
    upstream = (DEPLOY / "nginx" / "upstream-systemd.conf").read_text()
    upstream = upstream.replace("8001", str(there.web[0])).replace("8002", str(there.web[1]))
    (folder / "cache").mkdir()
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {folder}/temp_{kind};\n" for kind in kinds)
    who = "user root;\n" if os.geteuid() == 0 else ""
    main = f"{who}pid {folder}/nginx.pid;\nerror_log {folder}/nginx.log;\nevents {{}}\n"
    main += f"http {{\naccess_log off;\n{paths}{upstream}\n{server}\n}}\n"
    path = folder / "nginx.conf"
    path.write_text(main)
    return path


def until(holds: Callable[[], Any]) -> Any:
    """What it returns once that is true."""
    end = time.monotonic() + WITHIN_SECONDS
    while time.monotonic() < end:
        if found := holds():
            return found
        time.sleep(0.2)
    raise AssertionError("it did not happen in time")


def healthy(there: Installation, port: int) -> bool:
    """By the image's own health check."""
    command = image_command("HEALTHCHECK")
    values = {**there.environment, "PORT": str(port)}
    return subprocess.run(command, env=values, capture_output=True, check=False).returncode == 0


@dataclass
class Person:
    """Somebody who has signed in, with a project whose micrograph came in one chunk of more than 1 MiB."""

    browser: httpx.Client
    project: int
    tile: str
    content: int


@pytest.fixture(scope="module")
def person(installation: Installation) -> Person:
    script = "from picking.models import User; User.objects.create_superuser('root')"
    installation.manage("shell", "--no-imports", "-c", script)
    link = httpx.URL(installation.manage("signin_link", "root")).path
    browser = installation.client()
    page = browser.get(link).text
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    assert browser.post(link, data={"csrfmiddlewaretoken": token[1]}).status_code == 302
    browser.headers["X-CSRFToken"] = browser.cookies["csrftoken"]
    project = browser.post("/api/v1/projects", json={"name": "Deployed", "particle_diameter": 160}).json()["id"]
    content = write_mrc(installation.folder / "m.mrc", noisy_discs(side=640), 4.0).read_bytes()
    begun = browser.post(f"/api/v1/projects/{project}/uploads", json={"name": "m.mrc", "size": len(content)}).json()
    chunk = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
    sent = browser.patch(f"/api/v1/uploads/{begun['id']}", content=content, headers=chunk)
    assert sent.json() == {"received": len(content)}, sent.text

    def imported() -> Any:
        snapshot = browser.get(f"/api/v1/projects/{project}/snapshot").json()
        return snapshot["micrographs"] and f"{snapshot['tiles']}/{snapshot['micrographs'][0]['key']}/0/0_0.jpg"

    return Person(browser, project, until(imported), len(content))


def test_an_upload_of_more_than_1_mib_is_imported_by_the_units_worker(person: Person) -> None:
    assert person.content > 1024**2


def test_a_tile_is_kept_by_nginx_for_those_who_may_see_it(installation: Installation, person: Person) -> None:
    first, second = person.browser.get(person.tile), person.browser.get(person.tile)
    assert (first.headers["x-tile-cache"], second.headers["x-tile-cache"]) == ("MISS", "HIT")
    assert first.content == second.content and first.headers["content-type"] == "image/jpeg"
    assert installation.client().get(person.tile).status_code == 403


def test_a_socket_goes_through(installation: Installation, person: Person) -> None:
    cookie = "; ".join(f"{name}={value}" for name, value in person.browser.cookies.items())
    raw = socket.create_connection(("127.0.0.1", installation.tls), 30)
    address = f"wss://{NAME}/ws/projects/{person.project}"
    more: dict[str, Any] = {"additional_headers": {"Cookie": cookie}, "origin": f"https://{NAME}"}
    with connect(address, sock=raw, ssl=installation.trust, server_hostname=NAME, **more) as opened:
        assert '"type"' in str(opened.recv(30))


def test_plain_http_is_sent_on_to_https(installation: Installation) -> None:
    answer = httpx.get(f"http://127.0.0.1:{installation.plain}/projects/1", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.headers["location"]) == (308, f"https://{NAME}/projects/1")


@pytest.mark.parametrize("path", ["/signin", "/healthz"])
def test_security_headers_are_there_once(installation: Installation, path: str) -> None:
    answer = installation.client().get(path)
    assert answer.status_code == 200
    assert {name: len(answer.headers.get_list(name)) for name in SECURITY} == dict.fromkeys(SECURITY, 1)
    assert "nginx/" not in answer.headers["server"]


def test_nothing_larger_than_the_largest_request_reaches_cryoweb(installation: Installation) -> None:
    asking = HTTPSConnection("127.0.0.1", installation.tls, context=installation.trust, timeout=60)
    asking.putrequest("POST", "/api/v1/projects", skip_host=True)
    asking.putheader("Host", NAME)
    asking.putheader("Content-Length", str(40 * 1024**2))
    asking.endheaders()  # it is refused by what it announces
    assert asking.getresponse().status == 413
    asking.close()
