package mailbox_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/mailbox"
)

// town is a directory with rooms, and people of whom there is something to know. User 9 is a room.
type town struct {
	users
	traits  map[access.Principal]mailbox.Traits
	expires time.Time
}

func (town) RoomLists() []mailbox.RoomList {
	return []mailbox.RoomList{
		{Name: "Graz Rooms", Address: "rooms-graz@contoso.com", Rooms: []access.Principal{8, 9}}, {Name: "Lyon Rooms", Address: "rooms-lyon@contoso.com"},
	}
}
func (d town) Traits(p access.Principal) mailbox.Traits              { return d.traits[p] }
func (d town) PasswordExpires(access.Principal, time.Time) time.Time { return d.expires }

func newTown(tb testing.TB, d town) *mailbox.Store {
	tb.Helper()
	guard, err := access.NewGuard(d, noGrants)
	require.NoError(tb, err)
	return mailbox.New(d, guard, mailbox.Limits{})
}

func TestRooms(t *testing.T) {
	t.Parallel()
	me := as(t, newTown(t, town{users: 9}), 1)
	lists, code := do[ews.GetRoomListsResponse](me, ews.GetRoomLists{})
	require.Equal(t, ews.NoError, code)
	graz := ews.Mailbox{Name: "Graz Rooms", Address: "rooms-graz@contoso.com", RoutingType: "SMTP", MailboxType: "PublicDL"}
	assert.Equal(t, graz, (*lists.Lists)[0])
	assert.Len(t, *lists.Lists, 2)
	rooms, code := do[ews.GetRoomsResponse](me, ews.GetRooms{List: ews.Mailbox{Address: "ROOMS-graz@contoso.com"}})
	require.Equal(t, ews.NoError, code)
	room := ews.Mailbox{Name: "User 9", Address: "user9@contoso.com", RoutingType: "SMTP", MailboxType: "Mailbox"}
	assert.Equal(t, ews.Room{ID: room}, (*rooms.Rooms)[1])
	assert.Len(t, *rooms.Rooms, 2)
	rooms, code = do[ews.GetRoomsResponse](me, ews.GetRooms{List: ews.Mailbox{Address: "rooms-lyon@contoso.com"}})
	require.Equal(t, ews.NoError, code)
	assert.Empty(t, *rooms.Rooms)
	for _, address := range []string{"user1@contoso.com", "rooms-oslo@contoso.com"} {
		rooms, code = do[ews.GetRoomsResponse](me, ews.GetRooms{List: ews.Mailbox{Address: address}})
		assert.Equal(t, ews.Code("ErrorNameResolutionNoResults"), code)
		assert.Equal(t, "No results were found.", rooms.Text)
	}
	nobody := as(t, newTown(t, town{users: 9}), -1)
	_, code = do[ews.GetRoomListsResponse](nobody, ews.GetRoomLists{})
	assert.Equal(t, ews.NoError, code, "everybody may ask")

	found, code := do[ews.ResolveNamesResponse](me, ews.ResolveNames{Entry: "graz"})
	require.Equal(t, ews.NoError, code)
	assert.Equal(t, graz, found.Messages[0].Set.Resolutions[0].Mailbox)
	found, code = do[ews.ResolveNamesResponse](me, ews.ResolveNames{Entry: "rooms-graz@contoso.com"})
	require.Equal(t, ews.NoError, code)
	assert.Equal(t, graz, found.Messages[0].Set.Resolutions[0].Mailbox)
	members, code := do[ews.ExpandDLResponse](me, ews.ExpandDL{Mailbox: ews.Mailbox{Address: graz.Address}})
	require.Equal(t, ews.NoError, code)
	assert.Equal(t, 2, members.Messages[0].Expansion.Total)
	assert.Equal(t, room, members.Messages[0].Expansion.Mailboxes[1])

	require.Equal(t, ews.NoError, me.send(ews.SendOnly, letter("to all rooms", "", graz.Address)))
	for p := access.Principal(8); p <= 9; p++ {
		assert.Len(t, as(t, me.store, p).with("inbox", "to all rooms"), 1)
	}
	me.ruled(1, ews.RulePredicates{SentToAddresses: []ews.Mailbox{{Address: graz.Address}}}, ews.RuleActions{MarkAsRead: true})
}

