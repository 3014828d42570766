package runner

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ewsbench/ewsbench/ews/autodiscover"
	"github.com/ewsbench/ewsbench/scenarios"
)

// Codes of samples of Autodiscover that are none of its own.
const (
	codeNotSettings  = "not_autodiscover" // HTTP 200, but no answer to GetUserSettings
	codeNotEverybody = "users_left_out"   // not as many users as were asked about
	codeUnknown      = "unknown_code"
)

// lack is why Autodiscover does not place a mailbox, or any.
type lack struct {
	code string // of the sample; "" if nothing is lacking
	what string // the setting, or where a redirection leads; "" if there is nothing to name
}

// String is the reason, for people.
func (k lack) String() string {
	why := strings.Replace(k.code, "http_", "HTTP ", 1)
	if k.what != "" {
		why += " (" + k.what + ")"
	}
	return why
}

// try says what to do about it.
func (k lack) try() string {
	switch k.code {
	case string(autodiscover.InvalidUser):
		return "check the address, or leave it out of --mailboxes-file"
	case string(autodiscover.RedirectAddress):
		return "use the other address in --mailboxes-file"
	case string(autodiscover.RedirectURL), "http_301", "http_302", "http_307", "http_308":
		return "redirections are not followed: name the other service with --autodiscover"
	case string(autodiscover.InvalidDomain), string(autodiscover.NotFederated):
		return "name the service of that organisation with --autodiscover"
	case string(autodiscover.SettingIsNotAvailable), string(autodiscover.InvalidSetting):
		return "have the setting published, or write notifications.groups: server"
	case string(autodiscover.ServerBusy), string(autodiscover.InternalServerError):
		return "try again later, or write notifications.groups: server"
	case "http_401", "http_403":
		return "check that the account may use Autodiscover"
	}
	return "name the service with --autodiscover, or write notifications.groups: server"
}

// required is the error if groups are to be formed by Autodiscover alone, and it
// places nobody.
func (f *office) required(all []said, whole lack) error {
	if f.Notify.Groups != scenarios.GroupsAutodiscover || slices.ContainsFunc(all, func(s said) bool { return s.key != "" }) {
		return nil
	}
	detail, try := whole.String(), whole.try()
	if whole == (lack{}) {
		detail, try = countsOf(all), all[0].try()
	}
	return &ProbeError{Arm: f.Arms[f.arms[0]].Name, URL: f.guide.where(), Reason: ErrNoGroups, Detail: detail, Hint: try}
}

// countsOf says what how many mailboxes lack. It names none of them.
func countsOf(all []said) string {
	var order []string
	count := map[string]int{}
	for _, s := range all {
		if s.key != "" {
			continue
		}
		if count[s.code] == 0 {
			order = append(order, s.code)
		}
		count[s.code]++
	}
	for i, code := range order {
		order[i] = lack{code: code}.String() + " of " + strconv.Itoa(count[code])
	}
	return strings.Join(order, ", ")
}

// Bounds of what is said of mailboxes by name.
const (
	maxAdvice = 8
	maxNamed  = 3
)

// adviceOn names those that Autodiscover does not place, with what to try: a line for
// each thing that is lacking.
func adviceOn(boxes []string, all []said) (lines []string) {
	var order []lack
	who := map[lack][]string{}
	for i, s := range all {
		if s.key == "" {
			if who[s.lack] == nil {
				order = append(order, s.lack)
			}
			who[s.lack] = append(who[s.lack], boxes[i])
		}
	}
	for i, k := range order {
		if i == maxAdvice {
			return append(lines, fmt.Sprintf("Autodiscover has %d more things to say of mailboxes: these first", len(order)-i))
		}
		lines = append(lines, fmt.Sprintf("Autodiscover says %s of %s: %s", k, named(who[k]), k.try()))
	}
	return lines
}

// named names the first of some mailboxes.
func named(boxes []string) string {
	if more := len(boxes) - maxNamed; more > 0 {
		return strings.Join(boxes[:maxNamed], ", ") + " and " + strconv.Itoa(more) + " more"
	}
	return strings.Join(boxes, ", ")
}
