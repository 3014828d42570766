package route_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/mockews/route"
)

func TestRooms(t *testing.T) {
	t.Parallel()
	org := build(t, route.Topology{RoomLists: []route.RoomList{{Name: "Graz", Rooms: 2}, {Name: "Lyon-Nord", Rooms: 1}, {Name: "None"}}})
	lists := org.RoomLists()
	require.Len(t, lists, 3)
	assert.Equal(t, "Graz Rooms", lists[0].Name)
	assert.Equal(t, "rooms-lyon-nord@contoso.com", lists[1].Address)
	assert.Empty(t, lists[2].Rooms)
	room := lists[1].Rooms[0]
	assert.Equal(t, "room000003@contoso.com", org.Address(room))
	assert.Equal(t, "Lyon-Nord Room 1", org.DisplayName(room))
	found, primary := org.Find("ROOM000003@contoso.com")
	assert.Equal(t, room, found)
	assert.True(t, primary)
	found, primary = org.Find("room000003@mail.contoso.com")
	assert.Equal(t, room, found)
	assert.False(t, primary)
	found, wellFormed := org.FindSID(org.SID(room))
	assert.Equal(t, room, found)
	assert.True(t, wellFormed)
	assert.True(t, org.HasMailbox(room))
	_, ok := org.Home(room)
	assert.True(t, ok)
	r := org.Recipient(room)
	assert.Equal(t, []string{"RoomMailbox", "Lyon-Nord", "room000003"}, []string{r.RecipientTypeDetails, r.City, r.Alias})
	assert.Equal(t, route.DefaultPassword, org.Password(room))
	for _, nobody := range []string{"room000004", "room000000", "room00003", "room0000003", "room00000x", "room-00001"} {
		found, _ := org.Find(nobody + "@contoso.com")
		assert.Zero(t, found, nobody)
	}
	assert.False(t, org.HasMailbox(room+1))
	found, _ = org.FindSID(org.SID(room + 1))
	assert.Zero(t, found)

	assert.Len(t, build(t, route.Topology{}).RoomLists(), 3, "a few by default")
	assert.Empty(t, build(t, route.Topology{RoomLists: []route.RoomList{}}).RoomLists())
	none, err := route.Parse("t.yaml", []byte("schema: 1\nroom_lists: []\n"))
	require.NoError(t, err)
	assert.Empty(t, build(t, none).RoomLists())
}

func TestRoomsRecipientsAndPasswordsInFiles(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"room_lists: [{name: A, rooms: 1}, {name: a}]":                                       `t.yaml:1:`,
		"room_lists: [{name: \"a b\"}]":                                                      `room list "a b": write letters, digits and hyphens`,
		"room_lists: [{name: a, rooms: 1001}]":                                               "rooms is 1001: write 0 to 1000",
		"room_lists: [{rooms: 1}]":                                                           `room list ""`,
		"recipients: [{mailbox: x@contoso.com}]":                                             `mailbox "x@contoso.com": write the primary address of somebody with a mailbox`,
		"recipients: [{mailbox: user000001@mail.contoso.com}]":                               "write the primary address",
		"recipients: [{mailbox: svc-nomailbox@contoso.com}]":                                 "somebody with a mailbox",
		"recipients: [{mailbox: user000001@contoso.com}, {mailbox: user000001@contoso.com}]": "there are two recipients",
		"recipients: [{mailbox: user000001@contoso.com, max_size: -1}]":                      "max_size is -1",
		"password_age: -1s":                                                                  "password_age",
		"accounts: [{name: room000001}]":                                                     "names of that form belong to rooms",
		"recipients: [{mailbox: room000012@contoso.com, tip: a, full: true, restricted: true, moderated: true}]": "",
	} {
		_, err := route.Parse("t.yaml", []byte(text))
		if want == "" {
			assert.NoError(t, err, text)
			continue
		}
		assert.ErrorContains(t, err, want, text)
	}
}

func TestPasswordsExpire(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 7, 1, 12, 0, 0, 500, time.UTC)
	assert.True(t, build(t, route.Topology{}).PasswordExpires(1, now).IsZero())
	org := build(t, route.Topology{PasswordAge: 42 * 24 * time.Hour})
	seen := map[time.Time]bool{}
	for p := route.Principal(1); p <= 50; p++ {
		at := org.PasswordExpires(p, now)
		assert.True(t, at.After(now) && at.Before(now.Add(42*24*time.Hour+time.Second)), at)
		assert.Equal(t, at, org.PasswordExpires(p, at.Add(-time.Second)), "the same until then")
		assert.Equal(t, at.Add(42*24*time.Hour), org.PasswordExpires(p, at), "and then it is a new one")
		seen[at] = true
	}
	assert.Greater(t, len(seen), 45)
}
