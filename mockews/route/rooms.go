package route

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ewsbench/ewsbench/internal/strictyaml"
)

// RoomList is a distribution list of meeting rooms (MS docs: Create and manage room mailboxes). Each room has a mailbox.
type RoomList struct {
	// Name is the place where the rooms are: letters, digits and hyphens.
	Name string `yaml:"name"`
	// Rooms is how many there are.
	Rooms int `yaml:"rooms"`
}

// DefaultRoomLists are those of an organisation that declares none: three of the cities, with four rooms each.
func DefaultRoomLists() []RoomList {
	return []RoomList{{Name: cities[0], Rooms: 4}, {Name: cities[1], Rooms: 4}, {Name: cities[2], Rooms: 4}}
}

// Rooms is a list of meeting rooms in the directory.
type Rooms struct {
	Name, Address string
	Rooms         []Principal
}

// roomBase is where the principals of rooms begin: beyond all users, and what room there is for the SIDs of accounts.
const roomBase = 2 * maxMailboxes

// maxRooms bounds the rooms of one list.
const maxRooms = 1000

// roomPrefix begins the addresses of rooms, listPrefix those of their lists.
const (
	roomPrefix = "room"
	listPrefix = "rooms-"
)

// isRoomName reports whether a name begins like the address of a room, so that no account could be found by it.
func isRoomName(name string) bool {
	return len(name) >= len(roomPrefix)+6 && strings.EqualFold(name[:len(roomPrefix)], roomPrefix)
}

// isRoom reports whether there is such a room.
func (o *Organisation) isRoom(p Principal) bool {
	return p > roomBase && int(p) <= roomBase+len(o.places)
}

// furnish numbers the rooms, over all lists.
func (o *Organisation) furnish() {
	for i, l := range o.topology.RoomLists {
		list := Rooms{Name: l.Name + " Rooms", Address: listPrefix + strings.ToLower(l.Name) + "@" + o.topology.Domain}
		for range l.Rooms {
			o.places = append(o.places, i)
			list.Rooms = append(list.Rooms, Principal(roomBase+len(o.places)))
		}
		o.roomLists = append(o.roomLists, list)
	}
}

// RoomLists are the lists of meeting rooms. The caller does not change them.
func (o *Organisation) RoomLists() []Rooms { return o.roomLists }

// roomNumber reads the digits of a room's address: 0 for no room.
func (o *Organisation) roomNumber(digits string) Principal {
	n, err := strconv.Atoi(digits)
	if p := Principal(roomBase + n); err == nil && o.isRoom(p) && roomDigits(p) == digits {
		return p
	}
	return 0
}

func roomDigits(p Principal) string { return fmt.Sprintf("%06d", int(p)-roomBase) }

// roomName is what address lists show of a room: its place, and its number there.
func (o *Organisation) roomName(p Principal) string {
	list := o.places[int(p)-roomBase-1]
	return o.topology.RoomLists[list].Name + " Room " + strconv.Itoa(int(p-o.roomLists[list].Rooms[0])+1)
}

func (t Topology) checkRooms(r *strictyaml.Report) {
	seen := map[string]bool{}
	for i, l := range t.RoomLists {
		path := fmt.Sprintf("room_lists[%d]", i)
		odd := func(c rune) bool {
			return c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z')
		}
		switch name := strings.ToLower(l.Name); {
		case name == "" || strings.ContainsFunc(name, odd):
			r.Add(path+".name", "room list %q: write letters, digits and hyphens", l.Name)
		case seen[name]:
			r.Add(path+".name", "there are two room lists %q", l.Name)
		default:
			seen[name] = true
		}
		if l.Rooms < 0 || l.Rooms > maxRooms {
			r.Add(path+".rooms", "rooms is %d: write 0 to %d", l.Rooms, maxRooms)
		}
	}
}
