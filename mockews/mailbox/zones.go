package mailbox

import (
	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/calendar"
)

func (j *job) getServerTimeZones(b ews.GetServerTimeZones) ews.Response {
	m := ews.TimeZonesMessage{}
	full := b.Full == nil || *b.Full
	m.Message = j.try(func() ews.Code {
		if len(b.IDs) == 0 {
			m.Definitions = calendar.Zones(full)
			return ews.NoError
		}
		for _, id := range b.IDs {
			if d, ok := calendar.Definition(id, full); ok {
				m.Definitions = append(m.Definitions, d)
			}
		}
		return ews.NoError
	})
	return ews.GetServerTimeZonesResponse{Messages: []ews.TimeZonesMessage{m}}
}
