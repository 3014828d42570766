package runner

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/autodiscover"
	"github.com/ewsbench/ewsbench/results"
	"github.com/ewsbench/ewsbench/scenarios"
)

const (
	userThree = "user000003@contoso.com"
	userFour  = "user000004@contoso.com"
)

// halves puts mailboxes of a high number elsewhere.
func halves(low, high, above string) func(box string) string {
	return func(box string) string {
		if box > above {
			return high
		}
		return low
	}
}

// briefly is an experiment with notifications in one arm.
func briefly(t *testing.T, f *station, boxes int, by scenarios.GroupsBy) Experiment {
	t.Helper()
	e := watching(t, f, boxes, Notify{Groups: by, Patience: time.Second})
	e.Arms, e.Duration = e.Arms[:1], 1800*time.Millisecond
	return e
}

// grouped are the members of each group, as its stream shows them, and the anchor first.
func grouped(f *station) (all [][]string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, s := range f.streams {
		members := []string{s.anchor}
		for _, id := range s.ids {
			members = append(members, strings.Split(id, "|")[1])
		}
		all = append(all, members)
	}
	slices.SortFunc(all, slices.Compare)
	return all
}

// The documented way: those are together whose GroupingInformation and ExternalEwsUrl are
// both the same, on whichever servers they are, and the first of them is the anchor.
func TestGroupsByAutodiscover(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newStation()
		f.site = halves("EAST", "WEST", userTwo)
		f.place = func(box string) string { return box }
		samples, stats := notified(t, briefly(t, f, 4, ""))
		assert.Equal(t, [][]string{{userOne, userOne, userTwo}, {userThree, userThree, userFour}}, grouped(f))
		assert.Equal(t, []results.Groups{{Arms: []string{"anchored"}, By: results.GroupedByAutodiscover, Groups: 2, Mailboxes: 4}}, stats.Groups)
		assert.Empty(t, stats.Advice)
		assert.Empty(t, f.headersOf(ews.OpGetFolder), "nothing is left to find out")
		assert.Equal(t, map[string]int{"ok": 1}, codes(told(samples, Mailer, ews.OpGetUserSettings)))

		asked := f.headersOf(ews.OpGetUserSettings)
		require.Len(t, asked, 1)
		q, err := autodiscover.ParseRequest([]byte(asked[0].body))
		require.NoError(t, err)
		assert.Equal(t, []string{userOne, userTwo, userThree, userFour}, q.Users)
		assert.Equal(t, []autodiscover.Name{autodiscover.GroupingInformation, autodiscover.ExternalEWSURL}, q.Settings)
		assert.True(t, autodiscover.ValidVersion(q.Version))
		assert.True(t, strings.HasSuffix(q.To, ".example.org"+autodiscover.PathSOAP), q.To)
		assert.Equal(t, autodiscover.ContentType, asked[0].header.Get("Content-Type"))
		assert.Empty(t, asked[0].header.Get(ews.HeaderAnchorMailbox))
	})
	synctest.Test(t, func(t *testing.T) {
		f := newStation()
		f.guide = func([]string) *http.Response {
			return settings(autodiscover.NoError, placed("EAST", "https://a/"), placed("EAST", "https://b/"), placed("EAST", "https://a/"))
		}
		notified(t, briefly(t, f, 3, ""))
		assert.Equal(t, [][]string{{userOne, userOne, userThree}, {userTwo, userTwo}}, grouped(f), "another endpoint, another group")
	})
}

// By server nobody asks Autodiscover.
func TestGroupsByServer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newStation()
		f.place = halves("one", "two", userTwo)
		_, stats := notified(t, briefly(t, f, 4, scenarios.GroupsServer))
		assert.Equal(t, [][]string{{userOne, userOne, userTwo}, {userThree, userThree, userFour}}, grouped(f))
		assert.Equal(t, []results.Groups{{
			Arms: []string{"anchored"}, By: results.GroupedByServer, Groups: 2, Mailboxes: 4, Reason: "notifications.groups is server",
		}}, stats.Groups)
		assert.Empty(t, f.headersOf(ews.OpGetUserSettings))
		assert.Len(t, f.headersOf(ews.OpGetFolder), 4)
	})
}

