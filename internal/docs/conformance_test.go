package docs

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"text/template"

	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/conformance"
	"github.com/ewsbench/ewsbench/internal/golden"
	"github.com/ewsbench/ewsbench/report"
)

// TestConformancePage generates docs/conformance.md from the clauses.
func TestConformancePage(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/conformance.md.tmpl")
	require.NoError(t, err)
	codes := func(ids []string) string {
		if len(ids) == 0 {
			return ""
		}
		return "`" + strings.Join(ids, "`, `") + "`"
	}
	page, err := template.New("page").Funcs(template.FuncMap{"codes": codes}).Parse(string(text))
	require.NoError(t, err)
	var catalogue, out bytes.Buffer
	require.NoError(t, report.CatalogueMarkdown(&catalogue, entries()))
	require.NoError(t, page.Execute(&out, map[string]any{
		"Servers":    len(conformance.Server()),
		"Statements": conformance.Statements(), "Catalogue": catalogue.String(),
	}))
	golden.CheckFile(t, filepath.Join(root, "docs", "conformance.md"), out.Bytes())
}

// entries are the clauses as the catalogue shows them.
func entries() (all []report.CatalogueEntry) {
	for _, c := range conformance.Server() {
		e := report.CatalogueEntry{
			Clause: c.ID, Level: string(c.Level), Rule: c.Rule, Source: c.Source, Admissible: c.Admissible, Defect: c.Saboteur.Defect,
		}
		for _, p := range c.Products {
			e.Products = append(e.Products, string(p))
		}
		all = append(all, e)
	}
	return all
}
