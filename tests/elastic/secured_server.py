"""A node with security on: TLS under its own authority, a worker with the rights it needs, a reader with fewer."""

from __future__ import annotations

import base64
import json
import ssl
import subprocess
import urllib.request
import zipfile
from pathlib import Path

from tests.elastic.distribution import ServerNotHad
from tests.elastic.server import ElasticServer

PROGRAM_SECONDS = 120
PASSWORD = "an-invented-password"
WORKER = "worker"
READER = "reader"

SECURITY = """\
xpack.security.enabled: true
xpack.security.enrollment.enabled: false
xpack.security.http.ssl.enabled: true
xpack.security.http.ssl.key: certs/node.key
xpack.security.http.ssl.certificate: certs/node.crt
xpack.security.http.ssl.certificate_authorities: ["certs/ca.crt"]
xpack.security.transport.ssl.enabled: true
xpack.security.transport.ssl.verification_mode: certificate
xpack.security.transport.ssl.key: certs/node.key
xpack.security.transport.ssl.certificate: certs/node.crt
xpack.security.transport.ssl.certificate_authorities: ["certs/ca.crt"]
"""

ROLES = """\
worker:
  cluster: [monitor]
  indices:
    - names: ["tl-*"]
      privileges: [manage, index, delete, read]
reader:
  cluster: [monitor]
  indices:
    - names: ["tl-*"]
      privileges: [read, view_index_metadata]
"""
"""``manage`` makes the indexes with their aliases, refreshes them, and removes them for ``rebuild``."""


class SecuredServer(ElasticServer):
    """A node that answers over TLS, to known users only."""

    @property
    def url(self) -> str:
        """Address of the node."""
        return f"https://127.0.0.1:{self.port}"

    @property
    def ca_cert(self) -> Path:
        """Certificate of the authority that signed the node's."""
        return self.config / "certs" / "ca.crt"

    def security_settings(self) -> str:
        """Make certificates, users and roles, and return the settings that name them."""
        self._certificates()
        (self.config / "roles.yml").write_text(ROLES, encoding="utf-8")
        for user in (WORKER, READER):
            self._run("elasticsearch-users", "useradd", user, "-p", PASSWORD, "-r", user)
        return SECURITY

    def is_ready(self) -> bool:
        """Whether the node answers its worker."""
        token = base64.b64encode(f"{WORKER}:{PASSWORD}".encode()).decode()
        address = f"{self.url}/_cluster/health?wait_for_status=yellow&timeout=1s"
        request = urllib.request.Request(address, headers={"Authorization": f"Basic {token}"})
        trusted = ssl.create_default_context(cafile=str(self.ca_cert))
        with urllib.request.urlopen(request, timeout=5, context=trusted) as answer:
            return not json.load(answer)["timed_out"]

    def _certificates(self) -> None:
        folder = self.config / "certs"
        folder.mkdir()
        authority, node = folder / "ca.zip", folder / "node.zip"
        self._run("elasticsearch-certutil", "ca", "--pem", "--silent", "--out", str(authority))
        _take(authority, {"ca/ca.crt": folder / "ca.crt", "ca/ca.key": folder / "ca.key"})
        signed_by = ("--ca-cert", str(folder / "ca.crt"), "--ca-key", str(folder / "ca.key"))
        named = ("--name", "node", "--ip", "127.0.0.1", "--dns", "localhost")
        self._run("elasticsearch-certutil", "cert", "--pem", "--silent", *signed_by, *named, "--out", str(node))
        _take(node, {"node/node.crt": folder / "node.crt", "node/node.key": folder / "node.key"})

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.home / "bin" / program), *arguments]
        done = subprocess.run(
            command, env=self.environment(), capture_output=True, text=True, timeout=PROGRAM_SECONDS, check=False
        )
        if done.returncode != 0:
            raise ServerNotHad(
                f"{program} ended with code {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
            )


def _take(archive: Path, wanted: dict[str, Path]) -> None:
    with zipfile.ZipFile(archive) as members:
        for member, path in wanted.items():
            path.write_bytes(members.read(member))
