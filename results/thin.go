package results

// thinned keeps at most limit of the values added to it, evenly spread: every
// one at first, then every second, every fourth, and so on.
type thinned[T any] struct {
	limit int
	kept  []T
	added int
	skips int // one less than the distance of those kept
}

func (t *thinned[T]) add(v T) {
	t.added++
	if (t.added-1)%(t.skips+1) != 0 {
		return
	}
	if len(t.kept) == t.limit {
		t.halve()
		if (t.added-1)%(t.skips+1) != 0 {
			return
		}
	}
	t.kept = append(t.kept, v)
}

// halve drops every second value.
func (t *thinned[T]) halve() {
	half := t.kept[:0]
	for i := 0; i < len(t.kept); i += 2 {
		half = append(half, t.kept[i])
	}
	t.kept = half
	t.skips = 2*t.skips + 1
}
