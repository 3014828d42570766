package mailbox

import (
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

var (
	meetings = []string{"Stand-up", "Planning", "One-to-one", "Review", "Interview", "Lunch", "Dentist", "Focus time", "Release", "Travel"}
	places   = []string{"Room 1.04", "Room 2.11", "Canteen", "Online", "", "Room 0.02"}
	chores   = []string{"Renew the certificate", "Write the report", "Order the badges", "Call the supplier", "Clean up the list"}
	firsts   = []string{"Ada", "Alan", "Barbara", "Edsger", "Frances", "Grace", "Ken", "Margaret", "Niklaus", "Radia"}
	lasts    = []string{"Allen", "Dijkstra", "Hamilton", "Hopper", "Liskov", "Lovelace", "Perlman", "Thompson", "Turing", "Wirth"}
)

// appointment lies in the weeks around newest, in working hours; one in ten is a series.
func (b *box) appointment(it *item, key uint64, nth int) {
	s := b.store
	it.kind = ews.KindCalendarItem
	day := newest().Truncate(24*time.Hour).AddDate(0, 0, 20-nth)
	start := day.Add(time.Duration(8+s.pick("hour", key, 9)) * time.Hour).Add(time.Duration(s.pick("half", key, 2)) * 30 * time.Minute)
	end := start.Add(time.Duration(1+s.pick("length", key, 3)) * 30 * time.Minute)
	busy := []ews.BusyType{ews.Busy, ews.Busy, ews.Busy, ews.Tentative, ews.Free, ews.OutOfOffice}
	it.set("item:Subject", meetings[s.pick("meeting", key, len(meetings))])
	it.set("item:Body", ews.BodyContent{BodyType: ews.BodyText, Text: prose[:200]})
	it.set("item:DateTimeCreated", day.AddDate(0, 0, -7))
	it.set("item:Size", 4000)
	it.set("calendar:UID", b.guid+"-"+start.Format("20060102T150405"))
	it.set("calendar:Start", start)
	it.set("calendar:End", end)
	it.set("calendar:LegacyFreeBusyStatus", busy[s.pick("busy", key, len(busy))])
	it.set("calendar:Location", places[s.pick("place", key, len(places))])
	it.set("calendar:Organizer", ews.Recipient{Mailbox: s.mailboxOf(b.owner)})
	if nth%10 == 3 {
		it.set("calendar:Recurrence", ews.Recurrence{
			Weekly:   &ews.Pattern{Interval: 1, DaysOfWeek: start.Weekday().String()},
			Numbered: &ews.Range{StartDate: ews.Date{Time: day}, NumberOfOccurrences: 10},
		})
	}
}

func (b *box) contact(it *item, key uint64) {
	s := b.store
	it.kind = ews.KindContact
	first, last := firsts[s.pick("first", key, len(firsts))], lasts[s.pick("last", key, len(lasts))]
	address := strings.ToLower(first+"."+last) + "@fabrikam.example"
	it.set("item:DateTimeCreated", newest().AddDate(-1, 0, 0))
	it.set("item:Subject", first+" "+last)
	it.set("item:Size", 2500)
	it.set("contacts:FileAs", last+", "+first)
	it.set("contacts:DisplayName", first+" "+last)
	it.set("contacts:GivenName", first)
	it.set("contacts:Surname", last)
	it.set("contacts:CompanyName", "Fabrikam")
	it.set("contacts:EmailAddresses", ews.EmailAddresses{Entries: []ews.EmailEntry{
		{Key: "EmailAddress1", Name: first + " " + last, RoutingType: "SMTP", MailboxType: "OneOff", Address: address},
	}})
	it.set("contacts:PhoneNumbers", ews.Entries{Entries: []ews.Entry{{Key: "BusinessPhone", Value: "+49 30 5550" + string(rune('0'+s.pick("phone", key, 10)))}}})
}

func (b *box) task(it *item, key uint64, nth int) {
	s := b.store
	it.kind = ews.KindTask
	due := newest().Truncate(24*time.Hour).AddDate(0, 0, 14-7*nth)
	it.set("item:Subject", chores[s.pick("chore", key, len(chores))])
	it.set("item:Body", ews.BodyContent{BodyType: ews.BodyText, Text: ""})
	it.set("item:DateTimeCreated", due.AddDate(0, 0, -30))
	it.set("item:Size", 1500)
	it.set("task:DueDate", due)
	it.set("task:StartDate", due.AddDate(0, 0, -7))
	it.set("task:Status", ews.TaskStatus("NotStarted"))
	it.set("task:PercentComplete", 0.0)
}
