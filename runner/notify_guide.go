package runner

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/autodiscover"
	"github.com/ewsbench/ewsbench/results"
	"github.com/ewsbench/ewsbench/scenarios"
)

const (
	// usersAtOnce is how many users one request asks about at most. No public source has
	// a server's bound: one that takes fewer says InvalidRequest, and is asked about half
	// as many.
	usersAtOnce = 100
	// guideVersion is RequestedServerVersion. It is that of the first servers that the
	// recipe is about: before, subscriptions lived on client access servers (MS docs: How
	// to maintain affinity between a group of subscriptions and the Mailbox server).
	guideVersion = "Exchange2013"
)

// said is what Autodiscover says of a mailbox: the key of its group, or what it lacks.
type said struct {
	key string
	lack
}

// newGuide makes the sender that asks the Autodiscover of an arm's target.
func newGuide(ctx context.Context, e Experiment, arm Arm, c clock) (*sender, error) {
	service := arm.Target.Autodiscover
	if service.URL == "" {
		host, err := url.Parse(arm.Target.URL)
		if err != nil {
			return nil, err
		}
		service.URL = (&url.URL{Scheme: host.Scheme, Host: host.Host, Path: autodiscover.PathSOAP}).String()
	}
	if service.Transport == nil {
		service.Transport = arm.Target.Transport
	}
	guide := Arm{Name: Mailer, Target: Target{URL: service.URL, Transport: service.Transport}}
	return newSender(ctx, e, guide, c)
}

// where the sender sends to, without what may be secret in it.
func (s *sender) where() string { return bare(s.blank.URL) }

// bare is a URL without user and query, which may hold secrets.
func bare(u *url.URL) string {
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()
}

// discover asks Autodiscover about all mailboxes, many at once. What is lacking is as
// a whole that of the first answer: then nobody else is asked about.
func (f *office) discover(ctx context.Context, boxes []string) (all []said, whole lack) {
	all, size, whole := f.knock(ctx, boxes)
	if whole != (lack{}) {
		return nil, whole
	}
	known := len(all)
	if known == len(boxes) || !f.breathe(ctx) {
		return all, lack{}
	}
	all = append(all, make([]said, len(boxes)-known)...)
	chunks := slices.Collect(slices.Chunk(boxes[known:], size))
	f.paced(ctx, len(chunks), func(i int, due time.Duration) {
		from := known + i*size
		answers, whole := f.consult(boxes, from, from+len(chunks[i]), due)
		for j := range chunks[i] {
			all[from+j].lack = whole
		}
		copy(all[from:], answers)
	})
	return all, lack{}
}

// knock asks about the first mailboxes, and finds out about how many at once.
func (f *office) knock(ctx context.Context, boxes []string) (all []said, size int, whole lack) {
	for size = min(usersAtOnce, len(boxes)); ; size /= 2 {
		all, whole = f.consult(boxes, 0, size, f.clock.now())
		if whole.code != string(autodiscover.InvalidRequest) || size <= 1 || !f.breathe(ctx) {
			return all, size, whole
		}
	}
}

// consult asks about some mailboxes, and keeps the sample. All of them lack what the
// answer as a whole does.
func (f *office) consult(boxes []string, from, to int, due time.Duration) (all []said, whole lack) {
	sample := results.Sample{Arm: f.guide.name, Call: uint64(from), Op: string(ews.OpGetUserSettings), Due: due}
	id := askWay + uint64(to)<<32 + uint64(from)
	all, whole = f.guide.consult(boxes[from:to], id, &sample)
	if !f.guide.stopped() {
		f.guide.counts.add(false)
		f.put(sample)
	}
	return all, whole
}

// consult sends a request for the settings of some mailboxes, and fills its sample in.
func (s *sender) consult(boxes []string, id uint64, sample *results.Sample) (all []said, whole lack) {
	l := s.lanes.enter()
	defer s.lanes.leave(l)
	q := autodiscover.Request{Version: guideVersion, To: s.blank.URL.String(), Users: boxes, Settings: keySettings()}
	l.envelope, l.id = q.Append(l.envelope[:0]), s.plan.AppendRequestID(l.id[:0], id)
	sample.Out = int64(len(l.envelope))
	request := s.request(scenarios.Call{}, l) // about several mailboxes: none of them is the anchor
	sample.Start = s.clock.now()
	err := s.exchange(request, "", l)
	sample.End = s.clock.now()
	if err != nil {
		sample.Class, sample.Code = judgeError(err, l.timedOut())
		return nil, lack{code: sample.Code}
	}
	sample.Status, sample.In = l.status, int64(len(l.answer))
	all, whole = directions(l.status, l.header, l.answer, len(boxes))
	sample.Class, sample.Code = judgeDirections(all, whole)
	return all, whole
}

// judgeDirections makes class and code of an answer: the first code that is an error.
func judgeDirections(all []said, whole lack) (results.Class, string) {
	lacks := []lack{whole}
	for _, s := range all {
		lacks = append(lacks, s.lack)
	}
	for _, k := range lacks {
		if k.code != "" {
			return results.ClassError, k.code
		}
	}
	return results.ClassOK, results.CodeOK
}

// keySettings are what together is the key of a group (MS docs: How to maintain
// affinity between a group of subscriptions and the Mailbox server).
func keySettings() []autodiscover.Name {
	return []autodiscover.Name{autodiscover.GroupingInformation, autodiscover.ExternalEWSURL}
}

// directions reads an answer about so many users. It is total, and keeps no part of
// the body.
func directions(status int, header http.Header, body []byte, users int) (all []said, whole lack) {
	if status != http.StatusOK {
		_, code := judge(ews.Classify(status, header, nil))
		return nil, lack{code: code, what: bareTarget(header.Get("Location"))}
	}
	answer, err := autodiscover.ParseResponse(body)
	switch {
	case err != nil:
		return nil, lack{code: codeNotSettings}
	case failed(answer.Code):
		return nil, lack{code: codeOf(answer.Code)}
	case len(answer.Users) != users:
		return nil, lack{code: codeNotEverybody}
	}
	for i := range answer.Users {
		all = append(all, direction(&answer.Users[i]))
	}
	return all, lack{}
}

// direction is what an answer says of a user.
func direction(u *autodiscover.UserResponse) (s said) {
	if failed(u.Code) {
		s.lack = lack{code: codeOf(u.Code), what: printable(string(u.Target))}
		if u.Code == autodiscover.RedirectURL {
			s.what = bareTarget(s.what)
		}
		return s
	}
	var parts []string
	for _, name := range keySettings() {
		value, _ := u.Get(name)
		if strings.TrimSpace(value) == "" {
			return said{lack: lack{code: string(autodiscover.SettingIsNotAvailable), what: string(name)}}
		}
		parts = append(parts, value)
	}
	return said{key: strings.Join(parts, "")}
}

// failed says whether a code is an error. It may be left out of an answer.
func failed(c autodiscover.Code) bool { return c != "" && c != autodiscover.NoError }

// codeOf is the code of a sample: one that nobody knows is not kept, whatever it says.
func codeOf(c autodiscover.Code) string {
	if !c.Known() {
		return codeUnknown
	}
	return string(c)
}

// printable is the beginning of what a server says, fit for a terminal: as much as an
// address may have (RFC 5321, section 4.5.3.1.3).
func printable(s string) string {
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, s)
	return strings.ToValidUTF8(s[:min(len(s), 256)], "")
}

// bareTarget is where a redirection leads.
func bareTarget(target string) string {
	u, err := url.Parse(target)
	if err != nil {
		return ""
	}
	return bare(u)
}
