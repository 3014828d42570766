package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/cwriter"
	"github.com/vbauerster/mpb/v8/decor"

	"github.com/ewsbench/ewsbench/results"
)

// plainEvery is how often a line is written where no bar can be drawn.
const plainEvery = 5 * time.Second

// progress shows a run while it goes on, on stderr: a bar on a terminal, plain
// lines elsewhere.
type progress struct {
	live    *results.Live
	began   time.Time
	total   time.Duration
	asked   map[string]float64 // requests/s of each arm
	beside  []string           // operations that no schedule asks for
	done    chan struct{}
	drawing sync.WaitGroup
}

func (a *app) startProgress(j *job) *progress {
	p := &progress{
		began: time.Now(),
		total: j.exp.Notify.Setup(min(j.scenario.Mailboxes, j.run.Mailboxes), len(j.run.Arms)) + j.run.MeasuredFrom() + j.run.Duration,
		asked: map[string]float64{}, beside: j.run.Beside, done: make(chan struct{}),
	}
	var names []string
	for _, arm := range j.run.Arms {
		names = append(names, arm.Name)
		p.asked[arm.Name] = arm.AskedRate
	}
	p.live = results.NewLive(0, names...)
	switch {
	case j.progress == "none":
	case j.progress == "auto" && isTerminal(a.stderr):
		p.drawing.Go(func() { p.bar(a.stderr) })
	default:
		p.drawing.Go(func() { p.plain(a) })
	}
	return p
}

// observe takes a sample in, unless no schedule asked for it.
func (p *progress) observe(s results.Sample) {
	if !slices.Contains(p.beside, s.Op) {
		p.live.Observe(s)
	}
}

// stop ends the drawing, so that what is said next stands on a line of its own.
func (p *progress) stop() {
	close(p.done)
	p.drawing.Wait()
}

func (p *progress) plain(a *app) {
	tick := time.NewTicker(plainEvery)
	defer tick.Stop()
	for {
		select {
		case <-p.done:
			return
		case <-tick.C:
			a.say("%s of %s  %s", p.elapsed().Round(time.Second), p.total, strings.Join(p.arms(), "  |  "))
		}
	}
}

// bar draws one bar for the time, and a line for each arm under it.
func (p *progress) bar(w io.Writer) {
	container := mpb.New(mpb.WithOutput(w), mpb.WithWidth(40), mpb.WithAutoRefresh())
	bar := container.New(int64(p.total), mpb.BarStyle().Rbound("|"),
		mpb.PrependDecorators(decor.Any(func(decor.Statistics) string {
			return fmt.Sprintf("%4s of %s ", p.elapsed().Round(time.Second), p.total)
		})),
		mpb.BarExtender(mpb.BarFillerFunc(p.armLines), false))
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-p.done:
			bar.SetCurrent(int64(p.total))
			container.Wait()
			return
		case <-tick.C:
			bar.SetCurrent(int64(min(p.elapsed(), p.total-1)))
		}
	}
}

func (p *progress) armLines(w io.Writer, _ decor.Statistics) error {
	for _, line := range p.arms() {
		if _, err := fmt.Fprintln(w, "  "+line); err != nil {
			return err
		}
	}
	return nil
}

// arms tells of each arm the rate asked and kept, p50, p99 and errors.
func (p *progress) arms() []string {
	var lines []string
	for _, arm := range p.live.View(time.Since(p.began)) {
		rate := fmt.Sprintf("%.0f/s", arm.Rate)
		if asked := p.asked[arm.Name]; asked > 0 {
			rate = fmt.Sprintf("%.0f of %.0f/s", arm.Rate, asked)
		}
		lines = append(lines, fmt.Sprintf("%s %s, p50 %.1f ms, p99 %.1f ms, %d errors", arm.Name, rate, arm.P50, arm.P99, arm.Errors))
	}
	return lines
}

func (p *progress) elapsed() time.Duration { return min(time.Since(p.began), p.total) }

// isTerminal tells whether a person watches.
func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && cwriter.IsTerminal(int(file.Fd()))
}
