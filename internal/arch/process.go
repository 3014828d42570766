package arch

import (
	"fmt"
	"go/ast"
	"strconv"
)

// touchesProcess is what package os offers that belongs to the process as a
// whole. The door reads it and hands on what others need.
func touchesProcess(name string) bool {
	switch name {
	case "Args", "Exit",
		"Stdin", "Stdout", "Stderr",
		"Getenv", "LookupEnv", "Environ", "ExpandEnv", "Setenv", "Unsetenv", "Clearenv",
		"Chdir":
		return true
	}
	return false
}

// process reports each place where a file touches the process.
func process(f source) []Finding {
	name, ok := importName(f.tree, "os")
	if !ok {
		return nil
	}
	if name == "." {
		return []Finding{{f.at(f.tree.Pos()), RuleProcess, `a dot import of "os" hides who touches the process`}}
	}
	var found []Finding
	ast.Inspect(f.tree, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := sel.X.(*ast.Ident); ok && x.Name == name && touchesProcess(sel.Sel.Name) {
			found = append(found, Finding{f.at(sel.Pos()), RuleProcess, fmt.Sprintf("os.%s belongs to the commands: take what is needed as an argument", sel.Sel.Name)})
		}
		return true
	})
	return found
}

// importName is the name under which a file knows a standard package.
func importName(file *ast.File, std string) (name string, ok bool) {
	for _, spec := range file.Imports {
		if path, err := strconv.Unquote(spec.Path.Value); err != nil || path != std {
			continue
		}
		if spec.Name != nil {
			return spec.Name.Name, true
		}
		return std, true
	}
	return "", false
}
