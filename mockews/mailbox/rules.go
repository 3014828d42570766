package mailbox

import (
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"slices"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// rulesQuota is how many bytes the rules of a mailbox may take (MS docs: Set-Mailbox, RulesQuota).
const rulesQuota = 256 << 10

// ruleID is the name of a rule, in the form of real ones: eight bytes.
func ruleID(number uint64) string {
	var raw [8]byte
	binary.BigEndian.PutUint64(raw[:], number)
	raw[0] = 1
	return base64.StdEncoding.EncodeToString(raw[:])
}

// ownSettings opens the settings of the mailbox that a request names; without an address, of the actor's own.
func (j *job) ownSettings(address string) (access.Principal, ews.Code) {
	if address == "" {
		if !j.dir.HasMailbox(j.Actor) {
			return 0, ews.ErrorMissingEmailAddress
		}
		address = j.dir.Address(j.Actor)
	}
	opened, code := j.settings(address)
	return opened.Owner(), code
}

// ruling is in the mailbox whose rules a request is about while do runs.
func (j *job) ruling(address string, do func(*box) ews.Code) ews.Message {
	return j.try(func() ews.Code {
		owner, code := j.ownSettings(address)
		if code != ews.NoError {
			return code
		}
		of := j.box(owner)
		of.lock()
		defer of.mu.Unlock()
		return do(of)
	})
}

func (j *job) getInboxRules(b ews.GetInboxRules) ews.Response {
	r := ews.GetInboxRulesResponse{}
	r.Message = j.ruling(b.Mailbox, func(of *box) ews.Code {
		rules, outlook := make([]ews.Rule, len(of.rules)), false
		for i, rule := range of.rules {
			rules[i] = *rule
		}
		r.Rules, r.OutlookBlob = &rules, &outlook
		return ews.NoError
	})
	return r
}

// updateInboxRules carries out the operations that are in order, and says what is wrong with each of the others. Whether those that
// are in order are saved beside ones that are not is unsourced, and a switch: the answer has one code for all of them, but tells the
// errors by operation (MS-OXWSRULES, RuleOperationErrorType).
func (j *job) updateInboxRules(b ews.UpdateInboxRules) ews.Response {
	r := ews.UpdateInboxRulesResponse{}
	r.Message = j.ruling(b.Mailbox, func(of *box) ews.Code {
		c := &ruleChange{job: j, box: of, rules: slices.Clone(of.rules), seen: map[string]bool{}, taken: map[int]bool{}}
		for i, op := range b.Operations {
			c.errors = nil
			c.apply(op)
			if len(c.errors) > 0 {
				r.Errors = append(r.Errors, ews.RuleOperationError{Index: i, Errors: c.errors})
			}
		}
		code := ews.Code("ErrorInboxRulesValidationError")
		if len(r.Errors) > 0 && j.WholeRules {
			return code
		}
		if finished := c.finish(); finished != ews.NoError || len(r.Errors) == 0 {
			return finished
		}
		return code
	})
	return r
}

// ruleChange is a request to change rules under way.
type ruleChange struct {
	*job
	box    *box
	rules  []*ews.Rule // those that stay as they are, in their order
	placed []*ews.Rule // those that the request has made or changed
	made   uint64
	seen   map[string]bool // the rules that the request has been about
	taken  map[int]bool    // priorities
	errors []ews.RuleError // of the operation
}

func (c *ruleChange) apply(op ews.RuleOperation) {
	switch {
	case op.Create != nil:
		if op.Create.ID != "" {
			c.fail("RuleId", "CreateWithRuleId", op.Create.ID)
		}
		if c.check(op.Create) {
			c.made++
			c.place(op.Create, ruleID(c.box.ruled+c.made))
		}
	case op.Set != nil:
		if i := c.find(op.Set.ID); i >= 0 && c.check(op.Set) {
			c.rules = slices.Delete(c.rules, i, i+1)
			c.place(op.Set, op.Set.ID)
		}
	default:
		if i := c.find(op.Delete); i >= 0 {
			c.rules = slices.Delete(c.rules, i, i+1)
		}
	}
}

// find is where a rule is among those that stay as they are, -1 if there is an error. Each may be the object of one operation.
func (c *ruleChange) find(id string) int {
	switch i := slices.IndexFunc(c.rules, func(r *ews.Rule) bool { return r.ID == id }); {
	case id == "":
		c.fail("RuleId", "MissingParameter", "")
	case c.seen[id]:
		c.fail("RuleId", "DuplicatedOperationOnTheSameRule", id)
	case i < 0:
		c.fail("RuleId", "RuleNotFound", id)
	default:
		c.seen[id] = true
		return i
	}
	return -1
}

// place keeps a rule that the request makes or changes.
func (c *ruleChange) place(rule *ews.Rule, id string) {
	own := rule.Clone()
	own.ID, own.NotSupported, own.InError = id, nil, nil
	if own.Enabled == nil {
		own.Enabled = new(true)
	}
	c.placed = append(c.placed, &own)
}

// finish puts what the request has made among what was there: at its priority, before the rule that had it. Priorities have no
// gaps afterwards, as in the answers of MS docs, Manage Inbox rules by using EWS in Exchange.
func (c *ruleChange) finish() ews.Code {
	slices.SortStableFunc(c.placed, func(a, b *ews.Rule) int { return cmp.Compare(a.Priority, b.Priority) })
	rules, size := c.rules, 0
	for _, rule := range c.placed {
		rules = slices.Insert(rules, min(rule.Priority-1, len(rules)), rule)
	}
	for i := range rules {
		own := *rules[i]
		own.Priority, rules[i] = i+1, &own
		size += own.Size()
	}
	if size > rulesQuota {
		return "ErrorRulesOverQuota"
	}
	c.box.rules, c.box.ruled = rules, c.box.ruled+c.made
	return ews.NoError
}
