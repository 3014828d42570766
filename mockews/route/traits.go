package route

import (
	"fmt"
	"time"

	"github.com/ewsbench/ewsbench/internal/strictyaml"
)

// Traits are what is particular about a user or a room as a recipient of mail (MS docs: MailTips in Exchange Server).
type Traits struct {
	// Mailbox is the primary address.
	Mailbox string `yaml:"mailbox"`
	// Tip is a text for those who are about to send something.
	Tip string `yaml:"tip"`
	// Full and Restricted say that no mail arrives: there is no room, or it is not for everybody.
	Full       bool `yaml:"full"`
	Restricted bool `yaml:"restricted"`
	// Moderated says that somebody is to approve of mail first. Only the tip says so.
	Moderated bool `yaml:"moderated"`
	// MaxSize is the largest message that arrives, in bytes. Zero: that of everybody.
	MaxSize int `yaml:"max_size"`
}

// Traits are those of a recipient; the zero value for one without any.
func (o *Organisation) Traits(p Principal) Traits { return o.traits[p] }

// know finds those whom the topology tells something of.
func (o *Organisation) know() {
	o.traits = map[Principal]Traits{}
	for _, t := range o.topology.Recipients {
		if p, _ := o.Find(t.Mailbox); p != 0 {
			o.traits[p] = t
		}
	}
}

func (t Topology) checkRecipients(r *strictyaml.Report, o *Organisation) {
	seen := map[Principal]bool{}
	for i, of := range t.Recipients {
		path := fmt.Sprintf("recipients[%d]", i)
		switch p, primary := o.Find(of.Mailbox); {
		case !primary || !o.HasMailbox(p):
			r.Add(path+".mailbox", "mailbox %q: write the primary address of somebody with a mailbox", of.Mailbox)
		case seen[p]:
			r.Add(path+".mailbox", "there are two recipients %q", of.Mailbox)
		default:
			seen[p] = true
		}
		if of.MaxSize < 0 {
			r.Add(path+".max_size", "max_size is %d: write a number of bytes", of.MaxSize)
		}
	}
}

// PasswordExpires is when somebody's password expires next, the zero time if passwords do not. Everybody changes the password in
// time, so that it is as old as the seed says at any moment.
func (o *Organisation) PasswordExpires(p Principal, now time.Time) time.Time {
	age := int64(o.topology.PasswordAge / time.Second)
	if age <= 0 {
		return time.Time{}
	}
	phase := int64(o.dice.Uniform("password", uint64(p)) * float64(age))
	since := (now.Unix() - phase) % age
	return now.Truncate(time.Second).Add(time.Duration(age-since) * time.Second).UTC()
}
