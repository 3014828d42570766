package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ewsbench/ewsbench/conformance"
	"github.com/ewsbench/ewsbench/report"
)

func (a *app) conformCmd() *cobra.Command {
	var list, asJSON bool
	cmd := &cobra.Command{
		Use:   "conform",
		Short: "Check a server or a client, clause by clause",
		Long: `Checks an EWS endpoint, or what a client sends, against clauses: rules of
public documents, each with its source and with a defect under which it fails.
docs/conformance.md is the catalogue.`,
		Example: `  ewsbench conform --list
  ewsbench conform server
  ewsbench conform client -- ./my-program
  ewsbench conform server imp anchor --target https://mail.contoso.com/EWS/Exchange.asmx`,
		Args: noVerb,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !list {
				return cmd.Help()
			}
			return a.listClauses(catalogue(), asJSON)
		},
	}
	cmd.Flags().BoolVar(&list, "list", false, "print the catalogue of all clauses")
	cmd.Flags().BoolVar(&asJSON, "json", false, "with --list: as JSON")
	cmd.AddCommand(a.conformServerCmd(), a.conformClientCmd())
	return cmd
}

// entry is a clause as the catalogue shows it.
type entry = report.CatalogueEntry

// catalogue lists all clauses.
func catalogue() (all []entry) {
	return append(serverCatalogue(conformance.Server()), clientCatalogue(conformance.ForClients())...)
}

func serverCatalogue(clauses []conformance.Clause) (all []entry) {
	for _, c := range clauses {
		e := entry{
			Clause: c.ID, Scope: string(conformance.OfServer), Level: string(c.Level), Rule: c.Rule, Source: c.Source,
			Admissible: c.Admissible, Defect: c.Saboteur.Defect,
		}
		for _, p := range c.Products {
			e.Products = append(e.Products, string(p))
		}
		all = append(all, e)
	}
	return all
}

func (a *app) listClauses(all []entry, asJSON bool) error {
	write := report.CatalogueText
	if asJSON {
		write = report.CatalogueJSON
	}
	if err := write(a.stdout, all); err != nil {
		return failure(err, "is stdout still open?")
	}
	return nil
}

// parseLevel reads a value of --level.
func parseLevel(word string) (conformance.Level, error) {
	switch word {
	case "must":
		return conformance.Must, nil
	case "should":
		return conformance.Should, nil
	case "all":
		return conformance.Observed, nil
	}
	return "", usageError(fmt.Errorf("--level %q is unknown", word), "must, should or all")
}

// selectClauses chooses by words and level. A selection that matches nothing is a mistake: it would pass for ever.
func selectClauses(all []conformance.Clause, words []string, level string) ([]conformance.Clause, error) {
	least, err := parseLevel(level)
	if err != nil {
		return nil, err
	}
	chosen, unmatched := conformance.Select(all, words)
	if len(unmatched) > 0 {
		return nil, usageError(fmt.Errorf("no clause is called %s", strings.Join(unmatched, ", ")), "%s", clauseHint(all, unmatched[0]))
	}
	if chosen = conformance.AtLeast(chosen, least); len(chosen) == 0 {
		return nil, usageError(errors.New("the selection holds no clause of that level"), "ewsbench conform --list shows the levels")
	}
	return chosen, nil
}

// clauseHint says what was perhaps meant.
func clauseHint(all []conformance.Clause, word string) string {
	var areas []string
	for i := range all {
		if area := all[i].Area(); !slices.Contains(areas, area) {
			areas = append(areas, area)
		}
	}
	var near []string
	for i := range all {
		if strings.Contains(all[i].ID, word) && len(near) < 3 {
			near = append(near, all[i].ID)
		}
	}
	if len(near) > 0 {
		return "did you mean " + strings.Join(near, " or ") + "?"
	}
	return "the areas are " + strings.Join(areas, ", ") + "; ewsbench conform --list shows all clauses"
}
