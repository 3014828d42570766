package access

// Scope is a set of recipients. The zero value is everybody.
type Scope struct {
	filter      Filter
	first, last Principal // users by number; last 0 for all
}

// FilterScope is the scope of all recipients that a filter matches.
func FilterScope(f Filter) Scope { return Scope{filter: f} }

// RangeScope is the scope of the users from first, which is not negative, to last, both included.
func RangeScope(first, last Principal) Scope { return Scope{first: first, last: last} }

// Holds reports whether somebody is in the scope.
func (s Scope) Holds(p Principal, d Directory) bool {
	if s.last != 0 && (p < s.first || p > s.last) {
		return false
	}
	return s.filter.root == nil || s.filter.Matches(d.Recipient(p))
}
