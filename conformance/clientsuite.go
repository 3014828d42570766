package conformance

import (
	"context"
	"time"

	"github.com/ewsbench/ewsbench/results"
)

// Trial is how a program went about a case.
type Trial struct {
	Sight
	// Unsupported says that the program said so: it knows no such case.
	Unsupported bool
	// Ended is how it ended, in words that go on from "the program"; "" for well.
	Ended string
}

// ClientSuite has a program go through cases, one after the other, and judges what it sends.
type ClientSuite struct {
	Clauses []ClientClause
	// Try runs the program for a case. An error says that it could not be tried.
	Try func(context.Context, Case) (Trial, error)
	// Known are failures that are known. The zero value knows none.
	Known Known
	// Found hears of each finding as it is made. nil: nobody listens.
	Found func(results.Finding)
}

// Run tries the cases of all clauses, and returns what it found in the order of the clauses.
func (s *ClientSuite) Run(ctx context.Context) results.Conformity {
	began := time.Now()
	found := map[string]results.Finding{}
	for _, c := range Cases() {
		if mine := s.of(c); len(mine) > 0 && ctx.Err() == nil {
			s.try(ctx, c, mine, found)
		}
	}
	out := results.Conformity{Schema: 1, Scope: string(OfClient), Started: began.UTC().Format(time.RFC3339), Elapsed: milliseconds(time.Since(began))}
	for i := range s.Clauses {
		if f, ok := found[string(s.Clauses[i].ID)]; ok {
			out.Findings = append(out.Findings, f)
		}
	}
	out.Problems = s.Known.problems(out.Findings)
	return out
}

// of are the clauses that a case tries.
func (s *ClientSuite) of(c Case) (mine []ClientClause) {
	for i := range s.Clauses {
		if s.Clauses[i].Case == c.Name {
			mine = append(mine, s.Clauses[i])
		}
	}
	return mine
}

func (s *ClientSuite) try(ctx context.Context, c Case, clauses []ClientClause, found map[string]results.Finding) {
	began := time.Now()
	trial, err := s.Try(ctx, c)
	for i := range clauses {
		f := clauses[i].finding()
		switch {
		case err != nil:
			f.Status, f.Reason = results.Errored, err.Error()
		case trial.Unsupported:
			f.Status, f.Reason = results.Skip, "the program does not know the case "+c.Name
		default:
			f = clauses[i].Judge(trial.Sight, trial.Ended)
		}
		f.Elapsed = milliseconds(time.Since(began)) / float64(len(clauses))
		f = s.Known.apply(f)
		found[f.Clause] = f
		if s.Found != nil {
			s.Found(f)
		}
	}
}

// JudgeTraffic judges whatever came by, by all clauses at once.
func (s *ClientSuite) JudgeTraffic(seen Sight, since time.Time) results.Conformity {
	out := results.Conformity{
		Schema: 1, Scope: string(OfClient), Started: since.UTC().Format(time.RFC3339), Elapsed: milliseconds(time.Since(since)),
	}
	for i := range s.Clauses {
		f := s.Known.apply(s.Clauses[i].Judge(seen, ""))
		out.Findings = append(out.Findings, f)
		if s.Found != nil {
			s.Found(f)
		}
	}
	out.Problems = s.Known.problems(out.Findings)
	return out
}
