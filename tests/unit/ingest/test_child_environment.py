"""What a child process gets: its scratch folder, one thread of arithmetic; the reader, how it keeps memory."""

from __future__ import annotations

from pathlib import Path

from ingest.child_environment import allocation_of, child_environment


def test_a_child_has_one_thread_of_arithmetic_whatever_the_service_has(tmp_path: Path) -> None:
    environment = child_environment({"OPENBLAS_NUM_THREADS": "8", "LANG": "C"}, tmp_path)
    assert environment["OPENBLAS_NUM_THREADS"] == "1"
    assert environment["LANG"] == "C"
    assert environment["TMPDIR"] == environment["SQLITE_TMPDIR"] == str(tmp_path)


def test_the_reader_keeps_what_it_freed_beside_what_the_service_sets() -> None:
    kept = "glibc.malloc.tcache_count=8000"
    assert allocation_of({}) == {"GLIBC_TUNABLES": kept}
    assert allocation_of({"GLIBC_TUNABLES": "glibc.malloc.check=1"}) == {
        "GLIBC_TUNABLES": f"glibc.malloc.check=1:{kept}"
    }
    chosen = {"GLIBC_TUNABLES": "glibc.malloc.tcache_count=9"}
    assert allocation_of(chosen) == chosen
