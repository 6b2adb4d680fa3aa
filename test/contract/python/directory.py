"""The official Python SDK (lark-oapi), unmodified, against a running simulator: tokens, scopes, ranges, pages, codes.

Usage: python directory.py http://127.0.0.1:PORT
Ends with status 0 and one line per check, or with the first check that failed.
"""

import json
import time

import lark_oapi as lark
from lark_oapi.api.auth.v3 import InternalTenantAccessTokenRequest, InternalTenantAccessTokenRequestBody
from lark_oapi.api.contact.v3 import (
    ChildrenDepartmentRequest,
    FindByDepartmentUserRequest,
    GetUserRequest,
    ListScopeRequest,
)
from lark_oapi.api.im.v1 import CreateMessageRequest, CreateMessageRequestBody, PatchMessageRequest, PatchMessageRequestBody
from lark_oapi.api.tenant.v2 import QueryTenantRequest

from simulated import card, check, control, new_client

app = control("GET", "/apps")["items"][0]
tenant = control("GET", "/tenants")["items"][0]
client = new_client(app)
with_tokens = new_client(app, own_tokens=True)
path = f"/apps/{app['appId']}"


def patient(ask):
    """Calls again after the time that a rate limit names."""
    while True:
        answer = ask()
        if answer.code != 99991400:
            return answer
        time.sleep(int(answer.raw.headers["x-ogw-ratelimit-reset"]))


def token(app_id, secret):
    body = InternalTenantAccessTokenRequestBody.builder().app_id(app_id).app_secret(secret).build()
    answer = client.auth.v3.tenant_access_token.internal(
        InternalTenantAccessTokenRequest.builder().request_body(body).build()
    )
    return json.loads(answer.raw.content)


def tenant_query(access=None):
    request = QueryTenantRequest.builder().build()
    if access is None:
        return client.tenant.v2.tenant.query(request)
    option = lark.RequestOption.builder().tenant_access_token(access).build()
    return with_tokens.tenant.v2.tenant.query(request, option)


def tokens():
    control("DELETE", "/tokens")
    first, again = token(app["appId"], app["appSecret"]), token(app["appId"], app["appSecret"])
    check("token", first["code"] == 0 and first["expire"] <= 7200, first)
    check("the same token again", first["tenant_access_token"] == again["tenant_access_token"])
    check("wrong secret", token(app["appId"], "wrong")["code"] == 10014)
    check("unknown app", token("cli_0123456789abcdef", "wrong")["code"] == 10014)
    check("malformed app id", token("nonsense", "wrong")["code"] == 10003)
    control("POST", "/clock", {"advanceSeconds": 5500})
    newer = token(app["appId"], app["appSecret"])
    check("a new token in the last half hour", newer["tenant_access_token"] != first["tenant_access_token"])
    old = tenant_query(first["tenant_access_token"])
    check("the old token lives on", old.success(), old.msg)
    control("POST", "/clock", {"advanceSeconds": 1800})
    old = tenant_query(first["tenant_access_token"])
    check("then it is over", old.code == 99991663, old.code)
    check("foreign words", tenant_query("x-nonsense").code == 99991671)


def people():
    """Everybody, department by department."""
    departments, page_token = ["0"], None
    while True:
        request = ChildrenDepartmentRequest.builder().department_id("0").fetch_child(True).page_size(50)
        request = request.page_token(page_token) if page_token else request
        page = patient(lambda built=request.build(): client.contact.v3.department.children(built))
        check("page of departments", page.success(), page.msg)
        departments += [one.open_department_id for one in page.data.items or []]
        page_token = page.data.page_token
        if not page.data.has_more:
            break
    check("all departments", len(departments) == tenant["departments"] + 1, len(departments))
    found = set()
    for department in departments:
        page_token = None
        while True:
            request = FindByDepartmentUserRequest.builder().department_id(department).page_size(50)
            request = request.page_token(page_token) if page_token else request
            page = patient(lambda built=request.build(): client.contact.v3.user.find_by_department(built))
            if not page.success():
                check("page of people", False, page.msg)
            found.update(one.open_id for one in page.data.items or [])
            page_token = page.data.page_token
            if not page.data.has_more:
                break
    return found


