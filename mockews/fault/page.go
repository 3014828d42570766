package fault

import "net/http"

// Page answers in HTML in place of SOAP, from the web server of the back end that the front end chose.
type Page struct {
	// Status is the HTTP status, 500 or 503. Zero: 503.
	Status int `yaml:"status"`
}

// Source is the page on throttling for 503, and what a client had to learn for 500.
func (*Page) Source() string {
	return "MS docs, EWS throttling in Exchange: HTTP 503 when requests queue in IIS; ecederstrand/exchangelib, util.py: a 500 with the HTML page " +
		"\"Server Error in '/EWS' Application\""
}

func (p *Page) check(c *checker) {
	switch p.Status {
	case 0, http.StatusInternalServerError, http.StatusServiceUnavailable:
	default:
		c.add("status", "status is %d: write 500 or 503", p.Status)
	}
}

func (p *Page) inject(_ draw, _ *Call, e *Effect) bool {
	status := p.Status
	if status == 0 {
		status = http.StatusServiceUnavailable
	}
	return e.answer(Answer{By: ByFirst, Page: status})
}
