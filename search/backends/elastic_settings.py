"""What a connection to Elasticsearch needs to know; made from the settings file by ``ingest.assemble``."""

from __future__ import annotations

from pathlib import Path

import msgspec


class ElasticSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Where the cluster is, who we are there, and how we load. Secrets are masked in ``repr``.

    Attributes:
        url: Address of a node, or several with commas between them.
        prefix: First part of the names of our indexes and aliases.
        username: With ``password``; or ``api_key``; or neither, where the cluster asks for none.
        ca_cert: Certificate of the authority that signed the cluster's own. None: the system's authorities.
        shards: Primary shards of the record and edge indexes, when they are made.
        replicas: Copies of each shard, when the indexes are made.
        request_seconds: How long one request may take.
        patience_seconds: How long a write goes on trying while the cluster is away or overloaded.
        bulk_documents: Documents at most in one bulk request.
        bulk_bytes: Bytes of one bulk request, beyond which no document is added.
        lease_seconds: How long the right to write holds without a renewal: with the skew of two clocks, how long a site
            that was killed keeps others waiting.
        mirror: File in which a copy is kept of what linkage reads. None: every question goes to the cluster.
        mirror_wait_seconds: How long to wait for another process that uses the copy, before the cluster is read itself.
        requests_in_flight: Bulk requests at most at the same time; twice the cores of a small machine.
    """

    url: str
    prefix: str = "tl"
    username: str | None = None
    password: str | None = None
    api_key: str | None = None
    ca_cert: Path | None = None
    shards: int = 1
    replicas: int = 0
    request_seconds: float = 60.0
    patience_seconds: float = 120.0
    bulk_documents: int = 2_000
    bulk_bytes: int = 5 * 2**20
    requests_in_flight: int = 4
    lease_seconds: float = 60.0
    mirror: Path | None = None
    mirror_wait_seconds: float = 60.0

    def __repr__(self) -> str:
        return f"ElasticSettings(url={self.url!r}, prefix={self.prefix!r}, username={self.username!r})"
