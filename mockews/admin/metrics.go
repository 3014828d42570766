package admin

import (
	"net/http"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/ewsbench/ewsbench/mockews"
)

// newMetrics counts what a server does, in a registry of its own.
func newMetrics(s *mockews.Server) http.Handler {
	requests := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "mockews_requests_total", Help: "Requests by operation, HTTP status, response code and the back end that answered.",
	}, []string{"op", "status", "code", "back_end"})
	hops := prometheus.NewCounter(prometheus.CounterOpts{Name: "mockews_hops_total", Help: "How often requests were proxied from one back end to another."})
	verdicts := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "mockews_verdicts_total", Help: "Requests that broke a rule, by verdict.",
	}, []string{"verdict"})
	faults := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "mockews_faults_total", Help: "Requests that a fault was injected into, by rule.",
	}, []string{"rule"})
	refused := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "mockews_throttled_total", Help: "Requests that throttling refused, by part of the policy.",
	}, []string{"part"})
	queue := histogram("mockews_queue_seconds", "Time that requests waited for workers and for the proxy pool.")
	service := histogram("mockews_service_seconds", "Working time of the operation proper.")
	registry := prometheus.NewRegistry()
	registry.MustRegister(requests, hops, verdicts, faults, refused, queue, service, collectors.NewGoCollector())

	s.Observe(func(e *mockews.Entry) {
		requests.WithLabelValues(string(e.Op), strconv.Itoa(e.Status), string(e.Code), e.Final).Inc()
		hops.Add(float64(e.Hops))
		for _, id := range e.Verdicts.IDs() {
			verdicts.WithLabelValues(string(id)).Inc()
		}
		for _, rule := range e.Faults {
			faults.WithLabelValues(rule).Inc()
		}
		if e.Budget.Refused != "" {
			refused.WithLabelValues(string(e.Budget.Refused)).Inc()
		}
		queue.Observe(e.Queue.Seconds())
		service.Observe(e.Service.Seconds())
	})
	return promhttp.HandlerFor(registry, promhttp.HandlerOpts{})
}

func histogram(name, help string) prometheus.Histogram {
	return prometheus.NewHistogram(prometheus.HistogramOpts{Name: name, Help: help, Buckets: prometheus.ExponentialBuckets(0.001, 2, 14)})
}
