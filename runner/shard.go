package runner

import (
	"errors"
	"fmt"
)

// Shard is one of several machines that share the plan of one run: shard i of n
// sends the calls k*n+i, each when it is due in the whole. The zero value sends
// all of them.
type Shard struct {
	Index int // from 0
	Count int // 0: 1
}

var errShard = errors.New("runner: no such shard: the index must be from 0 to the count, less one")

func (s Shard) validate() error {
	if s == (Shard{}) || s.Index >= 0 && s.Index < s.Count {
		return nil
	}
	return fmt.Errorf("%w: %d of %d", errShard, s.Index, s.Count)
}

// group is the kth group of the shard.
func (s Shard) group(k uint64) uint64 {
	return k*uint64(max(s.Count, 1)) + uint64(s.Index)
}

// groups is how many of so many groups are the shard's.
func (s Shard) groups(all uint64) uint64 {
	count, index := uint64(max(s.Count, 1)), uint64(s.Index)
	if all <= index {
		return 0
	}
	return (all-index-1)/count + 1
}
