package main

import (
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// release is the version of the next release until a build says otherwise.
const release = "0.1.0-dev"

// versions says what was run: it is printed by `version` and stored with each
// run.
type versions struct {
	Version string `json:"version"`
	Commit  string `json:"commit"`
	Go      string `json:"go"`
	Vegeta  string `json:"vegeta"`
}

// readVersions takes what the linker knows; a module build carries its
// version, a checkout its commit.
func readVersions() versions {
	v := versions{Version: release, Commit: "unknown", Go: runtime.Version(), Vegeta: "unknown"}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	if m := info.Main.Version; m != "" && m != "(devel)" {
		v.Version = m
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			v.Commit = s.Value
		}
	}
	for _, dep := range info.Deps {
		if dep.Path == "github.com/tsenart/vegeta/v12" {
			v.Vegeta = dep.Version
		}
	}
	return v
}

func (a *app) versionCmd() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print version, commit, Go and vegeta versions",
		Args:  argsBetween(0, 0),
		RunE: func(*cobra.Command, []string) error {
			v := readVersions()
			if asJSON {
				return json.NewEncoder(a.stdout).Encode(v)
			}
			_, err := fmt.Fprintf(a.stdout, "ewsbench %s\ncommit %s\n%s\nvegeta %s\n", v.Version, v.Commit, v.Go, v.Vegeta)
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	return cmd
}
