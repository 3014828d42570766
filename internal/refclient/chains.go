package refclient

import (
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// shortPages reads all items of an inbox, page by page.
func shortPages(c *client) error {
	const size = 10
	for offset, n := 0, 0; n < 50; n++ {
		r, err := c.send(as(c.Targets[0]), page(size, offset))
		if err != nil {
			return err
		}
		if err := r.expect(); err != nil {
			return err
		}
		if offset += r.Shown; c.has("paging-by-page-size") {
			offset += size - r.Shown
		}
		if r.Last {
			if c.has("paging-past-the-end") {
				_, err = c.send(as(c.Targets[0]), page(size, offset))
			}
			return err
		}
	}
	return nil
}

// findLimit asks for less when it was too much.
func findLimit(c *client) error {
	for _, size := range []int{500, 100} {
		if c.has("find-limit-ignored") {
			size = 500
		}
		r, err := c.send(as(c.Targets[0]), page(size, 0))
		if err != nil || r.Code() != ews.ErrorExceededFindCountLimit {
			return err
		}
	}
	return nil
}

// calendar looks at a week, now and then.
func calendar(c *client) error {
	begin := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	view := ews.FindItem{
		Shape: ews.IDOnly(), Folders: []ews.FolderID{{Distinguished: "calendar"}},
		Calendar: &ews.CalendarView{Max: new(100), Start: begin, End: begin.AddDate(0, 0, 7)},
	}
	looks := 2
	if c.has("calendar-polled") {
		looks = 5
	}
	for range looks {
		if _, err := c.send(as(c.Targets[0]), view); err != nil {
			return err
		}
		c.pause(time.Second)
	}
	return nil
}

// availability asks when the targets are busy in the next two weeks.
func availability(c *client) error {
	begin := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	days, people := 14, c.Targets
	if c.has("long-availability-window") {
		days = 60
	}
	if c.has("oversized-availability") {
		for len(people) <= 100 {
			people = append(people, c.Targets...)
		}
	}
	ask := ews.GetUserAvailability{FreeBusy: &ews.FreeBusyOptions{
		Window: ews.TimeWindow{Start: ews.WindowTime{Time: begin}, End: ews.WindowTime{Time: begin.AddDate(0, 0, days)}}, View: "FreeBusy",
	}}
	for _, p := range people {
		ask.Mailboxes = append(ask.Mailboxes, ews.MailboxData{Email: ews.AvailabilityAddress{Address: p}, AttendeeType: "Required"})
	}
	_, err := c.send(as(c.Targets[0]), ask)
	return err
}

func changes(state string, most int) ews.SyncFolderItems {
	return ews.SyncFolderItems{Shape: ews.IDOnly(), Folder: ews.TargetFolder{ID: inbox()}, State: state, MaxChanges: most}
}

// synchronise follows an inbox: to the end, and twice more.
func synchronise(c *client) error {
	state, first, rounds := "", "", 3
	if c.has("sync-polled") || c.has("sync-from-scratch") {
		rounds = 6
	}
	for range rounds {
		next, err := c.catchUp(state)
		if err != nil {
			return err
		}
		if state = next; first == "" {
			first = next
		}
		switch {
		case c.has("sync-state-stale"):
			state = first
		case c.has("sync-from-scratch"):
			state = ""
		case c.has("sync-polled"):
			continue
		}
		c.pause(2 * time.Second)
	}
	return nil
}

// catchUp synchronises until nothing more is waiting.
func (c *client) catchUp(state string) (string, error) {
	ask := changes(state, 3)
	switch c.Defect {
	case "sync-with-properties":
		ask.Shape.Base = ews.ShapeAllProperties
	case "oversized-sync-page":
		ask.MaxChanges = 600
	}
	for range 50 {
		r, err := c.send(as(c.Targets[0]), ask)
		if err != nil {
			return "", err
		}
		if err := r.expect(); err != nil {
			return "", err
		}
		if ask.State = r.State; r.Last || c.has("sync-left-unfinished") {
			break
		}
	}
	return ask.State, nil
}

// stateRefused begins afresh when its state is refused.
func stateRefused(c *client) error {
	state := ""
	for range 4 {
		r, err := c.send(as(c.Targets[0]), changes(state, 100))
		switch {
		case err != nil:
			return err
		case r.Code() == ews.ErrorInvalidSyncStateData && !c.has("sync-state-refused-again"):
			state = ""
		case r.OK():
			state = r.State
		}
		c.pause(2 * time.Second)
	}
	return nil
}

func draft(subject string) ews.Object {
	o := ews.Object{Kind: ews.KindMessage}
	o.Set(ews.Path{URI: "item:Subject"}, subject)
	return o
}

// answerLost saves a draft, and looks whether it is there if the answer is not.
func answerLost(c *client) error {
	create := ews.CreateItem{Disposition: ews.SaveOnly, Items: []ews.Object{draft("once")}}
	r, err := c.send(as(c.Targets[0]), create)
	if err == nil && r.SOAP {
		return nil
	}
	if c.has("unsafe-retry") {
		_, err = c.send(as(c.Targets[0]), create)
		return err
	}
	find := page(10, 0)
	find.Folders = []ews.FolderID{{Distinguished: "drafts"}}
	_, err = c.send(as(c.Targets[0]), find)
	return err
}

// batchStopped saves three drafts, and those again that were not saved.
func batchStopped(c *client) error {
	items := []ews.Object{draft("one"), draft("two"), draft("three")}
	for range 3 {
		r, err := c.send(as(c.Targets[0]), ews.CreateItem{Disposition: ews.SaveOnly, Items: items})
		if err != nil || r.OK() {
			return err
		}
		var rest []ews.Object
		for i := range r.Messages {
			if r.Messages[i].Class != ews.Success {
				rest = append(rest, items[i])
			}
		}
		if !c.has("batch-repeated") {
			items = rest
		}
		c.pause(2 * time.Second)
	}
	return nil
}
