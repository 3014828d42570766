package mailbox

import (
	"encoding/binary"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// getServiceConfiguration says how services are set up: mail tips as Exchange Online shows them in a public capture, the others as
// an organisation has them that uses none of them.
func (j *job) getServiceConfiguration(b ews.GetServiceConfiguration) ews.Response {
	r := ews.GetServiceConfigurationResponse{}
	for _, words := range b.Requested {
		for _, service := range words.Words {
			m := ews.ServiceConfigurationMessage{}
			m.Message = j.try(func() ews.Code {
				j.configure(service, &m)
				return ews.NoError
			})
			r.Messages = append(r.Messages, m)
		}
	}
	return r
}

// largeAudience is from how many recipients on a message is for many, and largeAudienceCap up to how many are counted.
const (
	largeAudience    = 25
	largeAudienceCap = 1000
)

// refreshHours is after how long a client asks for protection rules again.
const refreshHours = 24

func (j *job) configure(service string, m *ews.ServiceConfigurationMessage) {
	domains := []ews.Domain{{Name: domainOf(j.dir.Address(1))}}
	switch service {
	case "MailTips":
		m.MailTips = &ews.MailTipsConfiguration{
			Enabled: true, MaxRecipients: maxTips, MaxMessageSize: MaxMessageSize, LargeAudience: largeAudience, Domains: domains,
			LargeAudienceCap: largeAudienceCap,
		}
	case "UnifiedMessagingConfiguration":
		m.Voice = &ews.UnifiedMessaging{}
	case "ProtectionRules":
		m.Protection = &ews.ProtectionRules{RefreshInterval: refreshHours, Domains: domains}
	case "PolicyNudges":
		m.Nudges = &ews.Nothing{}
	case "SharePointURLs":
		m.SharePoint = &ews.SharePointURLs{}
	}
}

// never is when a password expires that does not: the last second of the calendar. What a server says then is unsourced.
func never() time.Time { return time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC) }

func (j *job) getPasswordExpirationDate(b ews.GetPasswordExpirationDate) ews.Response {
	r := ews.GetPasswordExpirationDateResponse{}
	r.Message = j.try(func() ews.Code {
		owner, code := j.ownSettings(b.Mailbox)
		if code != ews.NoError {
			return code
		}
		if r.Date = j.dir.PasswordExpires(owner, now()); r.Date.IsZero() {
			r.Date = never()
		}
		return ews.NoError
	})
	return r
}

// retentionTags are those of the policy that every mailbox has at first (MS docs: Default Retention Policy in Exchange Server). How
// long something stays that is never moved or deleted is 0 here, which is unsourced.
func retentionTags() []ews.RetentionPolicyTag {
	const year = 365
	personal := func(name string, days int, action string) ews.RetentionPolicyTag {
		return ews.RetentionPolicyTag{Name: name, Period: days, Type: "Personal", Action: action, Visible: true, Archive: action == "MoveToArchive"}
	}
	return []ews.RetentionPolicyTag{
		{Name: "Default 2 year move to archive", Period: 2 * year, Type: "All", Action: "MoveToArchive", Archive: true},
		{Name: "Recoverable Items 14 days move to archive", Period: 14, Type: "RecoverableItems", Action: "MoveToArchive", Archive: true},
		personal("Personal 1 year move to archive", year, "MoveToArchive"),
		personal("Personal 5 year move to archive", 5*year, "MoveToArchive"),
		personal("Personal never move to archive", 0, "MoveToArchive"),
		personal("1 Week Delete", 7, "DeleteAndAllowRecovery"),
		personal("1 Month Delete", 30, "DeleteAndAllowRecovery"),
		personal("6 Month Delete", 180, "DeleteAndAllowRecovery"),
		personal("1 Year Delete", year, "DeleteAndAllowRecovery"),
		personal("5 Year Delete", 5*year, "DeleteAndAllowRecovery"),
		personal("Never Delete", 0, "DeleteAndAllowRecovery"),
	}
}

func (j *job) getRetentionTags() ews.Response {
	r := ews.GetUserRetentionPolicyTagsResponse{}
	r.Message = j.try(func() ews.Code {
		if _, code := j.ownSettings(""); code != ews.NoError {
			return code
		}
		r.Tags = retentionTags()
		for i := range r.Tags {
			r.Tags[i].ID = j.tagID(uint64(i))
		}
		return ews.NoError
	})
	return r
}

// tagID is the GUID of a retention tag, the same for everybody.
func (s *Store) tagID(nth uint64) string {
	var raw [16]byte
	binary.BigEndian.PutUint64(raw[:8], s.dir.Bits("retention tag", nth))
	binary.BigEndian.PutUint64(raw[8:], s.dir.Bits("retention tag tail", nth))
	raw[6], raw[8] = raw[6]&0x0f|0x40, raw[8]&0x3f|0x80
	text := guidString(raw)
	return string(text[:])
}

// getClientAccessToken has no tokens to give: no app is installed, and to ask for the token of one that is not has the caller no
// permission (MS docs: GetClientAccessToken operation, error response).
func (j *job) getClientAccessToken(b ews.GetClientAccessToken) ews.Response {
	r := ews.GetClientAccessTokenResponse{Messages: make([]ews.PlainMessage, len(b.Requests))}
	for i := range b.Requests {
		r.Messages[i].Message = j.try(func() ews.Code { return "ErrorInvalidClientAccessTokenRequest" })
	}
	return r
}
