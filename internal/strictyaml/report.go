package strictyaml

import (
	"fmt"
	"slices"
)

// maxErrors bounds what is reported of one file: after so many mistakes the
// reader is better served by mending the first ones.
const maxErrors = 20

// Report collects the mistakes of one document. The zero value is for values
// that no file holds: its errors name a path in place of a place.
type Report struct {
	doc  *Doc
	errs []*Error
}

// Report returns an empty report that places its errors in d.
func (d *Doc) Report() *Report { return &Report{doc: d} }

// Add notes a mistake in the value at path.
func (r *Report) Add(path, format string, args ...any) {
	r.errs = append(r.errs, r.doc.Errorf(path, format, args...))
}

// AddKey notes a mistake in the key at path: a key that has no business there.
func (r *Report) AddKey(path, format string, args ...any) {
	r.errs = append(r.errs, r.doc.errorAt(path, r.doc.KeyAt(path), fmt.Sprintf(format, args...)))
}

// Err returns nil without mistakes, an [*Error] for one, [Errors] for more:
// sorted by place, at most twenty.
func (r *Report) Err() error {
	slices.SortStableFunc(r.errs, func(a, b *Error) int {
		if (Pos{a.Line, a.Column}).before(Pos{b.Line, b.Column}) {
			return -1
		}
		if (Pos{b.Line, b.Column}).before(Pos{a.Line, a.Column}) {
			return 1
		}
		return 0
	})
	switch len(r.errs) {
	case 0:
		return nil
	case 1:
		return r.errs[0]
	}
	return Errors(r.errs[:min(len(r.errs), maxErrors)])
}
