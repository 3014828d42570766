package arch_test

import (
	"os"
	"path"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/internal/arch"
)

// guard is one rule of depguard's settings.
type guard struct {
	ListMode string   `yaml:"list-mode"`
	Files    []string `yaml:"files"`
	Allow    []string `yaml:"allow,omitempty"`
	Deny     []denied `yaml:"deny"`
}

type denied struct {
	Pkg  string `yaml:"pkg"`
	Desc string `yaml:"desc"`
}

// TestDepguardSaysTheSame keeps the plan and the linter's copy of it equal.
func TestDepguardSaysTheSame(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../.golangci.yml")
	require.NoError(t, err)
	var config struct {
		Linters struct {
			Settings struct {
				Depguard struct {
					Rules map[string]guard `yaml:"rules"`
				} `yaml:"depguard"`
			} `yaml:"settings"`
		} `yaml:"linters"`
	}
	require.NoError(t, yaml.Unmarshal(text, &config))

	want := guards(arch.Plan())
	if assert.Equal(t, want, config.Linters.Settings.Depguard.Rules) {
		return
	}
	section, err := yaml.Marshal(map[string]any{"rules": want})
	require.NoError(t, err)
	t.Logf("linters.settings.depguard of .golangci.yml should read:\n%s", section)
}

// guards writes a plan as depguard rules: one for each package, one for each
// library.
func guards(h arch.House) map[string]guard {
	rules := map[string]guard{}
	for _, r := range h.Rows {
		g := guard{
			ListMode: "lax",
			Files:    []string{folder(r.Package), "!$test"},
			Deny:     []denied{{h.Module, r.Why}},
		}
		for _, pkg := range r.May {
			g.Allow = append(g.Allow, h.Module+"/"+pkg+"$")
		}
		for _, pkg := range r.Never {
			g.Deny = append(g.Deny, denied{pkg, r.Why})
		}
		rules[strings.ReplaceAll(r.Package, "/", "-")] = g
	}
	for _, o := range h.Owners {
		g := guard{ListMode: "lax", Files: []string{"$all", "!$test"}, Deny: []denied{{o.Module, o.Why}}}
		for _, pkg := range o.Packages {
			g.Files = append(g.Files, "!"+folder(pkg))
		}
		rules["lib-"+path.Base(o.Module)] = g
	}
	return rules
}

func folder(pkg string) string { return "${base-path}/" + pkg + "/*.go" }
