package route

import (
	"embed"
	"fmt"

	"github.com/ewsbench/ewsbench/internal/strictyaml"
)

//go:embed profiles/*.yaml
var profiles embed.FS

// DefaultProfile is the profile of a mock that is not asked for another.
const DefaultProfile = "onprem-2site"

// Profiles lists the topologies that come with the mock, the mildest first.
func Profiles() []string {
	return []string{"ideal", "onprem-1site", DefaultProfile, "exo-like", "hostile"}
}

// Profile is the topology of that name. The error for an unknown one lists those that there are.
func Profile(name string) (Topology, error) {
	data, err := ProfileSource(name)
	if err != nil {
		return Topology{}, err
	}
	return Parse(name+".yaml", data)
}

// ProfileSource is the file that describes a profile, with a comment on every parameter: a template for others.
func ProfileSource(name string) ([]byte, error) {
	data, err := profiles.ReadFile("profiles/" + name + ".yaml")
	if err != nil {
		return nil, fmt.Errorf("unknown profile %q%s (there are %v)", name, strictyaml.DidYouMean(name, Profiles()), Profiles())
	}
	return data, nil
}
