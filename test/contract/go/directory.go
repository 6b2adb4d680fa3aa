package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	lark "github.com/larksuite/oapi-sdk-go/v3"
	larkcore "github.com/larksuite/oapi-sdk-go/v3/core"
	larkcontact "github.com/larksuite/oapi-sdk-go/v3/service/contact/v3"
)

// directory checks tokens, pages, scopes, ranges and codes; the world must be fresh.
func directory() {
	pages()
	scopes()
	ranges()
	codes()
	// Last: the client keeps the token that these checks let expire.
	tokens()
}

func tenantCode(token string) int {
	own := lark.NewClient(text(app["appId"]), text(app["appSecret"]), lark.WithOpenBaseUrl(url),
		lark.WithEnableTokenCache(false), lark.WithLogLevel(larkcore.LogLevelError))
	answer, err := own.Tenant.V2.Tenant.Query(ctx, larkcore.WithTenantAccessToken(token))
	must(err)
	return answer.Code
}

func token(secret string) object {
	answer, err := client.Post(ctx, "/open-apis/auth/v3/tenant_access_token/internal",
		object{"app_id": app["appId"], "app_secret": secret}, larkcore.AccessTokenTypeNone)
	must(err)
	var read object
	must(json.Unmarshal(answer.RawBody, &read))
	return read
}

func tokens() {
	control("DELETE", "/tokens", nil)
	first := token(text(app["appSecret"]))
	again := token(text(app["appSecret"]))
	check("token", first["code"] == 0.0 && first["expire"].(float64) <= 7200, first)
	check("the same token again", first["tenant_access_token"] == again["tenant_access_token"], again)
	check("wrong secret", token("wrong")["code"] == 10014.0, nil)
	old := text(first["tenant_access_token"])
	control("POST", "/clock", object{"advanceSeconds": 5500})
	newer := token(text(app["appSecret"]))
	check("a new token in the last half hour", newer["tenant_access_token"] != old, newer)
	code := tenantCode(old)
	check("the old token lives on", code == 0, code)
	control("POST", "/clock", object{"advanceSeconds": 1800})
	code = tenantCode(old)
	check("then it is over", code == 99991663, code)
	control("DELETE", "/tokens", nil)
	code = tenantCode(text(newer["tenant_access_token"]))
	check("a revoked token is refused", code == 99991663, code)
}

// patient calls again after the time that a rate limit names.
func patient(ask func() (int, http.Header)) int {
	for {
		code, header := ask()
		if code != 99991400 {
			return code
		}
		seconds, err := strconv.Atoi(header.Get("x-ogw-ratelimit-reset"))
		must(err)
		time.Sleep(time.Duration(seconds) * time.Second)
	}
}

func pages() {
	departments := []string{"0"}
	for pageToken := ""; ; {
		builder := larkcontact.NewChildrenDepartmentReqBuilder().DepartmentId("0").FetchChild(true).PageSize(50)
		if pageToken != "" {
			builder = builder.PageToken(pageToken)
		}
		var page *larkcontact.ChildrenDepartmentResp
		code := patient(func() (int, http.Header) {
			answer, err := client.Contact.Department.Children(ctx, builder.Build())
			must(err)
			page = answer
			return answer.Code, answer.Header
		})
		check("GET /departments", code == 0, page)
		for _, one := range page.Data.Items {
			departments = append(departments, *one.OpenDepartmentId)
		}
		if !*page.Data.HasMore {
			break
		}
		pageToken = *page.Data.PageToken
	}
	found := map[string]bool{}
	for _, department := range departments {
		for pageToken := ""; ; {
			builder := larkcontact.NewFindByDepartmentUserReqBuilder().DepartmentId(department).PageSize(50)
			if pageToken != "" {
				builder = builder.PageToken(pageToken)
			}
			var page *larkcontact.FindByDepartmentUserResp
			code := patient(func() (int, http.Header) {
				answer, err := client.Contact.User.FindByDepartment(ctx, builder.Build())
				must(err)
				page = answer
				return answer.Code, answer.Header
			})
			check("GET /people", code == 0, page)
			for _, one := range page.Data.Items {
				found[*one.OpenId] = true
			}
			if !*page.Data.HasMore {
				break
			}
			pageToken = *page.Data.PageToken
		}
	}
	tenant := first(control("GET", "/tenants", nil))
	check(fmt.Sprintf("all %v people by pages", tenant["employees"]),
		float64(len(found)) == tenant["employees"].(float64), len(found))
	foreign, err := client.Contact.User.FindByDepartment(ctx,
		larkcontact.NewFindByDepartmentUserReqBuilder().DepartmentId("0").PageToken("bm9uc2Vuc2U").Build())
	must(err)
	check("foreign page token", foreign.Code == 40011, foreign)
}

func scopes() {
	granted := app["scopes"].(object)["granted"]
	patchApp(object{"scopes": object{"granted": []string{"contact:contact.base:readonly", "contact:user.base:readonly"}}})
	answer, err := client.Tenant.V2.Tenant.Query(ctx)
	must(err)
	check("missing scope", answer.Code == 99991672 && answer.Err != nil &&
		answer.Err.PermissionViolations[0].Subject == "tenant:tenant:readonly", answer)
	user, err := client.Contact.User.Get(ctx, larkcontact.NewGetUserReqBuilder().UserId(text(person["openId"])).Build())
	must(err)
	check("a field without its scope is left out", user.Success() && user.Data.User.Mobile == nil, user)
	patchApp(object{"scopes": object{"granted": granted}})
}

func ranges() {
	department := person["departmentIds"].([]any)[0]
	patchApp(object{"contactRange": object{"type": "some", "departmentIds": []any{department}}})
	root, err := client.Contact.User.FindByDepartment(ctx,
		larkcontact.NewFindByDepartmentUserReqBuilder().DepartmentId("0").Build())
	must(err)
	check("the root is outside the range", root.Code == 40004, root)
	listed, err := client.Contact.Scope.List(ctx, larkcontact.NewListScopeReqBuilder().Build())
	must(err)
	check("the granted range", len(listed.Data.DepartmentIds) == 1 && listed.Data.DepartmentIds[0] == department, listed)
	patchApp(object{"contactRange": "all", "availability": object{"all": false, "userIds": []any{}}})
	sent := create(card("x"), "")
	check("outside the availability", sent.Code == 230013, sent)
	patchApp(object{"availability": "all"})
}

// codes lets each code of the tables reach the caller of the SDK.
func codes() {
	count := 0
	for _, one := range control("GET", "/codes", nil)["items"].([]any) {
		entry := one.(object)
		if entry["area"] != "message" {
			continue
		}
		control("POST", "/faults", object{"path": "/open-apis/im/v1/messages", "effect": "code", "code": entry["code"], "times": 1})
		sent := create(card("x"), "")
		if float64(sent.Code) != entry["code"] || sent.StatusCode != int(entry["status"].(float64)) {
			check(fmt.Sprint("code ", entry["code"]), false, sent)
		}
		count++
	}
	check(fmt.Sprint(count, " codes"), count > 30, count)
}
