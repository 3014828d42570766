package mailbox

import (
	"bytes"
	"crypto/sha256"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/calendar"
	"github.com/ewsbench/ewsbench/mockews/mime"
)

// whole is an item with its attachments and what is in them, as an object of its own.
func (p place) whole(it *item) ews.Object {
	o := ews.Object{Kind: it.kind, Properties: it.props.Clone()}
	if len(it.files) == 0 {
		return o
	}
	var files ews.Attachments
	for _, f := range it.files {
		a := f.Attachment
		if a.Item == nil {
			content := p.content(it, f)
			a.Content = &content
		}
		files.Attachments = append(files.Attachments, a)
	}
	o.Set(ews.Path{URI: "item:Attachments"}, files)
	return o
}

// codec writes and reads items as Internet messages.
func codec() mime.Codec { return mime.Codec{Zones: calendar.Windows()} }

// mimeContent is an item as an Internet message, nil for one that cannot be written as one. A message that came as one, and still says
// the same, is as it came (MS-OXCMAIL, section 2.1.3; MS docs: EWS, MIME, and the missing Internet message headers).
func (p place) mimeContent(it *item) any {
	content, err := p.asMessage(it)
	switch {
	case err != nil:
		return nil
	case it.came != nil && it.came.says == sha256.Sum256(content):
		content = it.came.content
	}
	return ews.MimeContent{CharacterSet: "UTF-8", Content: content}
}

// asMessage writes an item, a series with its gaps and exceptions.
func (p place) asMessage(it *item) ([]byte, error) {
	o := p.whole(it)
	var exceptions []ews.Object
	if s, recurs := it.series(); recurs && it.kind == ews.KindCalendarItem {
		if first, ok := s.First(); ok { // the first event of a calendar is the first occurrence (RFC 5545, section 3.8.5.3)
			o.Set(ews.Path{URI: "calendar:Start"}, first.Start)
			o.Set(ews.Path{URI: "calendar:End"}, first.End)
		}
		if gaps := it.deletedOccurrences(); gaps != nil {
			o.Set(ews.Path{URI: "calendar:DeletedOccurrences"}, gaps)
		}
		exceptions = it.exceptional(s)
	}
	return codec().Write(o, exceptions...)
}

// exceptional are the occurrences that somebody has changed.
func (it *item) exceptional(s calendar.Series) (all []ews.Object) {
	if it.changes == nil {
		return nil
	}
	for _, instance := range slices.Sorted(maps.Keys(it.changes.changed)) {
		if slot, ok := instance.slot(s); ok {
			all = append(all, ews.Object{Kind: it.kind, Properties: it.occurrence(slot).props})
		}
	}
	return all
}

// headers are the header of an item as an Internet message.
func (p place) headers(it *item) any {
	if set := it.get("item:InternetMessageHeaders"); set != nil || !it.isMail() {
		return set
	}
	return ews.InternetHeaders{Headers: mime.Headers(ews.Object{Kind: it.kind, Properties: it.props})}
}

// transportHeaders is the whole header as a text, of a message that came as one (MS docs: InternetMessageHeaders).
func (p place) transportHeaders(it *item) any {
	if it.props.Bool("item:IsDraft") && it.get("item:InternetMessageHeaders") == nil {
		return nil
	}
	fields, _ := p.headers(it).(ews.InternetHeaders)
	var text strings.Builder
	for _, f := range fields.Headers {
		text.WriteString(f.Name + ": " + f.Value + "\r\n")
	}
	return text.String()
}

// except gives a series the exceptions of a calendar, as far as it has such occurrences. Those of other days are passed over, as EXDATE of
// other days is (MS-OXCICAL, sections 2.1.3.1.1.20.13 and 2.1.3.1.1.20.20).
func (j *job) except(it *item, read mime.Item) {
	s, recurs := it.series()
	gaps, _ := read.Get(ews.Path{URI: "calendar:DeletedOccurrences"}).(ews.DeletedOccurrences)
	if !recurs || it.kind != ews.KindCalendarItem || len(gaps.Deleted)+len(read.Exceptions) == 0 {
		return
	}
	it.changes = &exceptions{changed: map[moment]ews.Properties{}}
	for _, exception := range read.Exceptions {
		original, _ := timeOf(exception.Get(originalStart))
		if at, ok := onDay(s, original); ok {
			it.changes.changed[at] = j.own(exception)
		}
	}
	for _, gap := range gaps.Deleted {
		at, ok := onDay(s, gap.Start)
		if _, changed := it.changes.changed[at]; ok && !changed && !it.isDeleted(at) {
			it.changes.deleted = append(it.changes.deleted, at)
		}
	}
}

// own is what an exception may have of its own.
func (j *job) own(exception ews.Object) (props ews.Properties) {
	for path, v := range exception.All() {
		if a, ok := v.(ews.Attendees); ok {
			v = j.knownAttendees(a)
		}
		if !readOnly(path.URI) {
			props.Set(path, v)
		}
	}
	return props
}

// onDay is the occurrence of a day, by the clock of the series: a calendar's times of day do not matter (MS-OXCICAL, section
// 2.1.3.1.1.20.13).
func onDay(s calendar.Series, t time.Time) (moment, bool) {
	zone := s.Zone
	if zone == nil {
		zone = time.UTC
	}
	y, m, d := t.In(zone).Date()
	midnight := time.Date(y, m, d, 0, 0, 0, 0, zone)
	for _, slot := range s.Between(midnight.Add(-day), midnight.Add(2*day)) {
		if a, b, c := slot.Start.In(zone).Date(); a == y && b == m && c == d {
			return momentOf(slot.Start), true
		}
	}
	return 0, false
}

// original is a message as it came, and a hash of what would be written of it: as long as it would, nobody has changed it.
type original struct {
	content []byte
	says    [sha256.Size]byte
}

// recall keeps a message as it came, unless the request says more of it than it does.
func (it *item) recall(content []byte, read, said ews.Object) {
	alone, err := codec().Write(read)
	whole, other := codec().Write(said)
	if !it.isMail() || err != nil || other != nil || !bytes.Equal(alone, whole) {
		return
	}
	if now, err := (place{}).asMessage(it); err == nil {
		it.came = &original{content, sha256.Sum256(now)}
	}
}
