package main

import (
	"bytes"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/ewsbench/ewsbench/conformance"
	"github.com/ewsbench/ewsbench/report"
	"github.com/ewsbench/ewsbench/results"
)

// recordFlags say what is judged, and where the findings go.
type recordFlags struct {
	json, list, quiet, fix bool
	junit, html            string
	level, known           string
	pauseGiven             bool
}

func (f *recordFlags) register(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.BoolVar(&f.json, "json", false, "print the findings as JSON")
	fs.StringVar(&f.junit, "junit", "", "write the findings to a JUnit `file`")
	fs.StringVar(&f.html, "html", "", "write the findings to an HTML `file` that needs nothing beside it")
	fs.StringVar(&f.level, "level", "all", "which clauses: must, should (and must) or all")
	fs.StringVar(&f.known, "known-failures", "", "`file` of failures that are known; one that passes, or was not judged, fails the run")
	fs.BoolVar(&f.fix, "fix", false, "write the --known-failures file anew, from what was found; only with all clauses")
	fs.BoolVar(&f.list, "list", false, "print the clauses, and ask nothing")
	fs.BoolVar(&f.quiet, "quiet", false, "say nothing on stderr of each finding")
}

// readKnown reads --known-failures.
func (f *recordFlags) readKnown(ids []string) (conformance.Known, error) {
	if f.known == "" {
		if f.fix {
			return conformance.Known{}, usageError(fmt.Errorf("--fix without --known-failures"), "name the file that it shall write")
		}
		return conformance.Known{}, nil
	}
	if _, err := os.Stat(f.known); f.fix && os.IsNotExist(err) {
		return conformance.Known{}, nil
	}
	data, err := readFile("--known-failures", f.known)
	if err != nil {
		return conformance.Known{}, err
	}
	known, err := conformance.ParseKnown(f.known, data, ids)
	if err != nil {
		return known, usageError(err, "a line is a clause's id, and behind a # the beginning of what comes instead")
	}
	return known, nil
}

// record writes the findings to where the flags say. whole says that all clauses were asked about.
func (a *app) record(c *results.Conformity, f recordFlags, whole bool) error {
	for _, out := range []struct {
		flag, file string
		write      func(io.Writer, *results.Conformity) error
	}{{"--junit", f.junit, report.ConformJUnit}, {"--html", f.html, report.ConformHTML}} {
		if out.file == "" {
			continue
		}
		var b bytes.Buffer
		if err := out.write(&b, c); err != nil {
			return err
		}
		if err := os.WriteFile(out.file, b.Bytes(), 0o644); err != nil {
			return failure(fmt.Errorf("%s: %w", out.flag, err), "can the file be written?")
		}
	}
	if f.fix {
		if err := fixKnown(f.known, c, whole); err != nil {
			return err
		}
	}
	write := report.ConformText
	if f.json {
		write = report.ConformJSON
	}
	if err := write(a.stdout, c); err != nil {
		return failure(err, "is stdout still open?")
	}
	return nil
}

// fixKnown writes the list of known failures anew.
func fixKnown(file string, c *results.Conformity, whole bool) error {
	if !whole {
		return usageError(fmt.Errorf("--fix with a part of the clauses"), "it would forget what it has not asked about")
	}
	if err := os.WriteFile(file, []byte(conformance.KnownText(c.Findings)), 0o644); err != nil {
		return failure(fmt.Errorf("--fix: %w", err), "can %s be written?", file)
	}
	return nil
}
