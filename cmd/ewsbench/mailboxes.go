package main

import (
	"bufio"
	"errors"
	"fmt"
	"net/mail"
	"os"
	"strings"

	"github.com/ewsbench/ewsbench/scenarios"
)

// The bundled organisation, as design of the command line fixes it.
const (
	mockDomain   = "contoso.com"
	mockAccount  = "svc-bench@contoso.com"
	mockPassword = "ewsbench"
	mockUsers    = 1000 // what a loopback target is taken to have
)

// readMailboxes reads the addresses to impersonate: one a line, blank lines
// and lines that begin with # left out.
func readMailboxes(name string) (scenarios.Directory, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, usageError(fmt.Errorf("--mailboxes-file: %w", err), "name a readable file with one SMTP address a line")
	}
	defer file.Close()
	var addrs []string
	lines := bufio.NewScanner(file)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if !isAddress(line) {
			return nil, usageError(fmt.Errorf("%s:%d:1: %q is no SMTP address", name, n, line), "write one plain address a line, such as user@contoso.com")
		}
		addrs = append(addrs, line)
	}
	if err := lines.Err(); err != nil {
		return nil, usageError(fmt.Errorf("--mailboxes-file: %s: %w", name, err), "write one plain address a line")
	}
	if len(addrs) == 0 {
		return nil, usageError(errors.New("--mailboxes-file: "+name+" names no mailbox"), "write one SMTP address a line")
	}
	return scenarios.AddressList(addrs), nil
}

// isAddress takes a bare address only: what goes into X-AnchorMailbox must be
// fit for a header.
func isAddress(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s
}
