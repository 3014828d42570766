package access

import (
	"slices"
	"strings"
)

// spot is a folder of somebody.
type spot struct {
	owner  Principal
	folder Folder
}

// list notes a permission with the others of its folder.
func (r *rules) list(owner Principal, f FolderGrant) {
	at := spot{owner, f.Folder}
	r.listed[at] = append(r.listed[at], f)
}

// Listed are the permissions that somebody has been given on a folder of the owner, the levels of delegates among them. Nobody changes
// what it returns.
func (g *Guard) Listed(owner Principal, folder Folder) []FolderGrant {
	return g.now.Load().listed[spot{owner, folder}]
}

// Handed are the permissions that a new folder takes over from the one that it is made in: those that the latter has at that moment (MS
// docs: Add and remove delegates by using EWS in Exchange, on subfolders). Nobody changes what it returns.
func (g *Guard) Handed(owner Principal, in Folder) []FolderGrant {
	r := g.now.Load()
	if in.Public() {
		return r.handedPublic(owner, in)
	}
	return r.listed[spot{owner, in}]
}

// handedPublic gathers what holds on a public folder, which may itself have it from those that it is in. The permission of everybody
// comes last: from there on the new folder has a list of its own.
func (r *rules) handedPublic(owner Principal, in Folder) (all []FolderGrant) {
	for f := in; f != ""; f = f.parent() {
		for _, g := range r.listed[spot{owner, f}] {
			if !names(all, g.User) {
				all = append(all, g)
			}
		}
		if names(all, Default) {
			return all
		}
	}
	return append(all, FolderGrant{User: Default, Level: publicLevel})
}

// names reports whether one of the permissions is a user's.
func names(all []FolderGrant, user string) bool {
	return slices.ContainsFunc(all, func(g FolderGrant) bool { return strings.EqualFold(g.User, user) })
}
