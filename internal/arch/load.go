package arch

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"strings"
)

// source is one parsed non-test file.
type source struct {
	pkg  string // folder below the module's root; "" is the root
	set  *token.FileSet
	tree *ast.File
}

// at renders a position as file:line:column.
func (s source) at(pos token.Pos) string { return s.set.Position(pos).String() }

// load parses every non-test Go file below the root of tree, whatever system
// it is for. It leaves out what the go command leaves out: testdata, vendor,
// folders that begin with a dot or an underscore, and nested modules.
func load(tree fs.FS) ([]source, error) {
	set := token.NewFileSet()
	var files []source
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			return enter(tree, name)
		case !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		f, err := parse(tree, set, name)
		if err != nil {
			return err
		}
		files = append(files, f)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("arch: %w", err)
	}
	return files, nil
}

// enter decides whether a folder belongs to the module.
func enter(tree fs.FS, name string) error {
	if name == "." {
		return nil
	}
	base := path.Base(name)
	if base == "testdata" || base == "vendor" || base[0] == '.' || base[0] == '_' {
		return fs.SkipDir
	}
	_, err := fs.Stat(tree, path.Join(name, "go.mod"))
	switch {
	case err == nil:
		return fs.SkipDir
	case errors.Is(err, fs.ErrNotExist):
		return nil
	}
	return err
}

func parse(tree fs.FS, set *token.FileSet, name string) (source, error) {
	text, err := fs.ReadFile(tree, name)
	if err != nil {
		return source{}, err
	}
	file, err := parser.ParseFile(set, name, text, parser.SkipObjectResolution)
	if err != nil {
		return source{}, err
	}
	pkg := path.Dir(name)
	if pkg == "." {
		pkg = ""
	}
	return source{pkg: pkg, set: set, tree: file}, nil
}
