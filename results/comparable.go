package results

import (
	"fmt"
	"slices"
	"strings"
)

// incomparable says why two runs did not do the same thing; "" if they did. The
// target's address may differ: that is what runs are compared for.
func incomparable(base, next Run) string {
	var why []string
	differ := func(what string, was, is any) {
		if was != is {
			why = append(why, fmt.Sprintf("%s (%v, then %v)", what, was, is))
		}
	}
	differ("scenario", base.Scenario, next.Scenario)
	differ("seed", base.Seed, next.Seed)
	if base.Seed == next.Seed && base.Scenario == next.Scenario {
		differ("plan", short(base.PlanDigest), short(next.PlanDigest))
	}
	differ("arms", armsOf(base), armsOf(next))
	differ("assignment", base.Assign, next.Assign)
	differ("rate", base.Rate, next.Rate)
	differ("arrival", base.Arrival, next.Arrival)
	differ("shard", base.Shard, next.Shard)
	differ("machine", base.Host, next.Host)
	if len(why) == 0 {
		return ""
	}
	return "the runs did not do the same thing: they differ in " + strings.Join(why, ", ")
}

// short is a digest that people can tell from another one.
func short(digest string) string { return digest[:min(len(digest), 12)] }

// armsOf writes what a run's arms did, without their targets.
func armsOf(r Run) string {
	var arms []string
	for _, a := range r.Arms {
		text := a.Name + " " + a.Anchor
		if a.Affinity {
			text += " with affinity"
		}
		arms = append(arms, text)
	}
	return strings.Join(arms, ", ")
}

// unfit says why a run cannot be compared with any: nothing can be concluded
// from figures of a workload that was not sent.
func unfit(which string, s *Summary) string {
	if s.Valid {
		return ""
	}
	return fmt.Sprintf("the %s run: %s", which, s.Reason)
}

// moved lists the operations that are better or worse in some arm, sorted.
func moved(cs []Comparison, primary string) []string {
	ops := []string{}
	for _, c := range cs {
		if c.Metric == primary && c.Op != AllOps && (c.Verdict == VerdictBetter || c.Verdict == VerdictWorse) {
			ops = append(ops, c.Op)
		}
	}
	slices.Sort(ops)
	return slices.Compact(ops)
}
