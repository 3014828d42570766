package scenarios

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/ewsbench/ewsbench/internal/strictyaml"
)

// Default is the name of the scenario of the main job.
const Default = "anchor-penalty"

// ErrUnknown is the error for a name that is no built-in scenario.
var ErrUnknown = errors.New("unknown scenario")

//go:embed library/*.yaml
var library embed.FS

// Load returns a built-in scenario by its bare name, or reads a file: a name
// with a slash or ending in .yaml or .yml. Mistakes in a file are
// [*strictyaml.Error], found by errors.As; a name that is neither wraps
// [ErrUnknown].
func Load(nameOrPath string) (*Scenario, error) {
	if isPath(nameOrPath) {
		data, err := readFile(nameOrPath)
		if err != nil {
			return nil, fmt.Errorf("reading the scenario: %w", err)
		}
		return Parse(nameOrPath, data)
	}
	data, err := Source(nameOrPath)
	if err != nil {
		return nil, err
	}
	return Parse(nameOrPath+".yaml", data)
}

func isPath(s string) bool {
	return strings.ContainsAny(s, `/\`) || strings.HasSuffix(s, ".yaml") || strings.HasSuffix(s, ".yml")
}

// readFile stops reading where strictyaml would refuse the file anyway.
func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, strictyaml.MaxBytes+1))
}

// Parse reads a scenario from the text of a file and checks it. The name is
// for error messages. Keys that the file leaves out have their defaults.
func Parse(name string, data []byte) (*Scenario, error) {
	doc, err := strictyaml.Parse(name, data)
	if err != nil {
		return nil, err
	}
	s := new(Scenario)
	err = doc.Decode(s)
	// Another version may have other keys: its number alone is the mistake.
	if s.Schema != 0 && s.Schema != SchemaVersion {
		return nil, doc.Errorf("schema", "schema %d is not known, this version reads schema %d", s.Schema, SchemaVersion)
	}
	if err == nil {
		err = s.check(doc)
	}
	if err != nil {
		return nil, err
	}
	return s.withDefaults(), nil
}

// Names returns the names of the built-in scenarios, sorted.
func Names() []string {
	files, err := library.ReadDir("library")
	if err != nil {
		return nil // the directory is embedded
	}
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = strings.TrimSuffix(f.Name(), ".yaml")
	}
	return names
}

// Source returns the text of a built-in scenario: a file to start from.
func Source(name string) ([]byte, error) {
	data, err := library.ReadFile("library/" + name + ".yaml")
	if err != nil {
		return nil, fmt.Errorf("%w %q%s (built in: %s; a file's name has a / or ends in .yaml)",
			ErrUnknown, name, strictyaml.DidYouMean(name, Names()), strings.Join(Names(), ", "))
	}
	return data, nil
}
