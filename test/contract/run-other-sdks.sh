#!/usr/bin/env bash
# Runs the official Python and Go SDKs, unmodified, against a fresh simulator.
# usage: test/contract/run-other-sdks.sh [python] [go]      default: both
# Needs network access to the package indexes of the languages it runs.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
simulator=
trap '[ -n "$simulator" ] && kill "$simulator"; rm -rf "$work" .cache/contract' EXIT

npx swc simulator -d .cache/contract --quiet
node -e '
  require("./.cache/contract/simulator").startSimulator()
    .then(({ url }) => require("node:fs").writeFileSync(process.argv[1], url));
' "$work/url" &
simulator=$!
for _ in $(seq 100); do [ -s "$work/url" ] && break; sleep 0.1; done
url=$(cat "$work/url")

fresh_world() {
  curl -sf -X POST "$url/_control/reset" -o "$work/world.json" \
    -d '{"seed": "contract", "employees": 10000, "departments": 150}'
}

for sdk in "${@:-python go}"; do
  for name in $sdk; do
    case $name in
      python)
        python3 -m venv "$work/venv"
        "$work/venv/bin/pip" install --quiet lark-oapi
        for script in messaging directory; do
          fresh_world
          PYTHONDONTWRITEBYTECODE=1 "$work/venv/bin/python" "test/contract/python/$script.py" "$url"
        done
        ;;
      go)
        fresh_world
        (cd test/contract/go && go run . "$url")
        ;;
    esac
  done
done
