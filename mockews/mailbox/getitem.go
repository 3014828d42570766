package mailbox

import (
	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

func (j *job) getItem(b ews.GetItem) ews.Response {
	r := ews.GetItemResponse{Messages: make([]ews.ItemsMessage, len(b.Items))}
	v := j.view(b.Shape, false)
	for i, ref := range b.Items {
		m := &r.Messages[i]
		m.Message = j.try(func() ews.Code {
			return j.find(ref, access.Read, func(p place, it *item) ews.Code {
				m.Items = []ews.Object{p.show(j, it, v)}
				return ews.NoError
			})
		})
	}
	return r
}
