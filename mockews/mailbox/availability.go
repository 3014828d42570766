package mailbox

import (
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/calendar"
)

func (j *job) getUserAvailability(b ews.GetUserAvailability) ews.Response {
	r := ews.GetUserAvailabilityResponse{}
	wrong := Unanswerable(b)
	zone, _ := zoneOfRequest(b.TimeZone)
	var busy [][]calendar.Busy
	for _, who := range b.Mailboxes {
		m := ews.FreeBusyMessage{}
		m.Message.Message = j.try(func() ews.Code {
			if wrong != nil {
				return j.say(wrong.Code, wrong.Text)
			}
			view, times, code := j.availability(b, zone, who)
			m.View = view
			busy = append(busy, times)
			return code
		})
		r.FreeBusy = append(r.FreeBusy, m)
	}
	if b.FreeBusy == nil {
		r.FreeBusy = nil
	}
	if b.Suggestions != nil && wrong == nil {
		o := *b.Suggestions
		o.Window.Start.Time, o.Window.End.Time = zone.Local(instant(o.Window.Start, zone)), zone.Local(instant(o.Window.End, zone))
		r.Suggestions = &ews.SuggestionsResponse{Days: calendar.Suggest(o, busy, nil, zone)}
	}
	return r
}

// zoneOfRequest is the zone in which a request has its times: UTC if it does not say.
func zoneOfRequest(z *ews.SerializableTimeZone) (*calendar.Zone, error) {
	if z == nil {
		return calendar.ZoneOf(time.UTC), nil
	}
	return calendar.FromSerializable(*z)
}

// instant is a time of a request, whose zone is the request's if it has none.
func instant(t ews.WindowTime, zone *calendar.Zone) time.Time {
	if t.Floats {
		return zone.UTC(t.Time)
	}
	return t.Time
}

// availability is when somebody is busy, as the actor may see it.
func (j *job) availability(b ews.GetUserAvailability, zone *calendar.Zone, who ews.MailboxData) (*ews.FreeBusyView, []calendar.Busy, ews.Code) {
	options := optionsOf(b)
	owner, _ := j.dir.Find(who.Email.Address)
	if !j.dir.HasMailbox(owner) {
		return nil, nil, "ErrorMailRecipientNotFound"
	}
	d := diary{job: j, owner: owner, zone: zone, from: instant(options.Window.Start, zone), to: instant(options.Window.End, zone)}
	view, code := d.view(options.View, intervalOf(options))
	return view, d.busy, code
}

// diary is a look into somebody's calendar.
type diary struct {
	job      *job
	owner    access.Principal
	zone     *calendar.Zone
	from, to time.Time
	detailed bool
	events   []ews.CalendarEvent
	busy     []calendar.Busy
}

// view reads the calendar. Who may not see more than when somebody is busy is shown just that (MS docs: FreeBusyViewType).
func (d *diary) view(asked string, interval time.Duration) (*ews.FreeBusyView, ews.Code) {
	right := access.Right{Verb: access.FreeBusy, Folder: "calendar"}
	if _, code := d.job.decide(d.owner, right); code != ews.NoError {
		return nil, code
	}
	right.Verb = access.FreeBusyDetails
	d.detailed = (asked == "Detailed" || asked == "DetailedMerged") && d.job.guard.Decide(d.job.Actor, d.owner, right).Allowed
	b := d.job.box(d.owner)
	b.lock()
	defer b.mu.Unlock()
	for _, it := range b.between(b.distinguished("calendar"), d.from, d.to) {
		d.enter(b, it)
	}
	v := &ews.FreeBusyView{Type: viewType(asked, d.detailed)}
	if merged(asked) {
		v.Merged = calendar.Merge(calendar.Window{Start: d.from, End: d.to}, interval, d.busy)
	}
	if asked != "MergedOnly" {
		v.Events = d.events
		hours := calendar.NineToFive()
		hours.TimeZone = calendar.Serializable(time.UTC, d.from.Year())
		v.WorkingHours = &hours
	}
	return v, ews.NoError
}

func viewType(asked string, detailed bool) string {
	switch {
	case detailed || asked == "MergedOnly" || asked == "FreeBusy" || asked == "FreeBusyMerged":
		return asked
	case asked == "Detailed":
		return "FreeBusy"
	}
	return "FreeBusyMerged"
}

// enter notes an appointment.
func (d *diary) enter(b *box, it *item) {
	start, _ := timeOf(it.get("calendar:Start"))
	end, _ := timeOf(it.get("calendar:End"))
	busy, ok := it.get("calendar:LegacyFreeBusyStatus").(ews.BusyType)
	if !ok {
		busy = ews.Busy
	}
	d.busy = append(d.busy, calendar.Busy{Start: start, End: end, Type: busy})
	e := ews.CalendarEvent{Start: ews.LocalTime{Time: d.zone.Local(start)}, End: ews.LocalTime{Time: d.zone.Local(end)}, Busy: busy}
	if d.detailed {
		private := it.get("item:Sensitivity") == ews.Sensitivity("Private")
		e.Details = &ews.CalendarEventDetails{
			ID:      toFormat(reference{mailbox: b.guid, storage: storageItem, folder: it.folder, item: it.uid, instance: it.instance}, ews.FormatHexEntryID),
			Subject: it.text("item:Subject"), Location: it.text("calendar:Location"), IsMeeting: isMeeting(it), IsRecurring: it.instance != 0,
			IsReminderSet: true, IsPrivate: private,
		}
		if private && d.owner != d.job.Actor {
			e.Details.Subject, e.Details.Location = "", ""
		}
	}
	d.events = append(d.events, e)
}