// where an answer of Autodiscover is none.
func useless() map[string]func(users []string) *http.Response {
	answer := func(status int, header, value string) func([]string) *http.Response {
		return func([]string) *http.Response {
			r := soap(status, []byte("<html>secret</html>"))
			r.Header.Set(header, value)
			return r
		}
	}
	code := func(c autodiscover.Code) func([]string) *http.Response {
		return func([]string) *http.Response { return settings(c) }
	}
	return map[string]func([]string) *http.Response{
		"HTTP 404": answer(http.StatusNotFound, "X", ""),
		"HTTP 401": answer(http.StatusUnauthorized, "X", ""),
		"HTTP 302 (https://other.example.org/autodiscover/autodiscover.svc)": answer(http.StatusFound, "Location",
			"https://me:secret@other.example.org/autodiscover/autodiscover.svc?token=secret"),
		"not_autodiscover": answer(http.StatusOK, "X", ""),
		"HTTP 500": func([]string) *http.Response {
			return soap(http.StatusInternalServerError, (&autodiscover.Fault{Code: "secret"}).Append(nil))
		},
		"InvalidRequest": code(autodiscover.InvalidRequest),
		"ServerBusy":     code(autodiscover.ServerBusy),
		"unknown_code":   code("secret"),
		"users_left_out": func([]string) *http.Response { return settings(autodiscover.NoError, placed("EAST", "https://a/")) },
	}
}

// Where Autodiscover is not there, or of no use, groups are formed by server, and the run
// says why; a run that is to have its groups by Autodiscover alone ends before its load.
func TestWithoutAutodiscover(t *testing.T) {
	t.Parallel()
	for why, guide := range useless() {
		t.Run(why, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f := newStation()
				f.guide, f.place = guide, halves("one", "two", userTwo)
				samples, stats := notified(t, briefly(t, f, 4, scenarios.GroupsAuto))
				assert.Equal(t, [][]string{{userOne, userOne, userTwo}, {userThree, userThree, userFour}}, grouped(f))
				require.Len(t, stats.Groups, 1)
				row := stats.Groups[0]
				assert.Equal(t, results.GroupedByServer, row.By)
				assert.Equal(t, "Autodiscover at "+guideURL(t, f)+" has no answer: "+why, row.Reason)
				require.Len(t, stats.Advice, 1)
				assert.Regexp(t, `--autodiscover|may use Autodiscover|try again`, stats.Advice[0])
				assert.NotContains(t, row.Reason+stats.Advice[0], "secret")
				for _, s := range told(samples, Mailer, ews.OpGetUserSettings) {
					assert.Equal(t, results.ClassError, s.Class)
					assert.NotContains(t, s.Code, "secret")
				}
			})
			synctest.Test(t, func(t *testing.T) {
				f := newStation()
				f.guide = guide
				e := briefly(t, f, 4, scenarios.GroupsAutodiscover)
				sink := new(samples)
				_, err := Run(t.Context(), e, sink)
				var failed *ProbeError
				require.ErrorAs(t, err, &failed)
				require.ErrorIs(t, err, ErrNoGroups)
				assert.Contains(t, err.Error(), why)
				assert.NotEmpty(t, failed.Hint)
				assert.Empty(t, f.headersOf(ews.OpSubscribe))
				assert.NotEmpty(t, sink.kept, "what was asked is stored")
				if why != "users_left_out" { // about one mailbox that answer is whole
					assert.ErrorIs(t, Probe(t.Context(), e), ErrNoGroups, "known before the run")
				}
			})
		})
	}
}

// guideURL is where the target's Autodiscover is.
func guideURL(t *testing.T, f *station) string {
	t.Helper()
	q, err := autodiscover.ParseRequest([]byte(f.headersOf(ews.OpGetUserSettings)[0].body))
	require.NoError(t, err)
	return q.To
}

