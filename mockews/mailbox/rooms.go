package mailbox

import (
	"strings"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// RoomList is a distribution list of meeting rooms (MS docs: Create and manage room mailboxes).
type RoomList struct {
	Name, Address string
	Rooms         []access.Principal
}

// mailbox is how the list is named.
func (l RoomList) mailbox() ews.Mailbox {
	return ews.Mailbox{Name: l.Name, Address: l.Address, RoutingType: "SMTP", MailboxType: "PublicDL"}
}

// roomList is the one of that address.
func (s *Store) roomList(address string) (RoomList, bool) {
	for _, l := range s.dir.RoomLists() {
		if strings.EqualFold(l.Address, address) {
			return l, true
		}
	}
	return RoomList{}, false
}

// behind are those whom addresses name: of a list, the rooms on it.
func (s *Store) behind(addresses []ews.Mailbox) (all []access.Principal) {
	for _, m := range addresses {
		if p, _ := s.dir.Find(m.Address); p != 0 {
			all = append(all, p)
		} else if list, ok := s.roomList(m.Address); ok {
			all = append(all, list.Rooms...)
		}
	}
	return all
}

func (j *job) getRoomLists() ews.Response {
	r := ews.GetRoomListsResponse{}
	r.Message = j.try(func() ews.Code {
		lists := []ews.Mailbox{}
		for _, l := range j.dir.RoomLists() {
			lists = append(lists, l.mailbox())
		}
		r.Lists = &lists
		return ews.NoError
	})
	return r
}

// getRooms shows the rooms on a list. The error for one that there is not is that of MS docs, GetRooms operation.
func (j *job) getRooms(b ews.GetRooms) ews.Response {
	r := ews.GetRoomsResponse{}
	r.Message = j.try(func() ews.Code {
		list, ok := j.roomList(b.List.Address)
		if !ok {
			return "ErrorNameResolutionNoResults"
		}
		rooms := []ews.Room{}
		for _, p := range list.Rooms {
			rooms = append(rooms, ews.Room{ID: j.mailboxOf(p)})
		}
		r.Rooms = &rooms
		return ews.NoError
	})
	return r
}
