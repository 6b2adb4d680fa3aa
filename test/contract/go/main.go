// The official Go SDK (oapi-sdk-go v3), unmodified, against a running simulator.
//
// Usage: go run . http://127.0.0.1:PORT
// Ends with status 0 and one line per check, or with the first check that failed.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	lark "github.com/larksuite/oapi-sdk-go/v3"
	larkcore "github.com/larksuite/oapi-sdk-go/v3/core"
	"github.com/larksuite/oapi-sdk-go/v3/core/httpserverext"
	"github.com/larksuite/oapi-sdk-go/v3/event/dispatcher"
	"github.com/larksuite/oapi-sdk-go/v3/event/dispatcher/callback"
	larkcontact "github.com/larksuite/oapi-sdk-go/v3/service/contact/v3"
	larkim "github.com/larksuite/oapi-sdk-go/v3/service/im/v1"
	larkws "github.com/larksuite/oapi-sdk-go/v3/ws"
)

const encryptKey = "go contract"

type object = map[string]any

var (
	url    = strings.TrimRight(os.Args[1], "/")
	ctx    = context.Background()
	app    object
	person object
	client *lark.Client
	mutex  sync.Mutex
	seen   []string
)

func main() {
	app = first(control("GET", "/apps", nil))
	person = somebody()
	client = lark.NewClient(text(app["appId"]), text(app["appSecret"]),
		lark.WithOpenBaseUrl(url), lark.WithLogLevel(larkcore.LogLevelError))
	messages()
	contacts()
	webhook()
	longConnection()
	directory()
	fmt.Println("go sdk: all checks passed")
}

func messages() {
	sent := create(card("from Go"), "go-1")
	again := create(card("from Go"), "go-1")
	check("create", sent.Success(), sent)
	check("the same uuid sends once", *sent.Data.MessageId == *again.Data.MessageId, again)
	id := *sent.Data.MessageId
	patched, err := client.Im.Message.Patch(ctx, larkim.NewPatchMessageReqBuilder().MessageId(id).
		Body(larkim.NewPatchMessageReqBodyBuilder().Content(card("changed")).Build()).Build())
	must(err)
	check("patch", patched.Success(), patched)
	read, err := client.Im.Message.Get(ctx, larkim.NewGetMessageReqBuilder().MessageId(id).Build())
	must(err)
	check("get", strings.Contains(*read.Data.Items[0].Body.Content, "changed"), read)
	reply, err := client.Im.Message.Reply(ctx, larkim.NewReplyMessageReqBuilder().MessageId(id).
		Body(larkim.NewReplyMessageReqBodyBuilder().MsgType("text").Content(`{"text":"done"}`).Build()).Build())
	must(err)
	check("reply", reply.Success() && *reply.Data.ParentId == id, reply)
	deleted, err := client.Im.Message.Delete(ctx, larkim.NewDeleteMessageReqBuilder().MessageId(id).Build())
	must(err)
	check("delete", deleted.Success(), deleted)
	person["openId"] = "ou_x"
	refused := create(card("x"), "")
	check("a refusal keeps its code", refused.Code == 230034 && refused.RequestId() != "", refused)
	person = somebody()
}

func contacts() {
	user, err := client.Contact.User.Get(ctx, larkcontact.NewGetUserReqBuilder().UserId(text(person["openId"])).Build())
	must(err)
	check("user", user.Success() && *user.Data.User.Name == text(person["name"]), user)
	found, err := client.Contact.User.FindByDepartment(ctx,
		larkcontact.NewFindByDepartmentUserReqBuilder().DepartmentId("0").PageSize(50).Build())
	must(err)
	check("find_by_department", found.Success(), found)
}

func webhook() {
	server := httptest.NewServer(http.HandlerFunc(httpserverext.NewEventHandlerFunc(handler(encryptKey))))
	defer server.Close()
	patchApp(object{"encryptKey": encryptKey, "eventUrl": server.URL})
	verified := control("POST", "/apps/"+text(app["appId"])+"/verify-url", object{})
	check("webhook: challenge", verified["ok"] == true, verified)
	exercise("webhook")
	patchApp(object{"encryptKey": "", "eventUrl": ""})
}

