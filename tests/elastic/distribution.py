"""Fetches Elastic's own minimal distribution from Maven Central, checks it, and unpacks it once into a cache folder.

The cache lies outside the checkout: the distribution is under Elastic's licence and is never committed or shipped.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import stat
import subprocess
import tempfile
import zipfile
from pathlib import Path

VERSION = "8.19.21"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
SHA256 = "215d5f3dbf0609a149f6218a9e47b6ae2df34ebbff3c5754e35f15a5e5393c8a"
COPY_GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"
FETCH_SECONDS = 600


class ServerNotHad(Exception):
    """The server cannot be fetched or started; the message says what to do."""


def cache_folder() -> Path:
    """Return where the distribution is kept: ``TRAPLINE_TEST_CACHE``, else the user's cache.

    Root's home folder is closed to others, and the server refuses to run as root: so root's cache lies in /var.
    """
    stated = os.environ.get("TRAPLINE_TEST_CACHE")
    if stated:
        return Path(stated)
    return Path("/var/cache/trapline-tests") if os.geteuid() == 0 else Path.home() / ".cache" / "trapline-tests"


def unpacked() -> Path:
    """Return the folder of the unpacked distribution, fetching and unpacking what is missing."""
    cache = cache_folder()
    home = cache / f"elasticsearch-{VERSION}"
    if (home / ".whole").exists():
        return home
    cache.mkdir(parents=True, exist_ok=True)
    cache.chmod(0o755)
    # One process fetches and unpacks: another one's later copy took the place of a distribution that a server ran from.
    with (cache / "unpacking").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return home if (home / ".whole").exists() else _unpacked(cache, home)


def _unpacked(cache: Path, home: Path) -> Path:
    archive = cache / f"elasticsearch-{VERSION}.zip"
    if not archive.exists() or _sha256(archive) != SHA256:
        _fetch(cache)
    if (found := _sha256(archive)) != SHA256:
        raise ServerNotHad(f"{archive.name} has SHA-256 {found}, expected {SHA256}: remove it and try again")
    # Unpacked beside and moved: what was broken off leaves no half of it.
    with tempfile.TemporaryDirectory(dir=cache) as beside:
        with zipfile.ZipFile(archive) as members:
            members.extractall(beside)
        fresh = Path(beside) / home.name
        for path in [fresh, *fresh.rglob("*")]:
            is_program = path.is_dir() or path.parent.name == "bin"
            path.chmod(stat.S_IMODE(path.stat().st_mode) | (0o755 if is_program else 0o644))
        (fresh / ".whole").touch()
        shutil.rmtree(home, ignore_errors=True)
        fresh.rename(home)
    return home


def _fetch(folder: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise ServerNotHad("Maven is missing: apt-get install maven openjdk-17-jre-headless")
    command = [maven, "-B", "-q", COPY_GOAL, f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={folder}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=FETCH_SECONDS, check=False)
    if done.returncode != 0:
        raise ServerNotHad(f"Maven could not fetch {ARTIFACT}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
