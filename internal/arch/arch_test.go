package arch_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/internal/arch"
)

// TestHouse is the check that the package exists for: the repository against
// its plan.
func TestHouse(t *testing.T) {
	t.Parallel()
	found, err := arch.Plan().Check(os.DirFS("../.."))
	require.NoError(t, err)
	for _, f := range found {
		t.Error(f)
	}
}

// hut is a small house for the fixtures, in which each rule can be broken.
func hut() arch.House {
	return arch.House{
		Module: "example.org/m",
		Door:   "cmd",
		Rows: []arch.Row{
			{Package: "low", Floor: 0, Why: "low knows nobody"},
			{Package: "low/deep", Floor: 0},
			{Package: "helper", Floor: 0, TestHelper: true},
			{Package: "high", Floor: 1, May: []string{"low"}, Never: []string{"net"}, Why: "high neither sends nor listens"},
			{Package: "cmd/tool", Floor: 2, May: []string{"high"}},
		},
		Owners: []arch.Owner{
			{Module: "lib.example/yaml", Packages: []string{"low"}, Why: "files go through low"},
			{Module: "lib.example/yaml/deep", Packages: []string{"high"}},
			{Module: "lib.example/assert", Why: "it is for tests"},
		},
	}
}

// TestRules runs the check over one fixture for each way of breaking a rule.
// A fixture's comment lists what must be found, and no more; its files are
// laid over testdata/base.txtar, in which the plan holds.
func TestRules(t *testing.T) {
	t.Parallel()
	fixtures, err := filepath.Glob("testdata/rules/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, fixtures)
	for _, path := range fixtures {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			t.Parallel()
			tree := fstest.MapFS{}
			lay(t, tree, "testdata/base.txtar")
			want := wanted(lay(t, tree, path))
			assert.Equal(t, want, check(t, hut(), tree))
		})
	}
}

// TestEveryRuleIsBroken keeps the fixtures complete: a rule that no fixture
// breaks may have stopped working unseen.
func TestEveryRuleIsBroken(t *testing.T) {
	t.Parallel()
	var all strings.Builder
	fixtures, err := filepath.Glob("testdata/rules/*.txtar")
	require.NoError(t, err)
	for _, path := range fixtures {
		archive, err := txtar.ParseFile(path)
		require.NoError(t, err)
		all.Write(archive.Comment)
	}
	for _, rule := range []arch.Rule{
		arch.RuleUnlisted, arch.RuleLayer, arch.RuleDoor, arch.RuleOwner,
		arch.RuleStd, arch.RuleTesting, arch.RuleProcess, arch.RuleInit,
	} {
		assert.Contains(t, all.String(), "("+string(rule)+")")
	}
}

// TestPlanRules breaks the plan instead of the tree.
func TestPlanRules(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		spoil func(*arch.House)
		want  []string
	}{
		{"sound", func(*arch.House) {}, nil},
		{
			"row without a package",
			func(h *arch.House) { h.Rows = append(h.Rows, arch.Row{Package: "attic", Floor: 9}) },
			[]string{"example.org/m/attic: the plan has a row for a package that is not there (stale)"},
		},
		{
			"row allows what has no row",
			func(h *arch.House) { h.Rows[3].May = []string{"low", "attic"} },
			[]string{"example.org/m/high: its row allows attic, which has no row (stale)"},
		},
		{
			"owner without a row",
			func(h *arch.House) { h.Owners[0].Packages = []string{"low", "attic"} },
			[]string{"lib.example/yaml: it is owned by attic, which has no row (stale)"},
		},
		{
			"import that points up",
			func(h *arch.House) { h.Rows[0].May = []string{"high"} },
			[]string{"example.org/m/low: floor 0 may not import high on floor 1: imports point down (floor)"},
		},
		{
			"import on the same floor",
			func(h *arch.House) { h.Rows[1].May = []string{"low"} },
			[]string{"example.org/m/low/deep: floor 0 may not import low on floor 0: imports point down (floor)"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tree := fstest.MapFS{}
			lay(t, tree, "testdata/base.txtar")
			h := hut()
			tt.spoil(&h)
			assert.Equal(t, tt.want, check(t, h, tree))
		})
	}
}

func TestCheckReportsWhatItCannotRead(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		tree fs.FS
		want string
	}{
		{"no folder", os.DirFS("testdata/missing"), "arch: "},
		{"no Go", fstest.MapFS{"low/low.go": {Data: []byte("package")}}, "low/low.go:1:8"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := hut().Check(tt.tree)
			assert.ErrorContains(t, err, tt.want)
		})
	}
}

// TestPlanGivesReasons keeps the plan readable: a finding without a reason
// invites a way around it.
func TestPlanGivesReasons(t *testing.T) {
	t.Parallel()
	plan := arch.Plan()
	for _, r := range plan.Rows {
		assert.NotEmpty(t, r.Why, r.Package)
		assert.True(t, slices.IsSorted(r.May), "%s: the list of imports is kept in order", r.Package)
	}
	for _, o := range plan.Owners {
		assert.NotEmpty(t, o.Why, o.Module)
	}
}

// check renders the findings.
func check(t *testing.T, h arch.House, tree fs.FS) []string {
	t.Helper()
	found, err := h.Check(tree)
	require.NoError(t, err)
	var lines []string
	for _, f := range found {
		lines = append(lines, f.String())
	}
	return lines
}

// lay adds an archive's files to a tree and returns the archive's comment.
func lay(t *testing.T, tree fstest.MapFS, path string) (comment string) {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	require.NoError(t, err)
	for _, f := range archive.Files {
		tree[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return string(archive.Comment)
}

// wanted takes the expected findings from a fixture's comment.
func wanted(comment string) []string {
	var want []string
	for line := range strings.Lines(comment) {
		if rest, ok := strings.CutPrefix(line, "want: "); ok {
			want = append(want, strings.TrimSpace(rest))
		}
	}
	return want
}
