package arch

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// House is a floor plan: the packages of one module and the libraries they own.
type House struct {
	Module string  // module path, as in go.mod
	Door   string  // folder of the commands: they alone touch the process, and nobody imports them
	Rows   []Row   // one for each package
	Owners []Owner // one for each third-party module
}

// Row is one package's place in the house.
type Row struct {
	Package    string   // path below the module; "" is the module's root
	Floor      int      // imports point from a higher floor to a lower one
	May        []string // packages of ours that it may import
	Never      []string // standard packages that it must not import, with those below them
	TestHelper bool     // may import testing; only test files may import it
	Why        string   // the reason for its place, shown with every finding
}

// Owner says which packages may import a third-party module. Without packages
// the module is for test files.
type Owner struct {
	Module   string // path prefix, without the major version
	Packages []string
	Why      string
}

// Finding is one place where a tree departs from its plan.
type Finding struct {
	Where string // file:line:column, or the package where no line is to blame
	Rule  Rule
	What  string // what was found, and why it is not wanted
}

func (f Finding) String() string { return fmt.Sprintf("%s: %s (%s)", f.Where, f.What, f.Rule) }

// Rule names what a finding breaks.
type Rule string

// The rules of a house.
const (
	RuleUnlisted Rule = "unlisted" // a package without a row
	RuleStale    Rule = "stale"    // a row, or a name in a row, without a package
	RuleFloor    Rule = "floor"    // a row that allows an import which does not point down
	RuleLayer    Rule = "layer"    // an import of ours that the row does not allow
	RuleDoor     Rule = "door"     // an import of a command
	RuleOwner    Rule = "owner"    // a third-party module imported by somebody else, or owned by nobody
	RuleStd      Rule = "std"      // a standard package that the row forbids
	RuleTesting  Rule = "testing"  // test support in what is shipped
	RuleProcess  Rule = "process"  // os.Exit, os.Args, the environment or a standard stream outside the door
	RuleInit     Rule = "init"     // func init: something happens before main
)

// Check reads the module whose root is tree and lists where it departs from the
// plan: first what is wrong with the plan itself, then file by file. The error is for a tree that cannot be read or parsed.
func (h House) Check(tree fs.FS) ([]Finding, error) {
	files, err := load(tree)
	if err != nil {
		return nil, err
	}
	found := h.checkPlan(files)
	for _, f := range files {
		found = append(found, h.checkFile(f)...)
	}
	return found, nil
}

// row finds a package's row.
func (h House) row(pkg string) (Row, bool) {
	i := slices.IndexFunc(h.Rows, func(r Row) bool { return r.Package == pkg })
	if i < 0 {
		return Row{}, false
	}
	return h.Rows[i], true
}

// owner finds who owns an import path. The longest prefix wins, so that one
// module below another can have an owner of its own.
func (h House) owner(path string) (best Owner, ok bool) {
	for _, o := range h.Owners {
		if within(path, o.Module) && len(o.Module) > len(best.Module) {
			best, ok = o, true
		}
	}
	return best, ok
}

// local cuts the module's path from an import path.
func (h House) local(path string) (pkg string, ours bool) {
	if path == h.Module {
		return "", true
	}
	return strings.CutPrefix(path, h.Module+"/")
}

// isDoor tells whether a package of ours is a command.
func (h House) isDoor(pkg string) bool { return within(pkg, h.Door) }

// within tells whether path is prefix or lies below it.
func within(path, prefix string) bool {
	rest, ok := strings.CutPrefix(path, prefix)
	return ok && (rest == "" || rest[0] == '/')
}
