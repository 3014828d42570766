package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ewsbench/ewsbench/scenarios"
)

// chooseArms keeps the arms that were asked for, in the scenario's order, or
// those that run by default; or makes those that --target names.
func (f *runFlags) chooseArms(all []scenarios.Arm) ([]scenarios.Arm, error) {
	made, err := targetArms(f.targets, all)
	if err != nil {
		return nil, err
	}
	if len(made) > 0 {
		if len(f.arms) > 0 {
			return nil, usageError(fmt.Errorf("--arm chooses among the scenario's arms, and --target names new ones: %s", armNames(made)),
				"leave --arm out")
		}
		return made, nil
	}
	for _, name := range f.arms {
		if !hasArm(all, name) {
			return nil, usageError(fmt.Errorf("--arm: the scenario has no arm %q", name), "its arms are %s", armNames(all))
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(arm scenarios.Arm) bool {
		if len(f.arms) > 0 {
			return !slices.Contains(f.arms, arm.Name)
		}
		return arm.Optional
	}), nil
}

func hasArm(arms []scenarios.Arm, name string) bool {
	return slices.ContainsFunc(arms, func(arm scenarios.Arm) bool { return arm.Name == name })
}

func armNames(arms []scenarios.Arm) string {
	var names []string
	for _, arm := range arms {
		names = append(names, arm.Name)
	}
	return strings.Join(names, ", ")
}
