package main

import (
	"fmt"
	"net"
	"os"

	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// authority makes the authority of a mock with TLS, and writes its certificate
// where it is asked for. The certificate is for the domain of the topology too. It is nil without TLS.
func (f *mockFlags) authority(t route.Topology) (*mockews.Authority, error) {
	if !f.tls {
		return nil, nil
	}
	host, _, _ := net.SplitHostPort(f.listen) // was checked
	authority, err := mockews.NewAuthority(append(mockews.Hosts(t), host)...)
	if err != nil {
		return nil, failure(err, "is there a source of random numbers?")
	}
	if f.caOut == "" {
		return authority, nil
	}
	if err := os.WriteFile(f.caOut, authority.PEM(), 0o644); err != nil { //nolint:gosec // a certificate is for everybody to read
		return nil, failure(fmt.Errorf("--ca-out: %w", err), "name a file in a folder that can be written to")
	}
	return authority, nil
}

// options are what the flags add to a topology.
func (f *mockFlags) options() (options []mockews.Option) {
	if f.schemaDir != "" {
		options = append(options, mockews.WithSchemas(os.DirFS(f.schemaDir)))
	}
	return options
}

// trustVariables tell a program where the authority's certificate is.
func (f *mockFlags) trustVariables() []string {
	if f.caOut == "" {
		return nil
	}
	return []string{"EWS_CA=" + f.caOut}
}
