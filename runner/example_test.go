package runner_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/results"
	"github.com/ewsbench/ewsbench/runner"
	"github.com/ewsbench/ewsbench/scenarios"
)

// tally counts samples by arm and code.
type tally map[string]int

func (t tally) Put(s results.Sample) error {
	t[s.Arm+" "+s.Code]++
	return nil
}

// A run against a server that minds whether a request is anchored.
func ExampleRun() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get(ews.HeaderAnchorMailbox) == "" {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write(ews.AppendResponse(nil, ews.ServerVersion{Major: 15, Minor: 2}, ews.GetFolderResponse{
			Messages: []ews.FoldersMessage{{}},
		}))
	}))
	defer server.Close()

	scenario, err := scenarios.Load("anchor-penalty")
	if err != nil {
		fmt.Println(err)
		return
	}
	plan, err := scenario.Plan(1, scenarios.Users(1000, "contoso.com"))
	if err != nil {
		fmt.Println(err)
		return
	}
	samples := make(tally)
	target := runner.Target{URL: server.URL}
	_, err = runner.Run(context.Background(), runner.Experiment{
		Plan: plan,
		Arms: []runner.Arm{
			{Name: "anchored", Anchor: scenarios.AnchorCorrect, Target: target},
			{Name: "unanchored", Anchor: scenarios.AnchorMissing, Target: target},
		},
		Schedule: runner.Constant(1000),
		Calls:    10,
	}, samples)
	fmt.Println(samples, err)
	// Output: map[anchored ok:10 unanchored http_503:10] <nil>
}