// tipsOf are the tips about one recipient.
func tipsOf(c client, from, to string, wanted ...string) ews.MailTips {
	c.tb.Helper()
	b := ews.GetMailTips{SendingAs: ews.Mailbox{Address: from}, Recipients: []ews.Mailbox{{Address: to}}}
	if wanted != nil {
		b.Requested = &ews.TipTypes{Words: wanted}
	}
	r, code := do[ews.GetMailTipsResponse](c, b)
	require.Equal(c.tb, ews.NoError, code)
	require.Len(c.tb, r.Messages, 1)
	return *r.Messages[0].Tips
}

func TestMailTips(t *testing.T) {
	t.Parallel()
	s := newTown(t, town{users: 9, traits: map[access.Principal]mailbox.Traits{
		2: {Tip: "Ask Lea first", Full: true, Restricted: true, Moderated: true, MaxSize: 1000},
	}})
	const mine, outside = "user1@contoso.com", "a@fabrikam.com"
	me := as(t, s, 1)
	plain := tipsOf(me, mine, "user3@contoso.com")
	assert.Equal(t, "User 3", plain.Recipient.Name)
	assert.Equal(t, &ews.OofTip{}, plain.OutOfOffice)
	assert.Equal(t, []any{false, false, false, false}, []any{*plain.MailboxFull, *plain.DeliveryRestricted, *plain.Moderated, *plain.Invalid})
	assert.Equal(t, []int{1, 0, mailbox.MaxMessageSize}, []int{*plain.TotalMembers, *plain.ExternalMembers, *plain.MaxMessageSize})
	assert.Nil(t, plain.Custom)
	special := tipsOf(me, mine, "user2@contoso.com")
	assert.Equal(t, []any{true, true, true, false}, []any{*special.MailboxFull, *special.DeliveryRestricted, *special.Moderated, *special.Invalid})
	assert.Equal(t, "Ask Lea first", *special.Custom)
	assert.Equal(t, 1000, *special.MaxMessageSize)
	assert.Equal(t, 2, *tipsOf(me, mine, "rooms-graz@contoso.com").TotalMembers)
	assert.True(t, *tipsOf(me, mine, "user99@contoso.com").Invalid)
	assert.True(t, *tipsOf(me, mine, "nobody").Invalid)
	abroad := tipsOf(me, mine, outside)
	assert.Equal(t, []any{false, 1}, []any{*abroad.Invalid, *abroad.ExternalMembers})

	one := tipsOf(me, mine, "user2@contoso.com", "MailboxFullStatus", "Scope")
	assert.Equal(t, ews.MailTips{Recipient: special.Recipient, MailboxFull: special.MailboxFull}, one)

	owner, start := as(t, s, 3), time.Now().UTC().Truncate(time.Second).Add(-time.Hour)
	oof := ews.OofSettings{State: ews.OofScheduled, ExternalAudience: ews.OofAll, Start: start, End: start.Add(2 * time.Hour), InternalReply: "in", ExternalReply: "out"}
	_, code := do[ews.SetUserOofSettingsResponse](owner, ews.SetUserOofSettings{Mailbox: "user3@contoso.com", Settings: oof})
	require.Equal(t, ews.NoError, code)
	assert.Equal(t, &ews.OofTip{Reply: ews.OofReply{Message: "in"}, Duration: &ews.OofPeriod{Start: start, End: oof.End}}, tipsOf(me, mine, "user3@contoso.com").OutOfOffice)
	assert.Equal(t, "out", tipsOf(me, outside, "user3@contoso.com").OutOfOffice.Reply.Message)
	oof.State, oof.ExternalAudience = ews.OofEnabled, ews.OofNone
	_, code = do[ews.SetUserOofSettingsResponse](owner, ews.SetUserOofSettings{Mailbox: "user3@contoso.com", Settings: oof})
	require.Equal(t, ews.NoError, code)
	assert.Equal(t, &ews.OofTip{Reply: ews.OofReply{Message: "in"}}, tipsOf(me, mine, "user3@contoso.com").OutOfOffice)
	assert.Equal(t, &ews.OofTip{}, tipsOf(me, outside, "user3@contoso.com").OutOfOffice)

	_, code = do[ews.GetMailTipsResponse](me, ews.GetMailTips{Recipients: make([]ews.Mailbox, 51)})
	assert.Equal(t, ews.ErrorInvalidRequest, code)
	me.call.Fail = func(part int) (ews.Message, bool) { return ews.NewMessage(ews.ErrorServerBusy), part == 2 }
	r, _ := do[ews.GetMailTipsResponse](me, ews.GetMailTips{Recipients: make([]ews.Mailbox, 3)})
	assert.Equal(t, []bool{true, false, true}, []bool{r.Messages[0].Tips != nil, r.Messages[1].Tips != nil, r.Messages[2].Tips != nil})
}

