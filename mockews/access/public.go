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

// publicLevel is what everybody who has proved who it is has where nothing is said of a public folder: administrators often have it
// so, and no document says what is there from the start.
const publicLevel = LevelAuthor

// publicPermission is what somebody has on a public folder. What the folder itself does not say, that says the one that it is in. A
// folder that says what everybody has says all: those that are made have such a list from the start, so that what is granted above
// them later does not reach them (MS KB 247079: permissions are inherited by the folders that are created afterwards alone).
func (r *rules) publicPermission(caller, owner Principal, folder Folder) (Permission, Way) {
	for f := folder; f != ""; f = f.parent() {
		if s, ok := r.folders[place{owner, caller, f}]; ok {
			return s.permission, s.way
		}
		if s, ok := r.folders[place{owner, everybody, f}]; ok && caller != nobody {
			return s.permission, s.way
		} else if ok {
			break
		}
	}
	if caller == nobody {
		return Permission{}.filled(), WayFolder
	}
	p, _ := publicLevel.Permission()
	return p, WayFolder
}
