#!/usr/bin/env bash
# Build the wheel, install it in a clean environment, and do the main job from it in another folder:
# packaging mistakes stay hidden as long as tests run from the checkout.
set -euo pipefail

python="$(realpath -s "$1")"
root="$(cd "$(dirname "$0")/.." && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

"$python" -m pip --disable-pip-version-check wheel --quiet --no-deps --no-build-isolation --no-index --wheel-dir "$work" "$root"
"$python" -m venv "$work/env"
"$work/env/bin/python" -m pip --disable-pip-version-check install --quiet --no-deps --require-hashes --only-binary :all: -r "$root/requirements.lock"
"$work/env/bin/python" -m pip --disable-pip-version-check install --quiet --no-deps --no-index "$work"/trapline-*.whl

cd "$work"
"$work/env/bin/trapline" formats --json >formats.json
"$work/env/bin/trapline" demo case >demo.txt
code=0
"$work/env/bin/trapline" ingest case --data data --json >receipts.jsonl || code=$?
case "$code" in 0 | 4) ;; *) echo "ingest from the wheel ended with $code" >&2; exit 1 ;; esac
"$work/env/bin/trapline" report --data data --format json >report.json
for form in html pdf csv xlsx graphml i2; do
  "$work/env/bin/trapline" report --data data --format "$form" --out "report-$form"
  [ -n "$(find "report-$form" -type f -size +1k)" ] || { echo "the wheel writes no $form" >&2; exit 1; }
done
"$work/env/bin/python" - <<'PY'
import json
import pathlib

import parsers

assert "site-packages" in parsers.__file__, "the smoke test used the checkout"
receipts = [json.loads(line) for line in pathlib.Path("receipts.jsonl").read_text().splitlines()]
found = json.loads(pathlib.Path("report.json").read_text())
assert len(receipts) >= 12, len(receipts)
assert found["lines"], "the linkage report of the demonstration case names no line"
print(f"wheel: {len(receipts)} extractions, {len(found['lines'])} lines")
PY
