package ews

import "time"

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
}

// GetUserOofSettings asks for a mailbox's automatic replies (MS docs:
// GetUserOofSettings operation).
type GetUserOofSettings struct {
	Mailbox string // SMTP address
}

// SetUserOofSettings changes a mailbox's automatic replies (MS docs:
// SetUserOofSettings operation).
type SetUserOofSettings struct {
	Mailbox  string // SMTP address
	Settings OofSettings
}

// GetUserOofSettingsResponse answers GetUserOofSettings.
type GetUserOofSettingsResponse struct {
	Message
	Settings      OofSettings // with Success only
	AllowExternal OofAudience // what the organisation permits; empty stands for OofAll
}

// SetUserOofSettingsResponse answers SetUserOofSettings.
type SetUserOofSettingsResponse struct {
	Message
}

// Op returns OpGetUserOofSettings.
func (g GetUserOofSettings) Op() Op { return OpGetUserOofSettings }

func (g GetUserOofSettings) appendTo(dst []byte) []byte { return dst }

// Op returns OpSetUserOofSettings.
func (s SetUserOofSettings) Op() Op { return OpSetUserOofSettings }

func (s SetUserOofSettings) appendTo(dst []byte) []byte { return dst }

// Op returns OpGetUserOofSettings.
func (g GetUserOofSettingsResponse) Op() Op { return OpGetUserOofSettings }

func (g GetUserOofSettingsResponse) appendTo(dst []byte) []byte { return dst }

// Op returns OpSetUserOofSettings.
func (s SetUserOofSettingsResponse) Op() Op { return OpSetUserOofSettings }

func (s SetUserOofSettingsResponse) appendTo(dst []byte) []byte { return dst }
