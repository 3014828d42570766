package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/ewsbench/ewsbench/mockews/admin"
)

// administer serves the admin API beside a mock until close is called. It
// returns what a program needs to find it: nothing if it is not asked for.
func (f *mockFlags) administer(a *app, s *served) (variables []string, close func(), err error) {
	if f.admin == "" {
		return nil, func() {}, nil
	}
	listener, err := new(net.ListenConfig).Listen(context.Background(), "tcp", f.admin)
	if err != nil {
		return nil, nil, failure(fmt.Errorf("--admin: %w", err), "choose another address; port 0 takes a free one")
	}
	host, _, _ := net.SplitHostPort(f.admin) // was checked
	info := admin.Info{Profile: f.profile, URL: s.url, Version: readVersions().Version, Hosts: []string{host}}
	if f.listenRemote {
		info.Hosts = append(info.Hosts, "*")
	}
	web := &http.Server{Handler: admin.New(s.mock, info), ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = web.Serve(listener) }() // ends when it is closed
	url := "http://" + listener.Addr().String()
	a.say("admin API at %s: GET / lists its calls", url)
	return []string{"EWS_ADMIN=" + url}, func() { _ = web.Close() }, nil
}