def pages():
    everybody = people()
    check(f"all {tenant['employees']} people by pages", len(everybody) == tenant["employees"], len(everybody))
    request = FindByDepartmentUserRequest.builder().department_id("0")
    foreign = client.contact.v3.user.find_by_department(request.page_token("bm9uc2Vuc2U").build())
    check("foreign page token", foreign.code == 40011, foreign.code)
    request = FindByDepartmentUserRequest.builder().department_id("0").page_size(51).build()
    large = client.contact.v3.user.find_by_department(request)
    check("page size over the limit", large.code == 40012, large.code)


def get_user(open_id):
    return client.contact.v3.user.get(GetUserRequest.builder().user_id(open_id).build())


def scopes():
    granted = app["scopes"]["granted"]
    without = [one for one in granted if one not in ("tenant:tenant:readonly", "contact:user.phone:readonly")]
    control("PATCH", path, {"scopes": {"granted": without}})
    refused = tenant_query()
    violations = json.loads(refused.raw.content)["error"]["permission_violations"]
    subjects = [one["subject"] for one in violations]
    check("missing scope", refused.code == 99991672 and subjects == ["tenant:tenant:readonly"], refused.msg)
    person = control("GET", f"/people?appId={app['appId']}&status=active&limit=5")["items"][1]
    user = get_user(person["openId"]).data.user
    check("a field without its scope is left out", user.mobile is None and user.name == person["name"])
    control("PATCH", path, {"scopes": {"granted": granted}})
    check("with its scope it is there", get_user(person["openId"]).data.user.mobile == person["mobile"])


def send(open_id, uuid=""):
    body = CreateMessageRequestBody.builder().receive_id(open_id).msg_type("interactive").content(card("x"))
    body = body.uuid(uuid) if uuid else body
    request = CreateMessageRequest.builder().receive_id_type("open_id").request_body(body.build()).build()
    return client.im.v1.message.create(request)


def ranges():
    people_of = control("GET", f"/people?appId={app['appId']}&status=active&limit=500")["items"]
    inside = next(one for one in people_of if one["departmentIds"] != ["0"])
    department = inside["departmentIds"][0]
    outside = next(one for one in people_of if one["departmentIds"] == ["0"])
    control("PATCH", path, {"contactRange": {"type": "some", "departmentIds": [department]}})
    listed = client.contact.v3.scope.list(ListScopeRequest.builder().build())
    check("the granted range", listed.data.department_ids == [department] and not listed.data.user_ids)
    root = client.contact.v3.user.find_by_department(FindByDepartmentUserRequest.builder().department_id("0").build())
    check("the root is outside the range", root.code == 40004, root.code)
    check("a person outside the range", get_user(outside["openId"]).code == 41050)
    check("a person inside the range", get_user(inside["openId"]).success())
    check("the bot may still write to both", send(outside["openId"]).success() and send(inside["openId"]).success())
    control("PATCH", path, {"contactRange": "all", "availability": {"all": False, "userIds": [inside["userId"]]}})
    check("outside the availability", send(outside["openId"]).code == 230013)
    check("inside the availability", send(inside["openId"], "py-range").success())
    control("PATCH", path, {"availability": "all"})


def codes():
    """Each code of the tables reaches the caller of the SDK with its text."""
    entries = [one for one in control("GET", "/codes")["items"] if one["area"] in ("message", "contact", "application")]
    request = PatchMessageRequest.builder().message_id("om_x")
    request = request.request_body(PatchMessageRequestBody.builder().content(card("x")).build()).build()
    for entry in entries:
        rule = {"path": "/open-apis/im/v1/messages/:id", "effect": "code", "code": entry["code"], "times": 1}
        control("POST", "/faults", rule)
        answer = client.im.v1.message.patch(request)
        if answer.code != entry["code"] or not answer.msg or answer.raw.status_code != entry["status"]:
            check(f"code {entry['code']}", False, (answer.code, answer.msg, answer.raw.status_code))
    check(f"{len(entries)} codes", True)


tokens()
pages()
scopes()
ranges()
codes()
print("python sdk, directory: all checks passed")
