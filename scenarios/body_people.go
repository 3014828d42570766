package scenarios

import (
	"fmt"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// createItem returns the request for a new message, which is sent if it has
// recipients, or for a new appointment. It is the same in each arm, so that each
// of them makes one of its own.
func (s *Session) createItem(c Call) ews.Body {
	step := s.steps[c.Step]
	folder := target(step.Folder)
	create := ews.CreateItem{Folder: &folder}
	if step.Folder == calendarFolder {
		create.Invitations = ews.SendToNone
		if step.People > 0 {
			create.Invitations = ews.SendToAllAndSaveCopy
		}
		create.Items = []ews.Object{s.appointment(step, c)}
		return create
	}
	create.Disposition = ews.SaveOnly
	if step.People > 0 {
		create.Disposition = ews.SendAndSaveCopy
	}
	create.Items = []ews.Object{s.message(step, c)}
	return create
}

// written is what messages and appointments have in common.
func (s *Session) written(kind ews.Kind, c Call) ews.Object {
	o := ews.Object{Kind: kind}
	o.Set(ews.Path{URI: "item:Subject"}, fmt.Sprintf("Written by call %d", c.N))
	o.Set(ews.Path{URI: "item:Body"}, ews.BodyContent{BodyType: ews.BodyText, Text: s.texts[c.Step]})
	return o
}

func (s *Session) message(step Step, c Call) ews.Object {
	o := s.written(ews.KindMessage, c)
	if step.People > 0 {
		var to ews.Recipients
		for _, address := range s.plan.people(c, step.People) {
			to.Mailboxes = append(to.Mailboxes, ews.Mailbox{Address: address})
		}
		o.Set(ews.Path{URI: "message:ToRecipients"}, to)
	}
	return o
}

// appointment is half an hour of a working day, 8 to 18 o'clock UTC, in the
// step's time.
func (s *Session) appointment(step Step, c Call) ews.Object {
	o := s.written(ews.KindCalendarItem, c)
	drawn := draw(s.plan.seed, drawTime, c.N)
	start := step.From.after(int(drawn % uint64(step.Days))).Add(8*time.Hour + time.Duration(drawn>>32%20)*30*time.Minute)
	o.Set(ews.Path{URI: "calendar:Start"}, start)
	o.Set(ews.Path{URI: "calendar:End"}, start.Add(30*time.Minute))
	if step.People > 0 {
		var invited ews.Attendees
		for _, address := range s.plan.people(c, step.People) {
			invited.Attendees = append(invited.Attendees, ews.Attendee{Mailbox: ews.Mailbox{Address: address}})
		}
		o.Set(ews.Path{URI: "calendar:RequiredAttendees"}, invited)
	}
	return o
}

// availability returns the question when the mailbox's owner, who organizes, and
// others are free, in half hours of UTC.
func (s *Session) availability(c Call) ews.Body {
	step := s.steps[c.Step]
	ask := []ews.MailboxData{{Email: ews.AvailabilityAddress{Address: c.Mailbox}, AttendeeType: "Organizer"}}
	for _, address := range s.plan.people(c, step.People-1) {
		ask = append(ask, ews.MailboxData{Email: ews.AvailabilityAddress{Address: address}, AttendeeType: "Required"})
	}
	return ews.GetUserAvailability{
		TimeZone:  &ews.SerializableTimeZone{Standard: noChange(10), Daylight: noChange(3)},
		Mailboxes: ask,
		FreeBusy: &ews.FreeBusyOptions{
			Window: ews.TimeWindow{
				Start: ews.WindowTime{Time: step.From.Time, Floats: true}, End: ews.WindowTime{Time: step.From.after(step.Days), Floats: true},
			},
			Interval: 30, View: "FreeBusyMerged",
		},
	}
}

// noChange is when a zone changes its time that has only one.
func noChange(month int) ews.ZoneTime {
	return ews.ZoneTime{Time: "00:00:00", DayOrder: 1, Month: month, DayOfWeek: "Sunday"}
}

// people returns n others than the mailbox of a call, no one twice, or all that
// there are. Who they are is drawn for the call.
func (p *Plan) people(c Call, n int) []string {
	others := p.mailboxes - 1
	n = min(n, int(others))
	addresses := make([]string, 0, max(n, 0))
	first := draw(p.seed, drawPeople, c.N)
	for i := range n {
		place := c.Visit + 1 + (first+uint64(i))%others
		addresses = append(addresses, p.directory.At(int(p.order.at(place%p.mailboxes))))
	}
	return addresses
}

// textOf is the body of what a step writes: as many bytes of plain sentences.
func textOf(step Step) string {
	const sentence = "The figures of this week are in the usual place, with those of last week beside them. "
	return strings.Repeat(sentence, step.Size/len(sentence)+1)[:step.Size]
}