// refusing is a transport to nobody.
type refusing struct{}

func (refusing) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, fmt.Errorf("dial: %w", syscall.ECONNREFUSED)
}

// Autodiscover may be elsewhere, and nobody there.
func TestAutodiscoverElsewhere(t *testing.T) {
	t.Parallel()
	elsewhere := Autodiscover{URL: "https://autodiscover.example.net/service?secret"}
	synctest.Test(t, func(t *testing.T) {
		f, other := newStation(), newStation()
		elsewhere.Transport = other
		e := briefly(t, f, 4, scenarios.GroupsAuto)
		e.Arms[0].Target.Autodiscover = elsewhere
		other.guide = func(users []string) *http.Response { return settings(autodiscover.NoError) }
		_, stats := notified(t, e)
		assert.Empty(t, f.headersOf(ews.OpGetUserSettings))
		assert.Contains(t, stats.Groups[0].Reason, "Autodiscover at https://autodiscover.example.net/service has no answer")
	})
	synctest.Test(t, func(t *testing.T) {
		f := newStation()
		elsewhere.Transport = refusing{}
		e := briefly(t, f, 4, scenarios.GroupsAuto)
		e.Arms[0].Target.Autodiscover = elsewhere
		_, stats := notified(t, e)
		assert.Equal(t, "Autodiscover at https://autodiscover.example.net/service has no answer: refused", stats.Groups[0].Reason)
		assert.Equal(t, results.GroupedByNothing, stats.Groups[0].By, "nor do the answers of the target name a server")
	})
}

// mixed places the first two of nine mailboxes, and has something to say of each other.
func mixed([]string) *http.Response {
	user := func(code autodiscover.Code, target string) autodiscover.UserResponse {
		return autodiscover.UserResponse{Code: code, Target: autodiscover.Target(target)}
	}
	return settings(autodiscover.NoError,
		placed("EAST", "https://a/"), placed("EAST", "https://a/"),
		user(autodiscover.InvalidUser, ""), user(autodiscover.InvalidUser, ""), user(autodiscover.InvalidUser, ""), user(autodiscover.InvalidUser, ""),
		user(autodiscover.RedirectURL, "https://x:secret@cloud.example.com/autodiscover/autodiscover.svc?secret"),
		user(autodiscover.RedirectAddress, "nine@cloud.example.com"),
		placed("EAST", ""))
}

const mixedReason = "Autodiscover does not place them: InvalidUser of 4, RedirectUrl of 1, RedirectAddress of 1, SettingIsNotAvailable of 1"

// Those that Autodiscover does not place are found by server, or are by themselves, and
// each is told by name what to try.
func TestGroupsOfMixedAnswers(t *testing.T) {
	t.Parallel()
	for by, rows := range map[scenarios.GroupsBy][]results.Groups{
		scenarios.GroupsAuto: {
			{By: results.GroupedByAutodiscover, Groups: 1, Mailboxes: 2},
			{By: results.GroupedByServer, Groups: 2, Mailboxes: 6, Reason: mixedReason},
			{By: results.GroupedByNothing, Groups: 1, Mailboxes: 1, Reason: mixedReason},
		},
		scenarios.GroupsAutodiscover: {
			{By: results.GroupedByAutodiscover, Groups: 1, Mailboxes: 2},
			{By: results.GroupedByNothing, Groups: 7, Mailboxes: 7, Reason: mixedReason},
		},
	} {
		t.Run(string(by), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f := newStation()
				f.guide = mixed
				f.place = mixedServer
				samples, stats := notified(t, briefly(t, f, 9, by))
				for i := range rows {
					rows[i].Arms = []string{"anchored"}
				}
				assert.Equal(t, rows, stats.Groups)
				assert.Equal(t, map[string]int{"InvalidUser": 1}, codes(told(samples, Mailer, ews.OpGetUserSettings)))
				assert.Equal(t, []string{
					"Autodiscover says InvalidUser of user000003@contoso.com, user000004@contoso.com, user000005@contoso.com and 1 more: " +
						"check the address, or leave it out of --mailboxes-file",
					"Autodiscover says RedirectUrl (https://cloud.example.com/autodiscover/autodiscover.svc) of user000007@contoso.com: " +
						"redirections are not followed: name the other service with --autodiscover",
					"Autodiscover says RedirectAddress (nine@cloud.example.com) of user000008@contoso.com: use the other address in --mailboxes-file",
					"Autodiscover says SettingIsNotAvailable (ExternalEwsUrl) of user000009@contoso.com: " +
						"have the setting published, or write notifications.groups: server",
				}, stats.Advice)
				assert.Equal(t, []string{userOne, userOne, userTwo}, grouped(f)[0], "a server that is called like a site is none")
			})
		})
	}
}

