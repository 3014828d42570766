package mailbox

import (
	"slices"

	"github.com/ewsbench/ewsbench/ews"
)

// gathered are the items that a search folder shows, the newest first: those of the folders that it looks in, and of the ones below them
// if it looks deep, for which its restriction holds (MS docs: SearchParameters). They stay where they are.
func (p place) gathered(j *job) (all []*item) {
	search := p.folder.search
	holds, code := compile(&search.Restriction.Expression, 0)
	if code != ews.NoError {
		return nil
	}
	s := subject{place: p, job: j}
	for _, f := range p.searchedIn(j, search) {
		s.place.folder = f
		for _, uid := range slices.Backward(p.list(f)) {
			if s.it = p.item(f, uid); s.it != nil && holds(&s) {
				all = append(all, s.it)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b *item) int { return receivedOf(b).Compare(receivedOf(a)) })
	return all
}

// searchedIn are the folders of the mailbox that a search looks in, each once.
func (p place) searchedIn(j *job, search *ews.SearchParameters) (in []*folder) {
	var roots []uint32
	for _, id := range search.Folders {
		if owner, number, code := j.locate(id); code == ews.NoError && owner == p.owner {
			roots = append(roots, number)
		}
	}
	for _, f := range p.folders {
		below := func(root uint32) bool { return f.number == root || search.Traversal == "Deep" && p.within(f, root) }
		if f != nil && f.kind != ews.KindSearchFolder && slices.ContainsFunc(roots, below) {
			in = append(in, f)
		}
	}
	return in
}

// tally counts the items of the folder, and the unread ones among them.
func (p place) tally(j *job) (total, unread int) {
	if p.folder.search == nil {
		return p.count(p.folder)
	}
	all := p.gathered(j)
	for _, it := range all {
		if it.isUnread() {
			unread++
		}
	}
	return len(all), unread
}
