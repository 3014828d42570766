package strictyaml_test

import (
	"fmt"
	"time"

	"github.com/ewsbench/ewsbench/internal/strictyaml"
)

func ExampleUnmarshal() {
	var job struct {
		Name  string        `yaml:"name,required"`
		Every time.Duration `yaml:"every"`
		Share float64       `yaml:"share"`
	}
	fmt.Println(strictyaml.Unmarshal("good.yaml", []byte("name: sweep\nevery: 1m30s\nshare: 5%\n"), &job))
	fmt.Println(job.Name, job.Every, job.Share)
	fmt.Println(strictyaml.Unmarshal("bad.yaml", []byte("name: sweep\neverry: 90\n"), &job))
	// Output:
	// <nil>
	// sweep 1m30s 0.05
	// bad.yaml:2:1: unknown key "everry", did you mean "every"?
}

func ExampleDoc_Errorf() {
	data := []byte("sites:\n  - name: east\n    weight: -1\n")
	doc, err := strictyaml.Parse("topology.yaml", data)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(doc.Errorf("sites[0].weight", "weight is negative"))
	// Output:
	// topology.yaml:3:13: weight is negative
}