func longConnection() {
	patchApp(object{"eventMode": "websocket", "callbackMode": "websocket"})
	socket := larkws.NewClient(text(app["appId"]), text(app["appSecret"]),
		larkws.WithEventHandler(handler("")), larkws.WithDomain(url), larkws.WithLogLevel(larkcore.LogLevelError))
	go func() { _ = socket.Start(ctx) }()
	eventually("long connection: connected", func() bool {
		return control("GET", "/apps/"+text(app["appId"])+"/connections", nil)["count"] == 1.0
	})
	exercise("long connection")
	patchApp(object{"eventMode": "webhook", "callbackMode": "webhook"})
}

func handler(key string) *dispatcher.EventDispatcher {
	return dispatcher.NewEventDispatcher(text(app["verificationToken"]), key).
		OnP2MessageReceiveV1(func(_ context.Context, event *larkim.P2MessageReceiveV1) error {
			note(*event.Event.Message.Content)
			return nil
		}).
		OnP2CardActionTrigger(func(_ context.Context, event *callback.CardActionTriggerEvent) (*callback.CardActionTriggerResponse, error) {
			note(fmt.Sprint(event.Event.Action.Value["a"]))
			return &callback.CardActionTriggerResponse{
				Toast: &callback.Toast{Type: "success", Content: "Claimed"},
				Card:  &callback.Card{Type: "raw", Data: json.RawMessage(card("claimed"))},
			}, nil
		})
}

func exercise(way string) {
	control("POST", "/people/"+text(person["userId"])+"/message-bot", object{"appId": app["appId"], "text": way})
	eventually(way+": event", func() bool { return noted(`{"text":"` + way + `"}`) })
	sent := create(card("click me"), "")
	shown := control("POST", "/messages/"+*sent.Data.MessageId+"/click", object{"value": object{"a": "claim " + way}})
	toast, _ := shown["toast"].(object)
	check(way+": click", shown["code"] == 0.0 && toast["content"] == "Claimed", shown)
	check(way+": action value", noted("claim "+way), seen)
	now := control("GET", "/messages/"+*sent.Data.MessageId, nil)
	check(way+": the answer's card is shown", strings.Contains(text(now["content"]), "claimed"), now)
}

func create(content, uuid string) *larkim.CreateMessageResp {
	body := larkim.NewCreateMessageReqBodyBuilder().ReceiveId(text(person["openId"])).MsgType("interactive").Content(content)
	if uuid != "" {
		body = body.Uuid(uuid)
	}
	sent, err := client.Im.Message.Create(ctx,
		larkim.NewCreateMessageReqBuilder().ReceiveIdType("open_id").Body(body.Build()).Build())
	must(err)
	return sent
}

func card(title string) string {
	return `{"schema":"2.0","header":{"title":{"tag":"plain_text","content":"` + title +
		`"}},"body":{"elements":[{"tag":"markdown","content":"**hello**"}]}}`
}

func control(method, path string, body object) object {
	sent, err := json.Marshal(body)
	must(err)
	if body == nil {
		sent = nil
	}
	request, err := http.NewRequest(method, url+"/_control"+path, bytes.NewReader(sent))
	must(err)
	request.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(request)
	must(err)
	defer answer.Body.Close()
	read, err := io.ReadAll(answer.Body)
	must(err)
	check(method+" "+path, answer.StatusCode < 300, string(read))
	var result object
	must(json.Unmarshal(read, &result))
	return result
}

func patchApp(changes object) { control("PATCH", "/apps/"+text(app["appId"]), changes) }

// somebody is an active member of a department below the root.
func somebody() object {
	for _, one := range control("GET", "/people?status=active&limit=1000&appId="+text(app["appId"]), nil)["items"].([]any) {
		if one.(object)["departmentIds"].([]any)[0] != "0" {
			return one.(object)
		}
	}
	panic("nobody has a department")
}

func first(list object) object { return list["items"].([]any)[0].(object) }

func text(value any) string { return value.(string) }

func note(what string) {
	mutex.Lock()
	defer mutex.Unlock()
	seen = append(seen, what)
}

func noted(what string) bool {
	mutex.Lock()
	defer mutex.Unlock()
	return slices.Contains(seen, what)
}

func eventually(name string, ask func() bool) {
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if ask() {
			fmt.Println("ok", name)
			return
		}
	}
	fmt.Println("FAILED", name)
	os.Exit(1)
}

func check(name string, ok bool, detail any) {
	if !ok {
		fmt.Println("FAILED", name, detail)
		os.Exit(1)
	}
	if !strings.Contains(name, " /") {
		fmt.Println("ok", name)
	}
}

func must(err error) {
	if err != nil {
		fmt.Println("FAILED", err)
		os.Exit(1)
	}
}
