module contract

go 1.23

require github.com/larksuite/oapi-sdk-go/v3 v3.5.3

require (
	github.com/gogo/protobuf v1.3.2 // indirect
	github.com/gorilla/websocket v1.5.0 // indirect
)
