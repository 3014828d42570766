package report

import (
	"bytes"
	"io"
	"os"
	"path/filepath"

	"github.com/ewsbench/ewsbench/results"
)

// WriteAll writes the reports of a run into its directory: summary.json,
// junit.xml, report.md, report.html, plots/*.svg and plots/*.png. What machines
// decide by comes first, so that it is there if the disk fills. A file that is there
// already is replaced.
func WriteAll(dir string, a *results.Analysis) error {
	for _, f := range []struct {
		name  string
		write func(io.Writer, *results.Analysis) error
	}{{"summary.json", JSON}, {"junit.xml", JUnit}, {"report.md", Markdown}, {"report.html", HTML}} {
		var b bytes.Buffer
		if err := f.write(&b, a); err != nil {
			return err
		}
		if err := replace(filepath.Join(dir, f.name), b.Bytes()); err != nil {
			return err
		}
	}
	return writePlots(filepath.Join(dir, "plots"), a)
}

func writePlots(dir string, a *results.Analysis) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	plots, err := Plots(a)
	if err != nil {
		return err
	}
	for _, p := range plots {
		if err := replace(filepath.Join(dir, p.Name+".svg"), p.SVG); err != nil {
			return err
		}
		if err := replace(filepath.Join(dir, p.Name+".png"), p.PNG); err != nil {
			return err
		}
	}
	return nil
}

// replace writes a file whole or not at all.
func replace(path string, data []byte) error {
	if err := os.WriteFile(path+".part", data, 0o644); err != nil {
		_ = os.Remove(path + ".part") // the error of the write is the one that matters
		return err
	}
	return os.Rename(path+".part", path)
}
