package fault_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/fault"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// hits are the keys below 4000 that a rule with a probability hits.
func hits(seed route.Dice, name string, p fault.Share) (keys []uint64) {
	s := fault.NewSet(seed, start(), []fault.Rule{{Name: name, Probability: p, Fault: fault.Fault{None: &fault.None{}}}})
	for key := range uint64(4000) {
		c := call()
		c.Key = key
		if len(effect(s, c).Rules) > 0 {
			keys = append(keys, key)
		}
	}
	return keys
}

// Whom a rule hits is a pure function of seed, name and request, and more probability hits more of the same.
func TestProbability(t *testing.T) {
	t.Parallel()
	tenth := hits(1, "a", 0.1)
	assert.InDelta(t, 400, len(tenth), 60)
	assert.Equal(t, tenth, hits(1, "a", 0.1))
	assert.NotEqual(t, tenth, hits(2, "a", 0.1), "another seed")
	assert.NotEqual(t, tenth, hits(1, "b", 0.1), "another name")
	assert.Subset(t, hits(1, "a", 0.2), tenth)
	assert.Len(t, hits(1, "a", 0), 4000, "none given: all")
	assert.Len(t, hits(1, "a", 1), 4000)
}

func TestRulesCombine(t *testing.T) {
	t.Parallel()
	late := func(name string) fault.Rule {
		return fault.Rule{Name: name, Fault: fault.Fault{Latency: &fault.Latency{Fixed: ms}}}
	}
	s := fault.NewSet(route.Dice(1), start(), []fault.Rule{
		late("a"),
		{Name: "b", Fault: fault.Fault{Page: &fault.Page{}}},
		late("c"),
		{Name: "d", Fault: fault.Fault{SOAP: &fault.SOAP{Code: ews.ErrorServerBusy}}},
		{Name: "e", Fault: fault.Fault{Drip: &fault.Drip{}}},
		{Fault: fault.Fault{Hang: &fault.Hang{}}},
	})
	c := call()
	met := effect(s, c)
	assert.Equal(t, []string{"a", "b", "c", "e"}, met.Rules, "the second answer and the second delivery have nothing left to do")
	assert.Equal(t, 2*ms, met.Delay)
	assert.Equal(t, 503, met.Answer.Page)
	assert.Equal(t, fault.HowDrip, met.Delivery.How)
}

func TestRulesComeAndGo(t *testing.T) {
	t.Parallel()
	s := fault.NewSet(route.Dice(1), start(), nil)
	assert.True(t, s.Empty())
	off := s.Add(fault.Rule{Name: "a", Fault: fault.Fault{None: &fault.None{}}}, start())
	s.Add(fault.Rule{TTL: time.Minute, Fault: fault.Fault{None: &fault.None{}}}, start().Add(time.Second))
	met := func(after time.Duration) []string {
		c := call()
		c.Arrived = start().Add(after)
		return effect(s, c).Rules
	}
	assert.Equal(t, []string{"a", "none"}, met(time.Minute))
	assert.Len(t, s.Rules(start().Add(time.Hour)), 1, "the time of the second is over")
	assert.Equal(t, []string{"a"}, met(61*time.Second))
	off()
	off()
	assert.True(t, s.Empty(), "what is over takes no room")
	assert.Empty(t, met(0))
}

// Calls are numbered in an order of their own, and those of each arm by themselves.
func TestNumbersAreDeterministic(t *testing.T) {
	t.Parallel()
	third := func() (keys []string) {
		synctest.Test(t, func(t *testing.T) {
			r := fault.Rule{Match: fault.Match{Nth: 3}, Fault: fault.Fault{None: &fault.None{}}}
			s := fault.NewSet(route.Dice(1), time.Now(), []fault.Rule{r})
			var mu sync.Mutex
			var calls sync.WaitGroup
			for _, anchor := range []fault.Anchor{fault.AnchorCorrect, fault.AnchorMissing} {
				for i := range 20 {
					calls.Go(func() {
						c := call()
						c.Key, c.Anchor, c.Arrived = route.Key(fmt.Sprint(i)), anchor, time.Now()
						if len(effect(s, c).Rules) > 0 {
							mu.Lock()
							defer mu.Unlock()
							keys = append(keys, fmt.Sprint(anchor, i))
						}
					})
				}
			}
			calls.Wait()
		})
		slices.Sort(keys)
		return keys
	}
	first := third()
	require.Len(t, first, 2)
	assert.Equal(t, first[0][len("correct"):], first[1][len("missing"):], "the same call in both arms")
	for range 20 {
		require.Equal(t, first, third())
	}
}

func TestEveryAndFirst(t *testing.T) {
	t.Parallel()
	numbers := func(m fault.Match) (hit []int) {
		s := fault.NewSet(route.Dice(1), start(), []fault.Rule{{Match: m, Fault: fault.Fault{None: &fault.None{}}}})
		for i := 1; i <= 7; i++ {
			c := call()
			if len(effect(s, c).Rules) > 0 {
				hit = append(hit, i)
			}
		}
		return hit
	}
	assert.Equal(t, []int{3}, numbers(fault.Match{Nth: 3}))
	assert.Equal(t, []int{1, 2}, numbers(fault.Match{First: 2}))
	assert.Equal(t, []int{3, 6}, numbers(fault.Match{Every: 3}))
}

// Whoever holds a rule can change it without changing the server.
func TestRulesAreCopiedIn(t *testing.T) {
	t.Parallel()
	r := fault.Rule{Fault: fault.Fault{Latency: &fault.Latency{List: []time.Duration{ms}}}}
	s := fault.NewSet(route.Dice(1), start(), []fault.Rule{r})
	r.Fault.Latency.List[0] = time.Hour
	s.Rules(start())[0].Fault.Latency.List[0] = time.Hour
	c := call()
	assert.Equal(t, ms, effect(s, c).Delay)
}

// Every kind says what allows it, and has a file and a test of its own.
func TestKinds(t *testing.T) {
	t.Parallel()
	kinds := fault.Kinds()
	assert.Len(t, kinds, reflect.TypeFor[fault.Fault]().NumField())
	for name, k := range kinds {
		assert.Greater(t, len(k.Source()), 30, name)
		file := reflect.TypeOf(k).Elem().Name()
		assert.FileExists(t, strings.ToLower(file)+".go")
		assert.FileExists(t, strings.ToLower(file)+"_test.go")
	}
	assert.Equal(t, kinds["hang"].Source(), with(fault.Fault{Hang: &fault.Hang{}}).Source())
	assert.Empty(t, fault.Rule{}.Source())
}
