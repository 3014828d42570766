package mockews_test

import (
	"fmt"
	"net/http"
	"syscall"
	"testing"
	"time"

	"github.com/ewsbench/ewsbench/mockews"
)

func cpu() float64 {
	var u syscall.Rusage
	_ = syscall.Getrusage(0, &u)
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e3
}

func TestCPU(t *testing.T) {
	topology, _ := mockews.Profile("ideal")
	mock, _ := mockews.New(topology)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	mockURL := listen(t, mock)
	for _, body := range sampleBodies(t, client, mockURL) {
		request := envelope(body)
		answer := exchange(t, client, mockURL, request)
		bareURL := listen(t, bare(answer))
		per := func(url string) float64 {
			c := cpu()
			r := drive(t, client, url, request, 150*time.Millisecond) * 0.15
			return (cpu() - c) / r
		}
		per(mockURL)
		per(bareURL)
		var a, b, q []float64
		for range 15 {
			x, y := per(mockURL), per(bareURL)
			a, b, q = append(a, x), append(b, y), append(q, y/x)
		}
		fmt.Printf("%s mock %.2f bare %.2f us  ratio %.3f\n", body.Op(), median(a), median(b), median(q))
	}
}
