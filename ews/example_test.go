package ews_test

import (
	"fmt"
	"net/http"

	"github.com/ewsbench/ewsbench/ews"
)

// A client asks for an inbox, the server reads the request and answers, and the
// client judges the answer.
func Example() {
	asked := ews.Request{
		Impersonate: ews.ConnectingSID{Kind: ews.SmtpAddress, Value: "user000001@contoso.com"},
		Body:        ews.GetFolder{Folders: []ews.FolderID{{Distinguished: "inbox"}}},
	}
	read, err := ews.ParseRequest(asked.Append(nil))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(read.Body.Op(), "for", read.Impersonate.Value)

	version := ews.ServerVersion{Major: 15, Minor: 2, MajorBuild: 986, MinorBuild: 26, Version: "V2017_07_11"}
	answer := ews.AppendResponse(nil, version, ews.GetFolderResponse{Messages: []ews.FoldersMessage{
		{Message: ews.NewMessage(ews.ErrorItemNotFound)},
	}})
	outcome := ews.Classify(http.StatusOK, nil, answer)
	fmt.Println(outcome.HTTP, outcome.OK(), outcome.Code())
	// Output:
	// GetFolder for user000001@contoso.com
	// 200 false ErrorItemNotFound
}

// A server refuses a request as a whole.
func ExampleFault() {
	denied := ews.NewFault(ews.ErrorImpersonateUserDenied)
	fmt.Println(denied.HTTP, denied)
	fmt.Println(len(denied.Append(nil)) > 0)
	// Output:
	// 500 ErrorImpersonateUserDenied (HTTP 500): The account does not have permission to impersonate the requested user.
	// true
}
