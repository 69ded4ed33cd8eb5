"""One node of the real server on free loopback ports, with a data folder of its own, run by an ordinary user."""

from __future__ import annotations

import contextlib
import json
import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from tests.elastic.distribution import ServerNotHad, cache_folder, unpacked

START_SECONDS = 180
STOP_SECONDS = 60
HEAP = "768m"
UNPRIVILEGED_USER = "nobody"
"""Stands in every Unix; the server refuses to run as root."""
PID_FILE = "server.pid"

SETTINGS = """\
cluster.name: trapline-tests
discovery.type: single-node
network.host: 127.0.0.1
http.port: {http_port}
transport.port: {transport_port}
path.data: {folder}/data
path.logs: {folder}/logs
path.repo: {folder}/repo
action.auto_create_index: false
action.destructive_requires_name: true
cluster.routing.allocation.disk.threshold_enabled: false
"""
WITHOUT_SECURITY = "xpack.security.enabled: false\n"


class ElasticServer:
    """A node that can be started, stopped and started again on the same port with the same data."""

    def __init__(self) -> None:
        self.home = unpacked()
        self._java = _java_home()
        runs = cache_folder() / "runs"
        runs.mkdir(parents=True, exist_ok=True)
        runs.chmod(0o755)
        _end_left_over(runs)
        self.folder = runs / f"{os.getpid()}-{time.time_ns():x}"
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._lay_out()

    @property
    def url(self) -> str:
        """Address of the node."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def config(self) -> Path:
        """The node's own configuration folder."""
        return self.folder / "config"

    def start(self) -> None:
        """Start the node and wait until it answers."""
        log = (self.folder / "console.log").open("ab")
        with log:
            self._process = subprocess.Popen(
                [str(self.home / "bin" / "elasticsearch")],
                env=self.environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                start_new_session=True,
                **_as_ordinary_user(),
            )
        (self.folder / PID_FILE).write_text(str(self._process.pid), encoding="ascii")
        self._wait_until_ready()

    def stop(self, *, is_sudden: bool = False) -> None:
        """Stop the node; suddenly means without a chance to tidy up."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL if is_sudden else signal.SIGTERM)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(STOP_SECONDS)
        self._process = None

    def remove(self) -> None:
        """Stop the node and remove all that it wrote."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def environment(self) -> dict[str, str]:
        """Return the environment in which the node's programs run."""
        return {
            "PATH": os.environ["PATH"],
            "ES_JAVA_HOME": str(self._java),
            "ES_PATH_CONF": str(self.config),
            "ES_TMPDIR": str(self.folder / "tmp"),
            "LIBFFI_TMPDIR": str(self.folder / "tmp"),
        }

    def security_settings(self) -> str:
        """Return the lines of the settings file about security, after writing what they name."""
        return WITHOUT_SECURITY

    def is_ready(self) -> bool:
        """Whether the node answers."""
        address = f"{self.url}/_cluster/health?wait_for_status=yellow&timeout=1s"
        with urllib.request.urlopen(address, timeout=5) as answer:
            return not json.load(answer)["timed_out"]

    def _lay_out(self) -> None:
        shutil.copytree(self.home / "config", self.config)
        for name in ("data", "logs", "repo", "tmp"):
            (self.folder / name).mkdir()
        text = SETTINGS.format(http_port=self.port, transport_port=_free_port(), folder=self.folder)
        text += self.security_settings()
        (self.config / "elasticsearch.yml").write_text(text, encoding="utf-8")
        options = self.config / "jvm.options.d"
        options.mkdir(exist_ok=True)
        (options / "test.options").write_text(f"-Xms{HEAP}\n-Xmx{HEAP}\n-XX:-AlwaysPreTouch\n", encoding="utf-8")
        if os.geteuid() == 0:
            user = pwd.getpwnam(UNPRIVILEGED_USER)
            for path in [self.folder, *self.folder.rglob("*")]:
                os.chown(path, user.pw_uid, user.pw_gid)

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            assert self._process is not None
            if self._process.poll() is not None:
                raise ServerNotHad(f"the server ended with code {self._process.returncode}:\n{self._last_lines()}")
            with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError, ssl.SSLError):
                if self.is_ready():
                    return
            time.sleep(0.2)
        self.stop(is_sudden=True)
        raise ServerNotHad(f"the server did not answer within {START_SECONDS} s:\n{self._last_lines()}")

    def _last_lines(self) -> str:
        return "\n".join((self.folder / "console.log").read_text(errors="replace").splitlines()[-30:])


def _as_ordinary_user() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    group = pwd.getpwnam(UNPRIVILEGED_USER).pw_gid
    return {"user": UNPRIVILEGED_USER, "group": group, "extra_groups": []}


def _end_left_over(runs: Path) -> None:
    """End the nodes of test runs that were killed: each folder names its run's process and its node's."""
    for folder in runs.iterdir():
        owner = folder.name.partition("-")[0]
        if not owner.isdecimal() or Path(f"/proc/{owner}").exists():
            continue
        with contextlib.suppress(OSError, ValueError):
            node = int((folder / PID_FILE).read_text(encoding="ascii"))
            # A process id may have gone to somebody else since.
            if str(folder).encode() in Path(f"/proc/{node}/environ").read_bytes():
                os.killpg(node, signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)


def _java_home() -> Path:
    program = shutil.which("java")
    if program is None:
        raise ServerNotHad("Java is missing: apt-get install openjdk-17-jre-headless")
    return Path(program).resolve().parents[1]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def started(server: ElasticServer) -> ElasticServer:
    """Return the node when it answers; nothing is left of one that does not."""
    try:
        server.start()
    except BaseException:
        server.remove()
        raise
    return server


def started_server() -> ElasticServer:
    """Return a node that answers."""
    return started(ElasticServer())
