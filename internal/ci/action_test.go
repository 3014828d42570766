package ci

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// step is one step of an action or of a workflow's job.
type step struct {
	Name  string            `yaml:"name"`
	ID    string            `yaml:"id"`
	If    string            `yaml:"if"`
	Uses  string            `yaml:"uses"`
	With  map[string]string `yaml:"with"`
	Env   map[string]string `yaml:"env"`
	Shell string            `yaml:"shell"`
	Run   string            `yaml:"run"`
}

// action is action.yml, read strictly: a key that GitHub does not know is an
// error here too.
type action struct {
	Name        string                       `yaml:"name"`
	Description string                       `yaml:"description"`
	Branding    struct{ Icon, Color string } `yaml:"branding"`
	Inputs      map[string]struct{ Description, Default string }
	Outputs     map[string]struct{ Description, Value string }
	Runs        struct {
		Using string
		Steps []step
	}
}

func readAction(t *testing.T) action {
	t.Helper()
	var a action
	require.NoError(t, yaml.UnmarshalWithOptions([]byte(read(t, "../..", "action.yml")), &a, yaml.DisallowUnknownField()))
	return a
}

func (a action) step(t *testing.T, name string) step {
	t.Helper()
	for _, s := range a.Runs.Steps {
		if s.Name == name {
			return s
		}
	}
	require.Fail(t, "action.yml has no step "+name)
	return step{}
}

// TestActionIsWhole wants each input used and documented, and each output made.
func TestActionIsWhole(t *testing.T) {
	t.Parallel()
	text, page, a := read(t, "../..", "action.yml"), read(t, "../../docs/ci", "README.md"), readAction(t)
	assert.Equal(t, "composite", a.Runs.Using)
	for name, input := range a.Inputs {
		assert.NotEmpty(t, input.Description, name)
		assert.Contains(t, text, "inputs."+name, "an input without effect")
		assert.Contains(t, page, "\n| `"+name+"` |", "docs/ci/README.md describes each input")
	}
	run := a.step(t, "run")
	for name, output := range a.Outputs {
		assert.Equal(t, "${{ steps."+run.ID+".outputs."+name+" }}", output.Value)
		assert.Contains(t, run.Run, `echo "`+name+"=")
		assert.Contains(t, page, "\n| `"+name+"` |", "docs/ci/README.md describes each output")
	}
	assert.Equal(t, strings.Count(page, "\n| `"), len(a.Inputs)+len(a.Outputs), "and nothing else")
}

// TestScriptsTakeNoExpressions keeps what users and branches are named out of the
// text of scripts: it goes through the environment.
func TestScriptsTakeNoExpressions(t *testing.T) {
	t.Parallel()
	steps := readAction(t).Runs.Steps
	workflows, err := filepath.Glob("../../.github/workflows/*.yml")
	require.NoError(t, err)
	require.NotEmpty(t, workflows)
	for _, path := range workflows {
		var w struct {
			Jobs map[string]struct{ Steps []step }
		}
		require.NoError(t, yaml.Unmarshal([]byte(read(t, ".", path)), &w))
		for _, job := range w.Jobs {
			steps = append(steps, job.Steps...)
		}
	}
	for _, s := range steps {
		assert.NotContains(t, s.Run, "${{")
	}
}

// runStep runs one step of the action as the runner would, and returns what it
// put out.
func runStep(t *testing.T, s *standIn, name string, env ...string) (outputs, printed string) {
	t.Helper()
	temp := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(temp, "ewsbench-bin"), 0o700))
	require.NoError(t, os.Symlink(s.path, filepath.Join(temp, "ewsbench-bin", "ewsbench")))
	output := filepath.Join(temp, "output")
	env = append([]string{"RUNNER_TEMP=" + temp, "GITHUB_OUTPUT=" + output}, env...)
	printed = s.script(t, env, "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", readAction(t).step(t, name).Run)
	return read(t, temp, "output"), printed
}

// TestActionRuns wants each input as words of the command line, whatever is in
// it, and the exit code handed on.
func TestActionRuns(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		inputs []string
		code   string
		want   []string // after --out DIR --progress plain
	}{
		{"nothing given", []string{"SCENARIO=oof-sweep"}, "0", []string{"--", "oof-sweep"}},
		{"one target", []string{"SCENARIO=s", "TARGET=mock:ideal"}, "0", []string{"--target", "mock:ideal", "--", "s"}},
		{
			"two targets",
			[]string{"SCENARIO=s", "TARGET=base=http://127.0.0.1:1/a b\n\ncandidate=mock:\n"},
			"0",
			[]string{"--target", "base=http://127.0.0.1:1/a b", "--target", "candidate=mock:", "--", "s"},
		},
		{"flags", []string{"SCENARIO=s", "ARGS=--seed 2\n--duration 5s"}, "0", []string{"--seed", "2", "--duration", "5s", "--", "s"}},
		{
			"no shell",
			[]string{"SCENARIO=$(touch a); touch b", "TARGET=`touch c`", "ARGS=; touch * $HOME"},
			"0",
			[]string{"--target", "`touch c`", ";", "touch", "*", "$HOME", "--", "$(touch a); touch b"},
		},
		{"a scenario like a flag", []string{"SCENARIO=--help"}, "0", []string{"--", "--help"}},
		{"bad", []string{"SCENARIO=s"}, "3", []string{"--", "s"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newStandIn(t)
			s.exits(t, map[string]string{"run s": tt.code})
			outputs, printed := runStep(t, s, "run", tt.inputs...)
			assert.Contains(t, outputs, "exit-code="+tt.code+"\n", printed)
			assert.Equal(t, tt.code != "0", s.code != 0)

			words := strings.Split(strings.TrimSuffix(read(t, s.dir, "words"), "\n"), "\n")
			require.Equal(t, []string{"run", "--out"}, words[:2])
			assert.Contains(t, outputs, "directory="+words[2]+"\n")
			assert.Equal(t, append([]string{"--progress", "plain"}, tt.want...), words[3:])
		})
	}
}
