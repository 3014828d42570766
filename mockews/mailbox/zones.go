package mailbox

import (
	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/calendar"
)

func (j *job) getServerTimeZones(b ews.GetServerTimeZones) ews.Response {
	m := ews.TimeZonesMessage{}
	full := b.Full == nil || *b.Full
	m.Message = j.try(func() ews.Code {
		ids := b.IDs
		if len(ids) == 0 {
			for _, z := range calendar.Zones() {
				ids = append(ids, z.ID)
			}
		}
		for _, id := range ids {
			if d, ok := calendar.Definition(id, full); ok {
				m.Definitions = append(m.Definitions, d)
			}
		}
		return ews.NoError
	})
	return ews.GetServerTimeZonesResponse{Messages: []ews.TimeZonesMessage{m}}
}
