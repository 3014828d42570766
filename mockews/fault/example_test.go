package fault_test

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/fault"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// A client must take being refused: the first two calls are, and the third is answered.
func Example() {
	mx, err := mockews.New(route.Topology{})
	if err != nil {
		fmt.Println(err)
		return
	}
	off := mx.Inject(fault.Rule{
		Name:  "busy at first",
		Match: fault.Match{Op: ews.OpGetUserOofSettings, First: 2},
		Fault: fault.Fault{SOAP: &fault.SOAP{Code: ews.ErrorServerBusy, BackOff: 5 * time.Second}},
	})
	defer off()

	client := &http.Client{Transport: mx.Transport()}
	request := ews.Request{Body: ews.GetUserOofSettings{Mailbox: "user000001@contoso.com"}}
	for range 3 {
		r, _ := http.NewRequest(http.MethodPost, "http://mock"+mockews.Path, strings.NewReader(string(request.Append(nil))))
		r.SetBasicAuth("user000001@contoso.com", "ewsbench")
		answer, err := client.Do(r)
		if err != nil {
			fmt.Println(err)
			return
		}
		_ = answer.Body.Close()
	}
	for _, e := range mx.Journal() {
		fmt.Println(e.Status, e.Code, e.Faults)
	}
	fmt.Println(mx.Faults()[0].Source()[:21])
	// Output:
	// 500 ErrorServerBusy [busy at first]
	// 500 ErrorServerBusy [busy at first]
	// 200 NoError []
	// MS docs, ResponseCode
}
