package arch

import (
	"fmt"
	"go/ast"
	"path"
	"slices"
	"strconv"
	"strings"
)

// checkPlan holds the plan against the list of packages that are there.
func (h House) checkPlan(files []source) []Finding {
	var found []Finding
	there := map[string]bool{}
	for _, f := range files {
		if there[f.pkg] {
			continue
		}
		there[f.pkg] = true
		if _, ok := h.row(f.pkg); !ok {
			found = append(found, Finding{h.name(f.pkg), RuleUnlisted, "the package has no row in the plan: give it a floor in internal/arch, .golangci.yml and docs/architecture.md"})
		}
	}
	for _, r := range h.Rows {
		if !there[r.Package] {
			found = append(found, Finding{h.name(r.Package), RuleStale, "the plan has a row for a package that is not there"})
		}
		found = append(found, h.checkRow(r)...)
	}
	return append(found, h.checkOwners()...)
}

// checkRow holds one row against the others: what it may import lies below it.
func (h House) checkRow(r Row) []Finding {
	var found []Finding
	for _, pkg := range r.May {
		below, ok := h.row(pkg)
		switch {
		case !ok:
			found = append(found, Finding{h.name(r.Package), RuleStale, fmt.Sprintf("its row allows %s, which has no row", pkg)})
		case below.Floor >= r.Floor:
			found = append(found, Finding{h.name(r.Package), RuleFloor, fmt.Sprintf("floor %d may not import %s on floor %d: imports point down", r.Floor, pkg, below.Floor)})
		}
	}
	return found
}

func (h House) checkOwners() []Finding {
	var found []Finding
	for _, o := range h.Owners {
		for _, pkg := range o.Packages {
			if _, ok := h.row(pkg); !ok {
				found = append(found, Finding{o.Module, RuleStale, fmt.Sprintf("it is owned by %s, which has no row", pkg)})
			}
		}
	}
	return found
}

// name is how findings speak of a package that no single line is to blame for.
func (h House) name(pkg string) string { return path.Join(h.Module, pkg) }

// checkFile holds one file against its package's row. A file of a package
// without a row is reported once, by checkPlan.
func (h House) checkFile(f source) []Finding {
	row, ok := h.row(f.pkg)
	if !ok {
		return nil
	}
	var found []Finding
	for _, spec := range f.tree.Imports {
		importPath, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue // the parser has refused such a file
		}
		if rule, what := h.checkImport(row, importPath); rule != "" {
			found = append(found, Finding{f.at(spec.Pos()), rule, what})
		}
	}
	found = append(found, inits(f)...)
	if !h.isDoor(f.pkg) {
		found = append(found, process(f)...)
	}
	return found
}

// checkImport decides about one import; no rule means that it is fine.
func (h House) checkImport(row Row, importPath string) (rule Rule, what string) {
	if pkg, ours := h.local(importPath); ours {
		return h.checkOurs(row, pkg)
	}
	if !strings.Contains(strings.Split(importPath, "/")[0], ".") {
		return checkStd(row, importPath)
	}
	return h.checkThirdParty(row, importPath)
}

func (h House) checkOurs(row Row, pkg string) (rule Rule, what string) {
	if h.isDoor(pkg) {
		return RuleDoor, fmt.Sprintf("%s is a command: nobody imports it", pkg)
	}
	if slices.Contains(row.May, pkg) {
		return "", ""
	}
	return RuleLayer, fmt.Sprintf("%s may not import %s: %s", row.Package, pkg, row.Why)
}

func checkStd(row Row, importPath string) (rule Rule, what string) {
	if within(importPath, "testing") && !row.TestHelper {
		return RuleTesting, fmt.Sprintf("%s imports %s: test support does not go into what is shipped", row.Package, importPath)
	}
	for _, never := range row.Never {
		if within(importPath, never) {
			return RuleStd, fmt.Sprintf("%s may not import %s: %s", row.Package, importPath, row.Why)
		}
	}
	return "", ""
}

func (h House) checkThirdParty(row Row, importPath string) (rule Rule, what string) {
	o, known := h.owner(importPath)
	switch {
	case !known:
		return RuleOwner, fmt.Sprintf("%s has no owner in the plan: a library has one package that may import it", importPath)
	case slices.Contains(o.Packages, row.Package):
		return "", ""
	case len(o.Packages) == 0:
		return RuleOwner, fmt.Sprintf("%s may not import %s: %s", row.Package, importPath, o.Why)
	}
	return RuleOwner, fmt.Sprintf("%s may not import %s, which is for %s: %s", row.Package, importPath, strings.Join(o.Packages, ", "), o.Why)
}

// inits reports every func init of a file.
func inits(f source) []Finding {
	var found []Finding
	for _, d := range f.tree.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if ok && fn.Recv == nil && fn.Name.Name == "init" {
			found = append(found, Finding{f.at(fn.Pos()), RuleInit, "func init runs before anybody has asked for anything: use a table or a constructor"})
		}
	}
	return found
}
