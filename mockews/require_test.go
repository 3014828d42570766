package mockews_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// complaint is what a requirement says of a server, "" if it is met.
func complaint(s *mockews.Server, want func(*mockews.Requirement)) string {
	var tb recorder
	want(s.Require(&tb))
	return strings.Join(tb.said, "\n")
}

func TestRequirementsThatAreMet(t *testing.T) {
	t.Parallel()
	s := newServer(t, route.Topology{})
	polite(target, getInbox()).send(t, s.Transport())
	polite(target, ews.FindItem{Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{inbox}}).with("User-Agent", "").send(t, s.Transport())
	s.Require(t).NoVerdict(audit.AnchorMissing, audit.OversizedBatch)
	s.Require(t).Times(2).Sent(ews.OpGetFolder).Times(1).WithAnchor().NoVerdict()
	s.Require(t).WithAnchor()
}

func TestRequirementsThatAreNotMet(t *testing.T) {
	t.Parallel()
	s := newServer(t, route.Topology{})
	polite(target, getInbox()).send(t, s.Transport())
	missing := polite(target, ews.FindItem{Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{inbox}})
	missing.header.Del("X-AnchorMailbox")
	missing.send(t, s.Transport())
	missing.send(t, s.Transport())
	for _, c := range []struct {
		name string
		want func(*mockews.Requirement)
		says []string
	}{
		{"verdict", func(r *mockews.Requirement) { r.NoVerdict("anchor-missing") }, []string{"anchor-missing in 2 requests", "FindItem", target, "Send X-AnchorMailbox"}},
		{"any verdict", func(r *mockews.Requirement) { r.NoVerdict() }, []string{"anchor-missing in 2 requests"}},
		{"anchor", func(r *mockews.Requirement) { r.Sent(ews.OpFindItem).WithAnchor() }, []string{"anchor-missing in 2 FindItem requests"}},
		{"never sent", func(r *mockews.Requirement) { r.Sent(ews.OpGetItem) }, []string{"no GetItem was sent, among 3 requests"}},
		{"number", func(r *mockews.Requirement) { r.Sent(ews.OpFindItem).Times(1) }, []string{"2 FindItem requests were sent, want 1"}},
		{"no such verdict", func(r *mockews.Requirement) { r.NoVerdict("anchor-lost") }, []string{"anchor-lost", "anchor-missing,anchor-mismatch"}},
	} {
		said := complaint(s, c.want)
		for _, text := range c.says {
			assert.Contains(t, said, text, c.name)
		}
	}
	assert.Empty(t, complaint(s, func(r *mockews.Requirement) { r.Sent(ews.OpGetFolder).WithAnchor() }), "the others are not asked")
}

// Nothing sent, and nothing judged, is never a pass.
func TestRequirementsOfNothing(t *testing.T) {
	t.Parallel()
	noVerdict := func(r *mockews.Requirement) { r.NoVerdict() }
	assert.Contains(t, complaint(newServer(t, route.Topology{}), noVerdict), "no request was judged")
	s, err := mockews.New(route.Topology{}, mockews.WithoutAudit())
	require.NoError(t, err)
	polite(target, getInbox()).send(t, s.Transport())
	assert.Contains(t, complaint(s, noVerdict), "without audit")
	assert.Contains(t, complaint(s, func(r *mockews.Requirement) { r.Sent(ews.OpGetFolder).NoVerdict() }), "no GetFolder request was judged")
}
