package access

import "strings"

// PublicRoot is the root of the public folders; those in it are written with their paths behind it, as publicfoldersroot/Projects.
const PublicRoot Folder = "publicfoldersroot"

// Public reports whether it is a public folder, or their root.
func (f Folder) Public() bool {
	rest, ok := strings.CutPrefix(string(f), string(PublicRoot))
	return ok && (rest == "" || rest[0] == '/')
}

// parent is the public folder that one is in, "" for the root.
func (f Folder) parent() Folder {
	return f[:max(strings.LastIndexByte(string(f), '/'), 0)]
}

// publicPermission is what somebody has on a public folder. One without a permission of its own has that of the folder that it is
// in, as a new folder takes over those of its parent. Where nothing is said, everybody who has proved who it is has what the level
// Author gives: administrators often have it so, and no document says what is there from the start.
func (r *rules) publicPermission(caller, owner Principal, folder Folder) (Permission, Way) {
	for _, user := range []Principal{caller, everybody} {
		for f := folder; f != ""; f = f.parent() {
			if s, ok := r.folders[place{owner, user, f}]; ok {
				return s.permission, s.way
			}
		}
		if caller == nobody {
			return Permission{}.filled(), WayFolder
		}
	}
	p, _ := LevelAuthor.Permission()
	return p, WayFolder
}
