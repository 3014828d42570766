package ews

import (
	"cmp"
	"time"
)

// OofState says whether automatic replies are sent.
type OofState string

// The states. With OofScheduled replies are sent between Start and End.
const (
	OofDisabled  OofState = "Disabled"
	OofEnabled   OofState = "Enabled"
	OofScheduled OofState = "Scheduled"
)

// OofAudience says who outside the organisation gets automatic replies.
type OofAudience string

// The audiences: nobody, known contacts, everybody.
const (
	OofNone  OofAudience = "None"
	OofKnown OofAudience = "Known"
	OofAll   OofAudience = "All"
)

// OofSettings are a mailbox's automatic replies (MS docs: OofSettings).
type OofSettings struct {
	State            OofState    // empty stands for OofDisabled
	ExternalAudience OofAudience // empty stands for OofNone
	Start, End       time.Time   // zero Start: no duration; sent to the second, in UTC
	InternalReply    string      // text or HTML
	ExternalReply    string
	Bare             bool // an element of a reply is missing, not just empty
}

// appendTo appends the settings as the content of an element.
func (s *OofSettings) appendTo(dst []byte, name string) []byte {
	dst = appendOpen(dst, name)
	dst = appendElement(dst, "t:OofState", string(cmp.Or(s.State, OofDisabled)))
	dst = appendElement(dst, "t:ExternalAudience", string(cmp.Or(s.ExternalAudience, OofNone)))
	if !s.Start.IsZero() {
		dst = append(dst, "<t:Duration>"...)
		dst = appendTimeElement(dst, "t:StartTime", s.Start)
		dst = appendTimeElement(dst, "t:EndTime", s.End)
		dst = append(dst, "</t:Duration>"...)
	}
	if s.Bare {
		return appendClose(dst, name)
	}
	dst = appendReply(dst, "t:InternalReply", s.InternalReply)
	dst = appendReply(dst, "t:ExternalReply", s.ExternalReply)
	return appendClose(dst, name)
}

func appendReply(dst []byte, name, reply string) []byte {
	dst = appendOpen(dst, name)
	dst = appendElement(dst, "t:Message", reply)
	return appendClose(dst, name)
}

// oofSettings reads a t:UserOofSettings. What came after Exchange 2013, about
// declining meetings, is read over.
func (p *parser) oofSettings() (s OofSettings) {
	var internal, external bool
	for depth := p.Depth(); p.child(depth); {
		switch p.name() {
		case "OofState":
			s.State = p.oofState()
		case "ExternalAudience":
			s.ExternalAudience = p.oofAudience()
		case "Duration":
			s.Start, s.End = p.duration()
		case "InternalReply":
			s.InternalReply, internal = p.reply(), true
		case "ExternalReply":
			s.ExternalReply, external = p.reply(), true
		}
	}
	s.Bare = !internal || !external
	p.require(s.State != "", "OofState")
	p.require(s.ExternalAudience != "", "ExternalAudience")
	return s
}

func (p *parser) oofState() OofState {
	value := p.word()
	switch s := OofState(value); s {
	case OofDisabled, OofEnabled, OofScheduled:
		return s
	}
	p.invalid("OofState", value, "OofState")
	return ""
}

func (p *parser) oofAudience() OofAudience {
	value := p.word()
	switch a := OofAudience(value); a {
	case OofNone, OofKnown, OofAll:
		return a
	}
	p.invalid("ExternalAudience", value, "ExternalAudience")
	return ""
}

// duration reads when replies are sent. The zero time, which some clients send
// for an unscheduled state, makes no duration.
func (p *parser) duration() (start, end time.Time) {
	var starts, ends bool
	for depth := p.Depth(); p.child(depth); {
		switch p.name() {
		case "StartTime":
			start = p.time()
			starts = true
		case "EndTime":
			end = p.time()
			ends = true
		}
	}
	p.require(starts && ends, "StartTime, EndTime")
	if start.IsZero() {
		return time.Time{}, time.Time{}
	}
	return start, end
}