// mixedServer has one of them on a server that is called like the site, and the last one nowhere.
func mixedServer(box string) string {
	switch box {
	case userThree:
		return "EASThttps://a/"
	case "user000009@contoso.com":
		return ""
	}
	return "server"
}

// An Autodiscover that has the settings of nobody is of no use either.
func TestAutodiscoverPlacesNobody(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newStation()
		f.site = func(string) string { return "" }
		f.place = func(string) string { return "server" }
		_, stats := notified(t, briefly(t, f, 4, scenarios.GroupsAuto))
		assert.Equal(t, []results.Groups{{
			Arms: []string{"anchored"}, By: results.GroupedByServer, Groups: 1, Mailboxes: 4,
			Reason: "Autodiscover does not place them: SettingIsNotAvailable of 4",
		}}, stats.Groups)
		e := briefly(t, f, 4, scenarios.GroupsAutodiscover)
		require.NoError(t, Probe(t.Context(), e), "another mailbox may have them")
		_, err := Run(t.Context(), e, new(samples))
		require.ErrorIs(t, err, ErrNoGroups)
		assert.ErrorContains(t, err, "SettingIsNotAvailable of 4")
	})
}

// How much is said by name has a bound.
func TestAdviceIsBounded(t *testing.T) {
	t.Parallel()
	var boxes []string
	var all []said
	for i := range 30 {
		boxes = append(boxes, fmt.Sprintf("box%02d", i))
		all = append(all, said{lack: lack{string(autodiscover.RedirectAddress), fmt.Sprintf("to%02d", i)}})
	}
	lines := adviceOn(boxes, all)
	require.Len(t, lines, maxAdvice+1)
	assert.Equal(t, "Autodiscover has 22 more things to say of mailboxes: these first", lines[maxAdvice])
	assert.Equal(t, "RedirectAddress of 30", countsOf(all))
}

// A group that is larger than a server takes is split, and so is the question.
func TestGroupsAreSplitAtTheirBound(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newStation()
		_, stats := notified(t, briefly(t, f, 450, scenarios.GroupsAuto))
		assert.Equal(t, []results.Groups{{Arms: []string{"anchored"}, By: results.GroupedByAutodiscover, Groups: 3, Mailboxes: 450}}, stats.Groups)
		all := grouped(f)
		require.Len(t, all, 3)
		for i, want := range []struct {
			anchor string
			size   int
		}{{userOne, 200}, {"user000201@contoso.com", 200}, {"user000401@contoso.com", 50}} {
			assert.Equal(t, want.anchor, all[i][0])
			assert.Equal(t, want.anchor, all[i][1])
			assert.Len(t, all[i][1:], want.size)
		}
		assert.Len(t, f.headersOf(ews.OpGetUserSettings), 5)
	})
}

// A server that takes fewer users at once is asked about fewer.
func TestQuestionsThatAServerTakes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newStation()
		var sizes []int
		f.guide = func(users []string) *http.Response {
			f.mu.Lock()
			defer f.mu.Unlock()
			if sizes = append(sizes, len(users)); len(users) > 30 {
				return settings(autodiscover.InvalidRequest)
			}
			return nil
		}
		_, stats := notified(t, briefly(t, f, 110, scenarios.GroupsAutodiscover))
		slices.Sort(sizes)
		assert.Equal(t, []int{10, 25, 25, 25, 25, 50, 100}, sizes)
		assert.Equal(t, 110, stats.Groups[0].Mailboxes)
	})
}

