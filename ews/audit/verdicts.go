package audit

import (
	"encoding/json"
	"strings"
)

// Verdicts is the set of rules that an exchange broke. Sets can be compared
// with ==; the zero value is that of an exchange to which there is nothing to
// say. In JSON it is a list of ids.
type Verdicts uint64

// VerdictsOf is the set of these rules. Ids that no rule has are left out.
func VerdictsOf(ids ...ID) (v Verdicts) {
	for _, id := range ids {
		if i := indexOf(id); i >= 0 {
			v |= 1 << i
		}
	}
	return v
}

// Has reports whether the rule of that id was broken; never for an id that no
// rule has.
func (v Verdicts) Has(id ID) bool { return v&VerdictsOf(id) != 0 }

// IDs lists the set, in the order of Rules.
func (v Verdicts) IDs() []ID {
	ids := []ID{}
	for i := range rules {
		if v&(1<<i) != 0 {
			ids = append(ids, rules[i].ID)
		}
	}
	return ids
}

// String joins the ids with commas.
func (v Verdicts) String() string {
	var text strings.Builder
	for i, id := range v.IDs() {
		if i > 0 {
			text.WriteByte(',')
		}
		text.WriteString(string(id))
	}
	return text.String()
}

// MarshalJSON renders the list of ids.
func (v Verdicts) MarshalJSON() ([]byte, error) { return json.Marshal(v.IDs()) }