func (p *parser) reply() (reply string) {
	for depth := p.Depth(); p.child(depth); {
		if p.name() == "Message" {
			reply = p.Text()
		}
	}
	return reply
}

// GetUserOofSettings asks for a mailbox's automatic replies (MS docs:
// GetUserOofSettings operation).
type GetUserOofSettings struct {
	Mailbox string // SMTP address
}

// Op returns OpGetUserOofSettings.
func (g GetUserOofSettings) Op() Op { return OpGetUserOofSettings }

func (g GetUserOofSettings) appendTo(dst []byte) []byte {
	dst = append(dst, "<m:GetUserOofSettingsRequest><t:Mailbox>"...)
	dst = appendElement(dst, "t:Address", g.Mailbox)
	return append(dst, "</t:Mailbox></m:GetUserOofSettingsRequest>"...)
}

func (p *parser) getUserOofSettings() Body {
	var g GetUserOofSettings
	for depth := p.Depth(); p.child(depth); {
		if p.name() != "Mailbox" {
			p.unexpected()
			break
		}
		g.Mailbox = p.address("Address")
	}
	p.require(g.Mailbox != "", "Mailbox")
	return g
}

// SetUserOofSettings changes a mailbox's automatic replies (MS docs:
// SetUserOofSettings operation).
type SetUserOofSettings struct {
	Mailbox  string // SMTP address
	Settings OofSettings
}

// Op returns OpSetUserOofSettings.
func (s SetUserOofSettings) Op() Op { return OpSetUserOofSettings }

func (s SetUserOofSettings) appendTo(dst []byte) []byte {
	dst = append(dst, "<m:SetUserOofSettingsRequest><t:Mailbox>"...)
	dst = appendElement(dst, "t:Address", s.Mailbox)
	dst = append(dst, "</t:Mailbox>"...)
	dst = s.Settings.appendTo(dst, "t:UserOofSettings")
	return append(dst, "</m:SetUserOofSettingsRequest>"...)
}

func (p *parser) setUserOofSettings() Body {
	var s SetUserOofSettings
	for depth := p.Depth(); p.child(depth); {
		switch p.name() {
		case "Mailbox":
			s.Mailbox = p.address("Address")
		case "UserOofSettings":
			s.Settings = p.oofSettings()
		default:
			p.unexpected()
		}
	}
	p.require(s.Mailbox != "", "Mailbox")
	p.require(s.Settings.State != "", "UserOofSettings")
	return s
}

// GetUserOofSettingsResponse answers GetUserOofSettings.
type GetUserOofSettingsResponse struct {
	Message
	Settings      OofSettings // with Success only
	AllowExternal OofAudience // what the organisation permits; empty stands for OofAll
}

// Op returns OpGetUserOofSettings.
func (g GetUserOofSettingsResponse) Op() Op { return OpGetUserOofSettings }

func (g GetUserOofSettingsResponse) appendTo(dst []byte) []byte {
	dst = appendResponseOpen(dst, "m:GetUserOofSettingsResponse")
	dst = g.appendOnly(dst)
	if !g.failed() {
		dst = g.Settings.appendTo(dst, "t:OofSettings")
		dst = appendElement(dst, "m:AllowExternalOof", string(cmp.Or(g.AllowExternal, OofAll)))
	}
	return append(dst, "</m:GetUserOofSettingsResponse>"...)
}

// SetUserOofSettingsResponse answers SetUserOofSettings.
type SetUserOofSettingsResponse struct {
	Message
}

// Op returns OpSetUserOofSettings.
func (s SetUserOofSettingsResponse) Op() Op { return OpSetUserOofSettings }

func (s SetUserOofSettingsResponse) appendTo(dst []byte) []byte {
	dst = appendResponseOpen(dst, "m:SetUserOofSettingsResponse")
	dst = s.appendOnly(dst)
	return append(dst, "</m:SetUserOofSettingsResponse>"...)
}

// appendOnly appends the message of the operations that answer with a single
// one, outside of a list.
func (m *Message) appendOnly(dst []byte) []byte {
	dst = m.appendOpen(dst, "m:ResponseMessage")
	return append(dst, "</m:ResponseMessage>"...)
}
