package scenarios

// Cells returns n plans of the same calls, each over a cell of the plan's
// mailboxes: see the function [Cells]. Call n is the same step in each of them,
// with the same request id, for mailboxes that are matched.
func (p *Plan) Cells(n int) ([]*Plan, error) {
	cells, err := Cells(head{p.directory, int(p.mailboxes)}, n, p.seed)
	if err != nil {
		return nil, err
	}
	plans := make([]*Plan, n)
	for i, directory := range cells {
		plans[i] = p.over(directory)
	}
	return plans, nil
}

// over returns the plan with other mailboxes.
func (p *Plan) over(d Directory) *Plan {
	other := *p
	other.directory, other.mailboxes = d, uint64(d.Len())
	other.lanes = min(p.lanes, other.mailboxes)
	other.order = newPermutation(other.mailboxes, draw(p.seed, drawMailboxes, 0))
	return &other
}

// Begins returns the first call of the visit that call n belongs to: n itself in
// order mix, where each call is a visit of its own.
func (p *Plan) Begins(n uint64) uint64 {
	if p.lanes == 0 {
		return n
	}
	_, turn := p.place(n)
	return n - turn*p.lanes
}
