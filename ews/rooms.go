package ews

// The operations on meeting rooms (MS docs: GetRoomLists operation, GetRooms
// operation).
const (
	OpGetRoomLists Op = "GetRoomLists"
	OpGetRooms     Op = "GetRooms"
)

// GetRoomLists asks for the room lists of the organisation.
type GetRoomLists struct{}

// Op returns OpGetRoomLists.
func (g GetRoomLists) Op() Op { return OpGetRoomLists }

func (g GetRoomLists) appendTo(dst []byte) []byte { return appendBound(dst, g, "m:GetRoomLists") }

// GetRoomListsResponse answers GetRoomLists.
type GetRoomListsResponse struct {
	Message
	Lists *[]Mailbox `x:"m:RoomLists/t:Address"`
}

// Op returns OpGetRoomLists.
func (g GetRoomListsResponse) Op() Op { return OpGetRoomLists }

func (g GetRoomListsResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, g, "m:GetRoomListsResponse")
}

// GetRooms asks for the rooms on a list.
type GetRooms struct {
	List Mailbox `x:"m:RoomList,need"`
}

// Op returns OpGetRooms.
func (g GetRooms) Op() Op { return OpGetRooms }

func (g GetRooms) appendTo(dst []byte) []byte { return appendBound(dst, g, "m:GetRooms") }

// Room is a meeting room.
type Room struct {
	ID Mailbox `x:"t:Id,always"`
}

// GetRoomsResponse answers GetRooms.
type GetRoomsResponse struct {
	Message
	Rooms *[]Room `x:"m:Rooms/t:Room"`
}

// Op returns OpGetRooms.
func (g GetRoomsResponse) Op() Op { return OpGetRooms }

func (g GetRoomsResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, g, "m:GetRoomsResponse")
}
