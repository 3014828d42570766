package ews

import (
	"strings"

	"github.com/ewsbench/ewsbench/internal/xmlwire"
)

// RequestSketch is what can be told of a request without holding it to the
// schema: enough to say what somebody meant who was refused.
type RequestSketch struct {
	Op          Op      // empty: the body names no operation
	Version     Version // as it was written, whether or not there is such a one
	Impersonate ConnectingSID
	MaxChanges  int // MaxChangesReturned, 0: none
}

// SkimRequest reads a request that may break the schema. It is total: what
// stands behind the first mistake in the XML is not told. The sketch keeps no
// part of data.
func SkimRequest(data []byte) (r RequestSketch) {
	var s xmlwire.Scanner
	s.InitLax(data, spaces)
	if s.Next() != xmlwire.Start || !s.Is(soapSpace, "Envelope") {
		return r
	}
	for depth := s.Depth(); s.Child(depth); {
		switch s.Local() {
		case "Header":
			r.skimHeader(&s)
		case "Body":
			r.skimBody(&s)
		}
	}
	return r
}

func (r *RequestSketch) skimHeader(s *xmlwire.Scanner) {
	for depth := s.Depth(); s.Child(depth); {
		switch s.Local() {
		case "RequestServerVersion":
			version, _ := s.Attr("Version")
			r.Version = Version(strings.Clone(version))
		case "ExchangeImpersonation":
			r.skimSID(s)
		}
	}
}

func (r *RequestSketch) skimSID(s *xmlwire.Scanner) {
	for outer := s.Depth(); s.Child(outer); {
		for depth := s.Depth(); s.Child(depth); {
			kind := SIDKind(strings.Clone(s.Local()))
			r.Impersonate = ConnectingSID{Kind: kind, Value: strings.Clone(strings.TrimSpace(s.Text()))}
		}
	}
}

func (r *RequestSketch) skimBody(s *xmlwire.Scanner) {
	for body := s.Depth(); s.Child(body); {
		if r.Op != "" {
			return
		}
		r.Op = Op(strings.Clone(strings.TrimSuffix(s.Local(), "Request")))
		for depth := s.Depth(); s.Child(depth); {
			if s.Local() == "MaxChangesReturned" {
				r.MaxChanges = number(s.Text())
			}
		}
	}
}

// AnswerSketch is what an answer says that a later request has to go by. Of
// several messages the last one counts, of a stream the first envelope.
type AnswerSketch struct {
	State     string // the state to synchronise from next
	Last      bool   // nothing more is waiting: IncludesLastItemInRange, IncludesLastFolderInRange
	Shown     int    // items of a page, or changes
	Offset    int    // IndexedPagingOffset, where the next page begins; 0: not said
	ID        string // the subscription that was made
	Watermark string // of the last event, or of the subscription
	More      bool   // MoreEvents
	Status    string // ConnectionStatus: OK, Closed
	ErrorIDs  []string
}

// SkimAnswer takes that out of an answer. It is total: what stands behind the
// first mistake is not told. The sketch keeps no part of body.
func SkimAnswer(body []byte) (a AnswerSketch) {
	var s xmlwire.Scanner
	s.InitLax(body, spaces)
	for {
		switch s.Next() {
		case xmlwire.EOF:
			return a
		case xmlwire.Start:
			a.skim(&s)
		case xmlwire.End, xmlwire.Text:
		}
	}
}

func (a *AnswerSketch) skim(s *xmlwire.Scanner) {
	switch s.Local() {
	case "SyncState":
		a.State = strings.Clone(s.Text())
	case "IncludesLastItemInRange", "IncludesLastFolderInRange":
		a.Last = isTrue(s.Text())
	case "RootFolder":
		last, _ := s.Attr("IncludesLastItemInRange")
		offset, _ := s.Attr("IndexedPagingOffset")
		a.Last, a.Offset = isTrue(last), number(offset)
	case "Changes", "Items", "Folders":
		for depth := s.Depth(); s.Child(depth); {
			a.Shown++
		}
	case "SubscriptionId":
		a.ID = strings.Clone(s.Text())
	case "Watermark":
		a.Watermark = strings.Clone(s.Text())
	case "MoreEvents":
		a.More = isTrue(s.Text())
	case "ConnectionStatus":
		a.Status = strings.Clone(s.Text())
	case "ErrorSubscriptionIds":
		for depth := s.Depth(); s.Child(depth); {
			a.ErrorIDs = append(a.ErrorIDs, strings.Clone(s.Text()))
		}
	}
}
