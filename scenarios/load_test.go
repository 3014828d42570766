package scenarios_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/scenarios"
)

func TestBuiltIns(t *testing.T) {
	t.Parallel()
	assert.Equal(t, []string{"anchor-penalty", "archive-sweep", "backup-incremental", "calendar-sync", "interactive-mmb", "migration-full", "notifications", "oof-sweep"}, scenarios.Names())
	assert.Contains(t, scenarios.Names(), scenarios.Default)
	for _, name := range scenarios.Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := scenarios.Load(name)
			require.NoError(t, err)
			assert.Equal(t, name, s.Name)
			assert.NotEmpty(t, s.Title)
			require.NoError(t, s.Validate(), "what was loaded is valid in code too")
			assert.Equal(t, scenarios.AnchorCorrect, s.Arms[0].Anchor, "each arm is compared with the right one")
			assert.Equal(t, scenarios.AnchorMissing, s.Arms[1].Anchor)
			for _, gate := range s.Expect {
				assert.Equal(t, s.Arms[0].Name, gate.Arm, "the other arms are there to be worse")
			}
		})
	}
}

func TestAnchorPenalty(t *testing.T) {
	t.Parallel()
	s, err := scenarios.Load(scenarios.Default)
	require.NoError(t, err)
	var ops []ews.Op
	var weights []int
	for _, step := range s.Steps {
		ops, weights = append(ops, step.Op), append(weights, step.Weight)
	}
	assert.Equal(t, []ews.Op{ews.OpGetFolder, ews.OpFindItem, ews.OpGetItem}, ops)
	assert.Equal(t, []int{1, 1, 2}, weights)
	var policies []scenarios.Anchor
	for i, arm := range s.Arms {
		policies = append(policies, arm.Anchor)
		assert.Equal(t, i >= 2, arm.Optional, "the first two run by default")
	}
	assert.Equal(t, scenarios.Anchors(), policies)
}

func TestLoadFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	source, err := scenarios.Source("oof-sweep")
	require.NoError(t, err)
	for _, name := range []string{"mine.yaml", "mine.yml", "mine"} {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, source, 0o600))
		s, err := scenarios.Load(path)
		require.NoError(t, err)
		assert.Equal(t, "oof-sweep", s.Name)
	}
	_, err = scenarios.Load(filepath.Join(dir, "none.yaml"))
	require.ErrorIs(t, err, os.ErrNotExist)
	_, err = scenarios.Load(dir)
	require.ErrorContains(t, err, "reading the scenario")

	large := filepath.Join(dir, "large.yaml")
	require.NoError(t, os.WriteFile(large, make([]byte, 3<<20), 0o600))
	_, err = scenarios.Load(large)
	require.EqualError(t, err, large+":1:1: the file has 1048577 bytes, more than 1048576")
}

func TestLoadUnknown(t *testing.T) {
	t.Parallel()
	_, err := scenarios.Load("anchor-penatly")
	require.ErrorIs(t, err, scenarios.ErrUnknown)
	require.EqualError(t, err, `unknown scenario "anchor-penatly", did you mean "anchor-penalty"? `+
		`(built in: anchor-penalty, archive-sweep, backup-incremental, calendar-sync, interactive-mmb, migration-full, notifications, oof-sweep; a file's name has a / or ends in .yaml)`)
	for _, name := range []string{"", ".", "..", "nothing"} {
		_, err = scenarios.Load(name)
		require.ErrorIs(t, err, scenarios.ErrUnknown, "%q", name)
		assert.NotContains(t, err.Error(), "did you mean")
	}
}

