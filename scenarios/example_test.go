package scenarios_test

import (
	"fmt"

	"github.com/ewsbench/ewsbench/scenarios"
)

func Example() {
	s, err := scenarios.Load("oof-sweep")
	if err != nil {
		fmt.Println(err)
		return
	}
	plan, err := s.Plan(1, scenarios.Users(s.Mailboxes, "contoso.com"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for n := range uint64(3) {
		c := plan.At(n)
		fmt.Println(c.Op, c.Mailbox)
	}
	// Output:
	// GetUserOofSettings user000515@contoso.com
	// GetUserOofSettings user000583@contoso.com
	// SetUserOofSettings user000683@contoso.com
}

// A session binds what earlier answers said into later requests. Here none
// comes: the third call of a visit is late, for it needs what the second finds.
func ExampleSession() {
	s, err := scenarios.Load("anchor-penalty")
	if err != nil {
		fmt.Println(err)
		return
	}
	plan, err := s.Plan(1, scenarios.Users(s.Mailboxes, "contoso.com"))
	if err != nil {
		fmt.Println(err)
		return
	}
	session := plan.NewSession(2)
	for _, n := range []uint64{0, 60, 120} { // sixty visits are in progress at once
		c := plan.At(n)
		_, late := session.Request(0, c)
		fmt.Println(c.Mailbox, c.Op, late)
	}
	// Output:
	// user000515@contoso.com GetFolder false
	// user000515@contoso.com FindItem false
	// user000515@contoso.com GetItem true
}
