package route_test

import (
	"fmt"

	"github.com/ewsbench/ewsbench/mockews/route"
)

// Where does a call for a user land, with the anchor and without it?
func Example() {
	topology, err := route.Profile("onprem-2site")
	if err != nil {
		fmt.Println(err)
		return
	}
	org, err := route.Build(topology)
	if err != nil {
		fmt.Println(err)
		return
	}
	account, _ := org.Find("svc-bench@contoso.com")
	for _, anchor := range []string{"user000042@contoso.com", ""} {
		choice := org.Choose(route.Hints{Caller: account, Anchor: anchor})
		fmt.Printf("%s by %s\n", org.BackEnd(choice.BackEnd).Name, choice.Source)
	}
	// Output:
	// EAST-BE2 by anchor
	// EAST-BE1 by identity
}
