package mockews_test

import (
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/ewsbench/ewsbench/mockews"
)

func TestProf(t *testing.T) {
	topology, _ := mockews.Profile("ideal")
	mock, _ := mockews.New(topology)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	url := listen(t, mock)
	request := envelope(sampleBodies(t, client, url)[0])
	if os.Getenv("BARE") != "" {
		url = listen(t, bare(exchange(t, client, url, request)))
	}
	t.Log(drive(t, client, url, request, 4*time.Second))
}
