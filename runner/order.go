package runner

// order draws which arm sends at which place of a group: a permutation of the
// arms for each group, a pure function of (seed, group).
type order struct {
	seed uint64
	arms uint64
}

// arm is the index of the arm that sends at a place of the group, counted from 0.
func (o order) arm(group, place uint64) int {
	var dealt [MaxArms]uint8
	for i := range o.arms {
		dealt[i] = uint8(i)
	}
	draw := mix(o.seed ^ mix(group))
	for i := o.arms - 1; i > 0; i-- {
		j := draw % (i + 1)
		draw /= i + 1
		dealt[i], dealt[j] = dealt[j], dealt[i]
	}
	return int(dealt[place])
}

// mix is the finalizer of splitmix64 (Steele, Lea and Flood, "Fast splittable
// pseudorandom number generators", OOPSLA 2014): each bit of the result depends
// on each bit of x.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