// Mail that cannot be delivered comes back as a report, and a report does not.
func TestUndeliverable(t *testing.T) {
	t.Parallel()
	s := newTown(t, town{users: 9, traits: map[access.Principal]mailbox.Traits{2: {Full: true}, 3: {Restricted: true}, 4: {MaxSize: 2000}, 5: {Full: true}}})
	me := as(t, s, 1)
	for _, to := range []string{"user2@contoso.com", "user3@contoso.com", "user4@contoso.com"} {
		o := letter("to "+to, "", to)
		o.Set(path("item:Body"), ews.BodyContent{BodyType: ews.BodyText, Text: strings.Repeat("x", 3000)})
		require.Equal(t, ews.NoError, me.send(ews.SendOnly, o))
		report := me.with("inbox", "Undeliverable: to "+to)
		require.Len(t, report, 1)
		assert.Equal(t, "REPORT.IPM.Note.NDR", report[0].Text("item:ItemClass"))
		assert.Equal(t, "postmaster@contoso.com", addressIn(report[0], "message:From"))
		p, _ := users(9).Find(to)
		assert.Empty(t, as(t, s, p).with("inbox", "to "+to))
	}
	require.Equal(t, ews.NoError, me.send(ews.SendOnly, letter("short", "", "user4@contoso.com")))
	assert.Len(t, as(t, s, 4).with("inbox", "short"), 1)
	full := as(t, s, 5)
	require.Equal(t, ews.NoError, full.send(ews.SendOnly, letter("from a full mailbox", "", "user2@contoso.com")))
	assert.Len(t, full.with("inbox", "Undeliverable: from a full mailbox"), 1, "a report always finds room")
}

func TestServiceConfiguration(t *testing.T) {
	t.Parallel()
	me := as(t, newTown(t, town{users: 9}), 1)
	all := ews.ServiceTypes{Words: ews.Words{"MailTips", "UnifiedMessagingConfiguration", "ProtectionRules", "PolicyNudges", "SharePointURLs"}}
	r, code := do[ews.GetServiceConfigurationResponse](me, ews.GetServiceConfiguration{Requested: []ews.ServiceTypes{all, {Words: ews.Words{"OfficeIntegrationConfiguration"}}}})
	require.Equal(t, ews.NoError, code)
	require.Len(t, r.Messages, 6)
	domains := []ews.Domain{{Name: "contoso.com"}}
	assert.Equal(t, &ews.MailTipsConfiguration{
		Enabled: true, MaxRecipients: 50, MaxMessageSize: mailbox.MaxMessageSize, LargeAudience: 25, Domains: domains, LargeAudienceCap: 1000,
	}, r.Messages[0].MailTips)
	assert.Equal(t, &ews.UnifiedMessaging{}, r.Messages[1].Voice, "nobody has voice mail")
	assert.Equal(t, &ews.ProtectionRules{RefreshInterval: 24, Domains: domains}, r.Messages[2].Protection)
	assert.NotNil(t, r.Messages[3].Nudges)
	assert.NotNil(t, r.Messages[4].SharePoint)
	assert.Equal(t, ews.ServiceConfigurationMessage{}, r.Messages[5])
}

