package mockews_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

const room = "room000005@contoso.com" // the first one of Graz

// A room has a mailbox like anybody's: it is invited, and asked when it is busy, and a service account acts for it.
func TestRooms(t *testing.T) {
	t.Parallel()
	s := newServer(t, profile(t, "onprem-2site"))
	o, body := do(t, s, target, ews.GetRooms{List: ews.Mailbox{Address: "rooms-graz@contoso.com"}})
	assert.True(t, o.OK())
	assert.Contains(t, string(body), "<t:Room><t:Id><t:Name>Graz Room 1</t:Name><t:EmailAddress>"+room+"</t:EmailAddress>")
	o, body = do(t, s, room, getInbox())
	assert.True(t, o.OK(), "%s", body)
	meeting := ews.Object{Kind: ews.KindCalendarItem}
	for uri, v := range map[string]any{
		"item:Subject": "in the room", "calendar:Start": time.Date(2031, 7, 1, 9, 0, 0, 0, time.UTC), "calendar:End": time.Date(2031, 7, 1, 10, 0, 0, 0, time.UTC),
		"calendar:Resources": ews.Attendees{Attendees: []ews.Attendee{{Mailbox: ews.Mailbox{Address: room}}}},
	} {
		meeting.Set(ews.Path{URI: uri}, v)
	}
	o, body = do(t, s, target, ews.CreateItem{Invitations: ews.SendToAllAndSaveCopy, Items: []ews.Object{meeting}})
	assert.True(t, o.OK(), "%s", body)
	day := time.Date(2031, 7, 1, 0, 0, 0, 0, time.UTC)
	_, body = do(t, s, frank, ews.GetUserAvailability{
		TimeZone: &ews.SerializableTimeZone{
			Standard: ews.ZoneTime{Time: "03:00:00", DayOrder: 5, Month: 10, DayOfWeek: "Sunday"}, Daylight: ews.ZoneTime{Time: "02:00:00", DayOrder: 5, Month: 3, DayOfWeek: "Sunday"},
		},
		Mailboxes: []ews.MailboxData{{Email: ews.AvailabilityAddress{Address: room}, AttendeeType: "Room"}},
		FreeBusy:  &ews.FreeBusyOptions{Window: ews.TimeWindow{Start: ews.WindowTime{Time: day}, End: ews.WindowTime{Time: day.AddDate(0, 0, 1)}}, Interval: 60, View: "FreeBusyMerged"},
	})
	assert.Contains(t, string(body), "<t:MergedFreeBusy>000000000100000000000000</t:MergedFreeBusy>", "tentative, from nine to ten")
}

// What a topology says of recipients and passwords is what clients hear.
func TestRecipientsAndPasswordsOfATopology(t *testing.T) {
	t.Parallel()
	topology := profile(t, "ideal")
	topology.Recipients = []route.Traits{{Mailbox: frank, Tip: "Ask Lea", Full: true, Restricted: true, Moderated: true, MaxSize: 1000}}
	topology.PasswordAge = 42 * 24 * time.Hour
	s := newServer(t, topology)
	o, body := do(t, s, target, ews.GetMailTips{SendingAs: ews.Mailbox{Address: target}, Recipients: []ews.Mailbox{{Address: frank}}})
	assert.True(t, o.OK())
	for _, want := range []string{
		"<t:CustomMailTip>Ask Lea</t:CustomMailTip>", "<t:MailboxFull>true</t:MailboxFull>", "<t:DeliveryRestricted>true</t:DeliveryRestricted>",
		"<t:IsModerated>true</t:IsModerated>", "<t:MaxMessageSize>1000</t:MaxMessageSize>",
	} {
		assert.Contains(t, string(body), want)
	}
	soon := time.Now()
	o, body = do(t, s, target, ews.GetPasswordExpirationDate{})
	assert.True(t, o.OK())
	at := s.Organisation().PasswordExpires(42, soon)
	assert.Contains(t, string(body), "<PasswordExpirationDate>"+at.Format(ews.DateTime)+"</PasswordExpirationDate>")
}
