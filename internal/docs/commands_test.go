package docs

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestCommandLinesExist holds every `ewsbench VERB --flag` in documentation,
// workflows and scripts to the program itself.
func TestCommandLinesExist(t *testing.T) {
	t.Parallel()
	verbs := surface(t)
	seen := 0
	for _, s := range snippets(t) {
		for _, line := range commandLines(s.code) {
			seen++
			verb := verbs.find(line)
			if verb == nil {
				t.Errorf("%s: ewsbench %s: there is no such verb", s.file, line)
				continue
			}
			for _, flag := range flagsOf(line) {
				assert.True(t, strings.Contains(verb.help, " "+flag+" "), "%s: ewsbench %s: there is no %s", s.file, line, flag)
			}
		}
	}
	assert.Greater(t, seen, 30, "the test looks where the command lines are")
}

// TestFlagsAreDescribed wants each flag of a verb in its section of docs/cli.md,
// and no other.
func TestFlagsAreDescribed(t *testing.T) {
	t.Parallel()
	page := readFile(t, "docs/cli.md")
	verbs := surface(t)
	for _, section := range strings.Split(page, "\n## ")[1:] {
		name, text, _ := strings.Cut(section, "\n")
		verb := verbs.find(name)
		if verb == nil {
			continue // not about a verb
		}
		var described []string
		for _, row := range regexp.MustCompile("(?m)^\\| (`--.*?) \\|").FindAllStringSubmatch(text, -1) {
			described = append(described, flagsOf(row[1])...)
		}
		assert.ElementsMatch(t, verb.flags(), described, "docs/cli.md, section %s", name)
	}
}

// verb is one level of the command line.
type verb struct {
	help string // what --help prints, flags with a space on either side
	subs map[string]*verb
}

// flags lists the flags of a verb, but for --help.
func (v *verb) flags() (names []string) {
	_, list, _ := strings.Cut(v.help, "\nFlags:\n")
	for _, flag := range regexp.MustCompile(`(?m)^ +(?:-\w, )?(--[a-z-]+)`).FindAllStringSubmatch(list, -1) {
		if flag[1] != "--help" {
			names = append(names, flag[1])
		}
	}
	return names
}

// surface asks the program for all of its verbs.
func surface(t *testing.T) *verb {
	t.Helper()
	sources, err := filepath.Glob(filepath.Join(root, "cmd/ewsbench/*.go"))
	require.NoError(t, err)
	for _, name := range sources {
		readFile(t, strings.TrimPrefix(filepath.ToSlash(name), root+"/")) // so that the cache of go test knows what the result depends on
	}
	program := filepath.Join(t.TempDir(), "ewsbench.exe")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", program, "./cmd/ewsbench")
	build.Dir = root
	out, err := build.CombinedOutput()
	require.NoError(t, err, string(out))
	return ask(t, program)
}

func ask(t *testing.T, program string, path ...string) *verb {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), program, append(path, "--help")...).Output()
	require.NoError(t, err)
	v := &verb{help: string(out) + " ", subs: map[string]*verb{}}
	_, list, _ := strings.Cut(v.help, "Available Commands:\n")
	list, _, _ = strings.Cut(list, "\n\n")
	for line := range strings.Lines(list) {
		name := strings.Fields(line)[0]
		if name != "help" && name != "completion" {
			v.subs[name] = ask(t, program, append(path, name)...)
		}
	}
	return v
}

// find returns the verb of a command line, or nil.
func (v *verb) find(line string) *verb {
	for word := range strings.FieldsSeq(line) {
		if len(v.subs) == 0 || strings.HasPrefix(word, "-") {
			return v
		}
		sub := v.subs[strings.TrimRight(word, ",\"'")]
		if sub == nil {
			return nil
		}
		v = sub
	}
	return v
}

// commandLines finds what follows the program's name, up to the end of the
// command.
func commandLines(code string) (lines []string) {
	for _, m := range regexp.MustCompile(`(?m)(?:^|[\s"'/(])ewsbench"? ([a-z][^\n|;&#>]*)`).FindAllStringSubmatch(code, -1) {
		line, _, _ := strings.Cut(m[1]+" ", " -- ")
		if verb, _, _ := strings.Cut(line, " "); verb != "completion" { // cobra's own
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	return lines
}

// flagsOf lists the flags in a piece of text.
func flagsOf(text string) []string {
	return regexp.MustCompile(`--[a-z][a-z-]*`).FindAllString(text, -1)
}

// TestMakeTargetsExist holds every `make TARGET` and `make TARGET VARIABLE=` to
// the Makefile.
func TestMakeTargetsExist(t *testing.T) {
	t.Parallel()
	makefile, seen := readFile(t, "Makefile"), 0
	call := regexp.MustCompile(`\bmake((?: [a-z-]+\b)+)((?: [A-Z]+=)?)`)
	has := func(pattern string) bool { return regexp.MustCompile("(?m)^" + pattern).MatchString(makefile) }
	for _, s := range snippets(t) {
		for _, m := range call.FindAllStringSubmatch(s.code, -1) {
			for target := range strings.FieldsSeq(m[1]) {
				seen++
				assert.True(t, target == "make" || has(target+":"), "%s: %s", s.file, m[0]) // .ci/run installs make
			}
			if variable := strings.Trim(m[2], " ="); variable != "" {
				assert.True(t, has(variable+` +\?=`), "%s: %s", s.file, m[0])
			}
		}
	}
	assert.Greater(t, seen, 20, "the test looks where the targets are named")
}
