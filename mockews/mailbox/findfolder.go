package mailbox

import (
	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

func (j *job) findFolder(b ews.FindFolder) ews.Response {
	r := ews.FindFolderResponse{Messages: make([]ews.FindFolderMessage, len(b.Parents))}
	j.private = b.Traversal == "Deep"
	for i, id := range b.Parents {
		m := &r.Messages[i]
		m.Message = j.try(func() ews.Code {
			return j.visit(id, access.Open, func(p place) ews.Code {
				page, code := p.findFolders(j, b)
				m.Root = page
				return code
			})
		})
	}
	return r
}

// findFolders looks for folders in one: right in it, or at any depth.
func (p place) findFolders(j *job, b ews.FindFolder) (*ews.FolderPage, ews.Code) {
	holds := func(*subject) bool { return true }
	if b.Restriction != nil {
		t, code := compile(&b.Restriction.Expression, 0)
		if code != ews.NoError {
			return nil, code
		}
		holds = t
	}
	var found []*folder
	for _, f := range p.candidates(j, b.Traversal) {
		inner := p
		inner.folder = f
		if holds(&subject{place: inner, job: j}) {
			found = append(found, f)
		}
	}
	f := finder{FindItem: ews.FindItem{Page: b.Page, Fraction: b.Fraction}}
	if code := f.prepare(); code != ews.NoError {
		return nil, code
	}
	from, to := f.window(p, len(found), nil)
	page := &ews.FolderPage{Folders: []ews.Object{}}
	page.Total, page.Last = len(found), to == len(found)
	if b.Page != nil {
		page.Next = &to
	}
	if b.Fraction != nil {
		total := len(found)
		page.Numerator, page.Denominator = &to, &total
	}
	for _, f := range found[from:to] {
		inner := p
		inner.folder = f
		page.Folders = append(page.Folders, inner.showFolder(j, b.Shape))
	}
	return page, ews.NoError
}

// candidates are the folders that a traversal looks at and the actor can see.
func (p place) candidates(j *job, traversal string) (all []*folder) {
	switch traversal {
	case "Deep":
		return p.below(j, p.folder)
	case "SoftDeleted": // since Exchange 2010 they are in a folder of their own
		return nil
	}
	for _, f := range p.children(p.folder.number) {
		if p.sees(j, f) {
			all = append(all, f)
		}
	}
	return all
}
