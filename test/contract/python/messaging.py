"""The official Python SDK (lark-oapi), unmodified, against a running simulator: messages, cards, clicks, events.

Usage: python messaging.py http://127.0.0.1:PORT
Ends with status 0 and one line per check, or with the first check that failed.
"""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import lark_oapi as lark
from lark_oapi.api.im.v1 import (
    CreateMessageRequest,
    CreateMessageRequestBody,
    DeleteMessageRequest,
    GetMessageRequest,
    PatchMessageRequest,
    PatchMessageRequestBody,
    ReadUsersMessageRequest,
    ReplyMessageRequest,
    ReplyMessageRequestBody,
)
from lark_oapi.core.model import RawRequest
from lark_oapi.event.callback.model.p2_card_action_trigger import P2CardActionTriggerResponse

from simulated import URL, card, check, control, eventually, new_client

ENCRYPT_KEY = "python contract"

app = control("GET", "/apps")["items"][0]
person = control("GET", f"/people?appId={app['appId']}&status=active")["items"][0]
client = new_client(app)


def messages():
    def create(uuid):
        body = (
            CreateMessageRequestBody.builder()
            .receive_id(person["openId"])
            .msg_type("interactive")
            .content(card("from Python"))
            .uuid(uuid)
            .build()
        )
        request = CreateMessageRequest.builder().receive_id_type("open_id").request_body(body).build()
        return client.im.v1.message.create(request)

    first, again = create("py-1"), create("py-1")
    check("create", first.success(), first.msg)
    check("the same uuid sends once", again.data.message_id == first.data.message_id)
    message_id = first.data.message_id
    patch = PatchMessageRequestBody.builder().content(card("changed")).build()
    patched = client.im.v1.message.patch(
        PatchMessageRequest.builder().message_id(message_id).request_body(patch).build()
    )
    check("patch", patched.success(), patched.msg)
    read = client.im.v1.message.get(GetMessageRequest.builder().message_id(message_id).build())
    check("get", "changed" in read.data.items[0].body.content)
    text = json.dumps({"text": "done"})
    reply = client.im.v1.message.reply(
        ReplyMessageRequest.builder()
        .message_id(message_id)
        .request_body(ReplyMessageRequestBody.builder().msg_type("text").content(text).build())
        .build()
    )
    check("reply", reply.success() and reply.data.parent_id == message_id, reply.msg)
    control("POST", f"/messages/{message_id}/read", {})
    readers = client.im.v1.message.read_users(
        ReadUsersMessageRequest.builder().message_id(message_id).user_id_type("open_id").build()
    )
    check("read_users", readers.data.items[0].user_id == person["openId"])
    deleted = client.im.v1.message.delete(DeleteMessageRequest.builder().message_id(message_id).build())
    check("delete", deleted.success(), deleted.msg)
    unknown = CreateMessageRequestBody.builder().receive_id("ou_x").msg_type("text").content(text).build()
    refused = client.im.v1.message.create(
        CreateMessageRequest.builder().receive_id_type("open_id").request_body(unknown).build()
    )
    check("a refusal keeps code and log id", refused.code == 230034 and refused.get_log_id() is not None, refused.code)


seen = []


def on_message(data):
    seen.append(data.event.message.content)


def on_click(data):
    seen.append(data.event.action.value)
    answer = {"toast": {"type": "success", "content": "Claimed"}}
    answer["card"] = {"type": "raw", "data": json.loads(card("claimed"))}
    return P2CardActionTriggerResponse(answer)


def handler(encrypt_key):
    return (
        lark.EventDispatcherHandler.builder(encrypt_key, app["verificationToken"], lark.LogLevel.CRITICAL)
        .register_p2_im_message_receive_v1(on_message)
        .register_p2_card_action_trigger(on_click)
        .build()
    )


def webhook():
    events = handler(ENCRYPT_KEY)

    class Webhook(BaseHTTPRequestHandler):
        def do_POST(self):
            request = RawRequest()
            request.uri = self.path
            request.headers = {key.title(): value for key, value in self.headers.items()}
            request.body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = events.do(request)
            self.send_response(answer.status_code)
            self.end_headers()
            self.wfile.write(answer.content)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Webhook)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/"
    control("PATCH", f"/apps/{app['appId']}", {"encryptKey": ENCRYPT_KEY, "eventUrl": url})
    exercise("webhook")
    control("PATCH", f"/apps/{app['appId']}", {"encryptKey": "", "eventUrl": ""})
    server.shutdown()


def long_connection():
    change = {"eventMode": "websocket", "callbackMode": "websocket"}
    control("PATCH", f"/apps/{app['appId']}", change)
    socket = lark.ws.Client(
        app["appId"],
        app["appSecret"],
        event_handler=handler(""),
        domain=URL,
        log_level=lark.LogLevel.CRITICAL,
    )
    threading.Thread(target=socket.start, daemon=True).start()
    path = f"/apps/{app['appId']}/connections"
    eventually("long connection: connected", lambda: control("GET", path)["count"] == 1)
    exercise("long connection")
    control("PATCH", f"/apps/{app['appId']}", {"eventMode": "webhook", "callbackMode": "webhook"})


def exercise(way):
    seen.clear()
    control("POST", f"/people/{person['userId']}/message-bot", {"appId": app["appId"], "text": way})
    eventually(f"{way}: event", lambda: json.dumps({"text": way}, separators=(",", ":")) in seen)
    body = CreateMessageRequestBody.builder().receive_id(person["openId"])
    body = body.msg_type("interactive").content(card("click me")).build()
    request = CreateMessageRequest.builder().receive_id_type("open_id").request_body(body).build()
    sent = client.im.v1.message.create(request)
    shown = control("POST", f"/messages/{sent.data.message_id}/click", {"value": {"a": "claim"}})
    check(f"{way}: click", shown["code"] == 0 and shown["toast"]["content"] == "Claimed", shown)
    check(f"{way}: action value", {"a": "claim"} in seen, seen)
    now = control("GET", f"/messages/{sent.data.message_id}")
    check(f"{way}: the answer's card is shown", "claimed" in now["content"], now)


messages()
webhook()
long_connection()
print("python sdk, messaging: all checks passed")
