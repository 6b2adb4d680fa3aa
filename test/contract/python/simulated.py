"""What the contract scripts share: the control surface of a running simulator, and checks that end the run."""

import json
import sys
import time

import lark_oapi as lark
import requests

URL = sys.argv[1].rstrip("/")


def control(method, path, body=None):
    answer = requests.request(method, f"{URL}/_control{path}", json=body, timeout=60)
    answer.raise_for_status()
    return answer.json()


def check(name, condition, detail=None):
    if not condition:
        sys.exit(f"FAILED {name}: {detail}")
    print(f"ok {name}", flush=True)


def eventually(name, ask):
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if ask():
            print(f"ok {name}", flush=True)
            return
        time.sleep(0.02)
    sys.exit(f"FAILED {name}: it did not happen within 10 seconds")


def card(title):
    return json.dumps(
        {
            "schema": "2.0",
            "header": {"title": {"tag": "plain_text", "content": title}},
            "body": {"elements": [{"tag": "markdown", "content": "**hello**"}]},
        }
    )


def new_client(app, own_tokens=False):
    """A client that gets its tokens itself or, with `own_tokens`, takes the one of each call."""
    builder = lark.Client.builder().app_id(app["appId"]).app_secret(app["appSecret"]).domain(URL)
    return builder.enable_set_token(own_tokens).log_level(lark.LogLevel.CRITICAL).build()