func TestPasswordExpirationDate(t *testing.T) {
	t.Parallel()
	at := time.Date(2027, 1, 1, 8, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		expires time.Time
		who     access.Principal
		address string
		want    time.Time
		code    ews.Code
	}{
		"own": {at, 1, "", at, ews.NoError}, "own by address": {at, 1, "user1@contoso.com", at, ews.NoError},
		"never":     {time.Time{}, 1, "", time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC), ews.NoError},
		"another's": {at, 2, "user1@contoso.com", time.Time{}, ews.ErrorAccessDenied}, "nobody's": {at, 1, "x@contoso.com", time.Time{}, ews.ErrorNonExistentMailbox},
		"without a mailbox": {at, -1, "", time.Time{}, ews.ErrorMissingEmailAddress},
	} {
		me := as(t, newTown(t, town{users: 9, expires: c.expires}), c.who)
		r, code := do[ews.GetPasswordExpirationDateResponse](me, ews.GetPasswordExpirationDate{Mailbox: c.address})
		assert.Equal(t, c.code, code, name)
		assert.Equal(t, c.want, r.Date, name)
	}
}

func TestRetentionTags(t *testing.T) {
	t.Parallel()
	s := newTown(t, town{users: 9})
	r, code := do[ews.GetUserRetentionPolicyTagsResponse](as(t, s, 1), ews.GetUserRetentionPolicyTags{})
	require.Equal(t, ews.NoError, code)
	require.Len(t, r.Tags, 11)
	ids := map[string]bool{}
	for _, tag := range r.Tags {
		ids[tag.ID] = true
		assert.Regexp(t, `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, tag.ID)
		assert.Equal(t, tag.Action == "MoveToArchive", tag.Archive)
		assert.Equal(t, tag.Type == "Personal", tag.Visible)
	}
	assert.Len(t, ids, 11)
	assert.Equal(t, "Default 2 year move to archive", r.Tags[0].Name)
	again, _ := do[ews.GetUserRetentionPolicyTagsResponse](as(t, s, 2), ews.GetUserRetentionPolicyTags{})
	assert.Equal(t, r, again, "the policy is everybody's")
	_, code = do[ews.GetUserRetentionPolicyTagsResponse](as(t, s, -1), ews.GetUserRetentionPolicyTags{})
	assert.Equal(t, ews.ErrorMissingEmailAddress, code)
}

func TestClientAccessTokens(t *testing.T) {
	t.Parallel()
	me := as(t, newTown(t, town{users: 9}), 1)
	r, _ := do[ews.GetClientAccessTokenResponse](me, ews.GetClientAccessToken{Requests: []ews.TokenRequest{{ID: "a", Type: "CallerIdentity"}, {ID: "b", Type: "ScopedToken"}}})
	require.Len(t, r.Messages, 2)
	for _, m := range r.Messages {
		assert.Equal(t, ews.Code("ErrorInvalidClientAccessTokenRequest"), m.Code)
		assert.Equal(t, "The caller does not have enough permission for this token request.", m.Text)
	}
}

// pictured is a photo's format and size.
func pictured(tb testing.TB, picture *[]byte) image.Rectangle {
	tb.Helper()
	require.NotNil(tb, picture)
	p, err := jpeg.Decode(bytes.NewReader(*picture))
	require.NoError(tb, err)
	return p.Bounds()
}

func TestPhotos(t *testing.T) {
	t.Parallel()
	s := newTown(t, town{users: 40})
	me := as(t, s, 1)
	photo := func(email string, size ews.PhotoSize) (ews.GetUserPhotoResponse, ews.Code) {
		return do[ews.GetUserPhotoResponse](me, ews.GetUserPhoto{Email: email, Size: size})
	}
	have, lack, tags := 0, "", map[string]bool{}
	for p := access.Principal(1); p <= 40; p++ {
		r, code := photo(users(40).Address(p), "HR96x96")
		if code == ews.ErrorItemNotFound {
			lack = users(40).Address(p)
			continue
		}
		require.Equal(t, ews.NoError, code)
		assert.True(t, r.Changed)
		assert.Equal(t, image.Rect(0, 0, 96, 96), pictured(t, r.Picture))
		have, tags[r.Tag] = have+1, true
		again, _ := photo(users(40).Address(p), "HR96x96")
		assert.Equal(t, r, again)
	}
	assert.InDelta(t, 20, have, 10, "half of them have one")
	assert.Len(t, tags, have)
	require.NotEmpty(t, lack)
	_, code := photo("x@contoso.com", "HR48x48")
	assert.Equal(t, ews.ErrorNonExistentMailbox, code)

	p, _ := users(40).Find(lack)
	owner := as(t, s, p)
	wide := image.NewRGBA(image.Rect(0, 0, 200, 100))
	for x := 50; x < 150; x++ {
		for y := range 100 {
			wide.Set(x, y, color.RGBA{0xff, 0, 0, 0xff})
		}
	}
	var asPNG, asJPEG bytes.Buffer
	require.NoError(t, png.Encode(&asPNG, wide))
	require.NoError(t, jpeg.Encode(&asJPEG, wide, nil))
	for _, content := range [][]byte{asPNG.Bytes(), asJPEG.Bytes()} {
		_, code = do[ews.SetUserPhotoResponse](owner, ews.SetUserPhoto{Email: lack, Content: content})
		require.Equal(t, ews.NoError, code)
		for size, side := range map[ews.PhotoSize]int{"HR48x48": 48, "HR96x96": 96, "HR120x120": 100, "HR648x648": 100, "HR1024xN": 100} {
			r, code := photo(lack, size)
			require.Equal(t, ews.NoError, code)
			assert.Equal(t, image.Rect(0, 0, side, side), pictured(t, r.Picture), "the largest that there is: %s", size)
			shown, _ := jpeg.Decode(bytes.NewReader(*r.Picture))
			red, green, _, _ := shown.At(side/8, side/2).RGBA()
			assert.True(t, red > 0xe000 && green < 0x3000, "what is in the middle of it")
		}
	}
	first, _ := photo(lack, "HR48x48")
	_, code = do[ews.SetUserPhotoResponse](owner, ews.SetUserPhoto{Email: lack, Content: asPNG.Bytes()})
	require.Equal(t, ews.NoError, code)
	second, _ := photo(lack, "HR48x48")
	assert.NotEqual(t, first.Tag, second.Tag)
	for name, c := range map[string]struct {
		who     access.Principal
		content []byte
		code    ews.Code
	}{
		"no picture": {p, []byte("hello"), "ErrorInvalidArgument"}, "nothing": {p, nil, "ErrorInvalidArgument"},
		"half a picture": {p, asJPEG.Bytes()[:400], "ErrorInvalidArgument"}, "another's": {p%40 + 1, asPNG.Bytes(), ews.ErrorAccessDenied},
	} {
		_, code = do[ews.SetUserPhotoResponse](as(t, s, c.who), ews.SetUserPhoto{Email: lack, Content: c.content})
		assert.Equal(t, c.code, code, name)
	}
	_, code = do[ews.GetUserPhotoResponse](me, ews.GetUserPhoto{Email: lack, Size: "HR48x48", Type: "ProfileHeaderPhoto"})
	assert.Equal(t, ews.ErrorItemNotFound, code)
	s.Reset()
	_, code = photo(lack, "HR48x48")
	assert.Equal(t, ews.ErrorItemNotFound, code)
}
