"""What a child process gets: its scratch folder, one thread of arithmetic; the reader, how it keeps memory."""

from __future__ import annotations

from pathlib import Path

from ingest.processes.child_environment import allocation_of, child_environment


def test_a_child_has_one_thread_of_arithmetic_whatever_the_service_has(tmp_path: Path) -> None:
    environment = child_environment({"OPENBLAS_NUM_THREADS": "8", "LANG": "C"}, tmp_path)
    assert environment["OPENBLAS_NUM_THREADS"] == "1"
    assert environment["LANG"] == "C"
    assert environment["TMPDIR"] == environment["SQLITE_TMPDIR"] == str(tmp_path)


def test_the_reader_takes_memory_in_its_way_beside_what_the_service_sets() -> None:
    kept = "glibc.malloc.mmap_threshold=1048576:glibc.malloc.trim_threshold=4194304"
    all_of_them = f"glibc.malloc.tcache_count=8000:{kept}"
    assert allocation_of({}) == {"GLIBC_TUNABLES": all_of_them}
    assert allocation_of({"GLIBC_TUNABLES": "glibc.malloc.check=1"}) == {
        "GLIBC_TUNABLES": f"glibc.malloc.check=1:{all_of_them}"
    }
    chosen = "glibc.malloc.tcache_count=9"
    assert allocation_of({"GLIBC_TUNABLES": chosen}) == {"GLIBC_TUNABLES": f"{chosen}:{kept}"}