func TestParseGivesDefaults(t *testing.T) {
	t.Parallel()
	s, err := scenarios.Parse("f", []byte(`{schema: 1, name: x, mailboxes: 10, rate: max, duration: 1m, order: visit,
steps: [{op: FindItem}, {op: GetItem}, {op: SyncFolderHierarchy}, {op: GetFolder}, {op: SyncFolderItems}, {op: SyncFolderItems, folder: inbox}],
arms: [{name: a, anchor: correct}]}`))
	require.NoError(t, err)
	require.NoError(t, s.Validate(), "with its defaults it is as valid as before")
	assert.Equal(t, scenarios.ArrivalConstant, s.Arrival)
	assert.Equal(t, "latency_p50", s.Primary)
	assert.Equal(t, 10, s.Visits, "no more than the mailboxes")
	assert.Equal(t, time.Minute, s.Duration)
	assert.True(t, s.Rate.Max)
	assert.Equal(t, []scenarios.Step{
		{Op: ews.OpFindItem, Weight: 1, Folder: "inbox", Page: 100, Shape: "IdOnly"},
		{Op: ews.OpGetItem, Weight: 1, Batch: 1, Shape: "Default"},
		{Op: ews.OpSyncFolderHierarchy, Weight: 1, Shape: "IdOnly"},
		{Op: ews.OpGetFolder, Weight: 1, Folder: "inbox", Shape: "Default"},
		{Op: ews.OpSyncFolderItems, Weight: 1, MaxChanges: 512, Shape: "IdOnly"},
		{Op: ews.OpSyncFolderItems, Weight: 1, Folder: "inbox", MaxChanges: 512, Shape: "IdOnly"},
	}, s.Steps)
}

func TestValidateNamesPaths(t *testing.T) {
	t.Parallel()
	good := sample()
	require.NoError(t, good.Validate())
	for _, tc := range []struct {
		name   string
		change func(*scenarios.Scenario)
		want   string
	}{
		{"schema", func(s *scenarios.Scenario) { s.Schema = 0 }, "schema: schema 0 is not known, this version reads schema 1"},
		{"rate", func(s *scenarios.Scenario) { s.Rate = scenarios.Rate{} }, "rate: rate must be more than zero"},
		{"mailboxes", func(s *scenarios.Scenario) { s.Mailboxes = 0 }, "mailboxes: mailboxes must be 1 or more"},
		{"weight", func(s *scenarios.Scenario) { s.Steps[1].Weight = -1 }, "steps[1].weight: weight must be 1 to 1000, not -1"},
		{"unused key", func(s *scenarios.Scenario) { s.Steps[1].Batch = 2 }, "steps[1].batch: batch has no meaning for FindItem"},
		{
			"duration after --duration", func(s *scenarios.Scenario) { s.Duration = time.Second },
			"duration: duration 1s is too short for six blocks of 300ms: write 1.8s or more",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s := sample()
			tc.change(&s)
			require.EqualError(t, s.Validate(), tc.want)
		})
	}
}

// FuzzLoadScenario holds that no file panics, and that what is accepted makes
// a plan whose first calls, requests and digest can be had.
func FuzzLoadScenario(f *testing.F) {
	for _, name := range scenarios.Names() {
		source, err := scenarios.Source(name)
		require.NoError(f, err)
		f.Add(source)
	}
	files, err := filepath.Glob("testdata/bad/*.yaml")
	require.NoError(f, err)
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(f, err)
		f.Add(data)
	}
	f.Add([]byte(keysBase))
	for _, shape := range []string{
		"steps\nlevels: [50%, 2]", "spike\nspike: {to: 3, at: 9s, for: 2s}", "sine\nsine: {amplitude: 50%, period: 9s}\naa: 4s",
	} {
		f.Add([]byte(strings.Replace(keysBase, "arrival: ramp", "arrival: "+shape, 1)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := scenarios.Parse("f", data)
		if err != nil {
			assert.NotEmpty(t, err.Error())
			return
		}
		require.NoError(t, s.Validate())
		p := planOf(t, *s, 1)
		session := p.NewSession(1)
		for n := range uint64(20) {
			c := p.At(n)
			r, _ := session.Request(0, c)
			assert.Equal(t, c.Op, r.Body.Op())
		}
		assert.Len(t, p.Digest(), 64)
	})
}
