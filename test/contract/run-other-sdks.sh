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
  require("./.cache/contract/simulator").startSimulator({ seed: "contract", employees: 20, departments: 3 })
    .then(({ url }) => require("node:fs").writeFileSync(process.argv[1], url));
' "$work/url" &
simulator=$!
for _ in $(seq 100); do [ -s "$work/url" ] && break; sleep 0.1; done
url=$(cat "$work/url")

for sdk in "${@:-python go}"; do
  for name in $sdk; do
    case $name in
      python)
        python3 -m venv "$work/venv"
        "$work/venv/bin/pip" install --quiet lark-oapi
        "$work/venv/bin/python" test/contract/python_sdk.py "$url"
        ;;
      go)
        (cd test/contract/go && go run . "$url")
        ;;
    esac
  done
done
