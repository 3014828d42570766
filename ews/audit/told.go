package audit

import "github.com/ewsbench/ewsbench/ews"

// Told is what the answer tells a client to go by. [Exchange.Tell] and
// [Exchange.TellText] fill it. Numbers that stand for texts are digests, 0 for
// none.
type Told struct {
	// Next is the state to synchronise from next. Last says that nothing more is
	// waiting, Shown how many items or changes the answer shows.
	Next  uint64
	Last  bool
	Shown int
	// Made is the subscription that was made, NextMark where its next events
	// begin, More that there are some already.
	Made     string
	NextMark uint64
	More     bool
	// Gone are subscriptions of which a stream says that they are not there.
	Gone []string
	// Done and Failed are how many parts of the request succeeded and failed.
	Done, Failed int
}

// Tell notes what an answer says. It is for a server that has the answer as a
// value; one that failed is told by [Exchange.TellFailure].
func (e *Exchange) Tell(r ews.Response) {
	switch r := r.(type) {
	case ews.SyncFolderItemsResponse:
		if len(r.Messages) == 1 {
			m := &r.Messages[0]
			e.Next, e.Last, e.Shown = digestText(m.State), m.Last, len(m.Changes)
		}
	case ews.SyncFolderHierarchyResponse:
		if len(r.Messages) == 1 {
			m := &r.Messages[0]
			e.Next, e.Last, e.Shown = digestText(m.State), m.Last, len(m.Changes)
		}
	case ews.FindItemResponse:
		if len(r.Messages) == 1 && r.Messages[0].Root != nil {
			e.tellPage(r.Messages[0].Root)
		}
	case ews.SubscribeResponse:
		if len(r.Messages) == 1 {
			e.Made, e.NextMark = r.Messages[0].ID, digestText(r.Messages[0].Watermark)
		}
	case ews.GetEventsResponse:
		if len(r.Messages) == 1 && r.Messages[0].Notification != nil {
			e.tellEvents(r.Messages[0].Notification)
		}
	}
}

func (e *Exchange) tellPage(p *ews.ItemPage) {
	e.Last = p.Last
	if p.Items != nil {
		e.Shown = len(*p.Items)
	}
	for i := range p.Groups {
		e.Shown += len(p.Groups[i].Items)
	}
}

func (e *Exchange) tellEvents(n *ews.Notification) {
	e.More = n.More != nil && *n.More
	if len(n.Events) > 0 {
		e.NextMark = digestText(n.Events[len(n.Events)-1].Watermark)
	}
}

// TellText is Tell for who has an answer as it came.
func (e *Exchange) TellText(body []byte) {
	a := ews.SkimAnswer(body)
	switch e.Op {
	case ews.OpSyncFolderItems, ews.OpSyncFolderHierarchy, ews.OpFindItem:
		e.Next, e.Last, e.Shown = digestText(a.State), a.Last, a.Shown
	case ews.OpSubscribe:
		e.Made, e.NextMark = a.ID, digestText(a.Watermark)
	case ews.OpGetEvents:
		e.NextMark, e.More = digestText(a.Watermark), a.More
	case ews.OpGetStreamingEvents:
		e.Gone = a.ErrorIDs
	}
}

// TellFailure notes which parts of a request failed, and which did not.
func (e *Exchange) TellFailure(o ews.Outcome) {
	for i := range o.Messages {
		if o.Messages[i].Class == ews.Success {
			e.Done++
		} else {
			e.Failed++
		}
	}
}