// A part of the answers that is lost loses its own mailboxes alone.
func TestPartOfTheAnswersIsLost(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newStation()
		f.place = func(string) string { return "server" }
		f.guide = func(users []string) *http.Response {
			if users[0] == "user000101@contoso.com" {
				return soap(http.StatusServiceUnavailable, nil)
			}
			return nil
		}
		_, stats := notified(t, briefly(t, f, 250, scenarios.GroupsAuto))
		assert.Equal(t, []results.Groups{
			{Arms: []string{"anchored"}, By: results.GroupedByAutodiscover, Groups: 1, Mailboxes: 150},
			{Arms: []string{"anchored"}, By: results.GroupedByServer, Groups: 1, Mailboxes: 100, Reason: "Autodiscover does not place them: HTTP 503 of 100"},
		}, stats.Groups)
	})
}

// Groups are a function of the answers, in whichever order those come.
func TestGroupsDoNotDependOnTime(t *testing.T) {
	t.Parallel()
	formed := func(slow string) (all [][]string) {
		synctest.Test(t, func(t *testing.T) {
			f := newStation()
			f.site = func(box string) string { return box[len("user00000"):len("user000000")] }
			f.guide = func(users []string) *http.Response {
				if users[0] == slow {
					time.Sleep(time.Second)
				}
				return nil
			}
			e := briefly(t, f, 350, scenarios.GroupsAutodiscover)
			e.Notify.GroupSize = 20
			notified(t, e)
			all = grouped(f)
			ids := map[string]bool{}
			for _, r := range f.headersOf(ews.OpSubscribe) {
				ids[r.header.Get(keyRequestID)] = true
			}
			assert.Len(t, ids, 350, "each mailbox has a request id of its own")
		})
		return all
	}
	one := formed("user000101@contoso.com")
	assert.Len(t, one, 20)
	assert.Equal(t, one, formed("user000201@contoso.com"))
}

// A run that is interrupted while it asks has no groups, and no error.
func TestInterruptedWhileAsking(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newStation()
		ctx, cancel := context.WithCancelCause(t.Context())
		f.guide = func([]string) *http.Response {
			cancel(errors.New("enough"))
			return soap(http.StatusNotFound, nil)
		}
		stats, err := Run(ctx, briefly(t, f, 4, scenarios.GroupsAutodiscover), new(samples))
		require.NoError(t, err)
		assert.True(t, stats.Interrupted)
		assert.Empty(t, stats.Groups)
		assert.Empty(t, f.headersOf(ews.OpSubscribe))
	})
}

// Whatever an answer is, it is judged.
func TestDirectionsAreTotal(t *testing.T) {
	t.Parallel()
	answer := autodiscover.Response{Code: autodiscover.NoError, Users: []autodiscover.UserResponse{placed("EAST", "https://a/"), {Code: "strange"}}}
	whole := answer.Append(nil, serverVersion)
	for n := range whole {
		all, k := directions(http.StatusOK, nil, whole[:n], 2)
		assert.Empty(t, all)
		assert.Equal(t, lack{code: codeNotSettings}, k, "the first %d bytes", n)
	}
	all, k := directions(http.StatusOK, nil, whole, 2)
	assert.Equal(t, lack{}, k)
	assert.Equal(t, []said{{key: "EASThttps://a/"}, {lack: lack{code: codeUnknown}}}, all)
	redirected := autodiscover.UserResponse{Code: autodiscover.RedirectAddress, Target: autodiscover.Target("\x1b[2Ja@b" + strings.Repeat("c", 300))}
	assert.Equal(t, "[2Ja@b"+strings.Repeat("c", 250), direction(&redirected).what, "fit for a terminal")
	_, k = directions(http.StatusFound, http.Header{"Location": {"::"}}, nil, 1)
	assert.Equal(t, lack{code: "http_302"}, k)
}
