package mockews_test

import (
	"fmt"
	"net/http"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// A client meets the mock without a socket, and the mock says what it met.
func Example() {
	mx, err := mockews.New(route.Topology{Mailboxes: 50, Seed: 7})
	if err != nil {
		fmt.Println(err)
		return
	}
	client := &http.Client{Transport: mx.Transport()}
	r, err := http.NewRequest(http.MethodGet, "http://mock"+mockews.Path, http.NoBody)
	if err != nil {
		fmt.Println(err)
		return
	}
	r.SetBasicAuth("svc-bench@contoso.com", "ewsbench")
	r.Header.Set(ews.HeaderAnchorMailbox, "user000042@contoso.com")
	answer, err := client.Do(r)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = answer.Body.Close() }()
	fmt.Println(answer.StatusCode, answer.Header.Get(ews.HeaderFEServer))
	for _, e := range mx.Journal() {
		fmt.Println(e.Caller, e.Status)
	}
	// Output:
	// 200 SITE-FE1
	// svc-bench@contoso.com 200
}
