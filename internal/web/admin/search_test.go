package admin_test

import (
	"fmt"
	"strings"
	"testing"

	"rejoinder/internal/app"
	"rejoinder/internal/subscription"
	"rejoinder/internal/texting"
	"rejoinder/internal/trigger"
)

// lacks fails if the page it shows has one of these.
func (b *browser) lacks(parts ...string) {
	b.h.t.Helper()
	for _, p := range parts {
		if strings.Contains(b.last, p) {
			b.h.t.Errorf("the page says %q:\n%s", p, text(b.last))
		}
	}
}

// TestASearchIsPosted finds people by what is typed, and does not by what stands in the address.
func TestASearchIsPosted(t *testing.T) {
	t.Parallel()
	x := newSample(t)
	b := x.agent()
	ben := x.customer("Ben")
	for _, list := range []string{"customers", "subscribers"} {
		for _, typed := range []string{"Ben", string(ben.Phone), "0117", "  ben "} {
			b.post(200, s(list), form("q", typed))
			b.sees(">Ben", `value="`+strings.ReplaceAll(strings.TrimSpace(typed), "+", "&#43;")+`"`)
			b.lacks(">Kai", "More match.")
		}
		b.post(200, s(list), form("q", "nobody is called so"))
		b.sees("Nobody found")
		b.get(200, s(list+"?q=Ben"))
		b.sees(">Kai", ">Ben")
		b.lacks("q=Ben", `value="Ben"`)
		b.post(200, s(list), form("q", " "))
		b.sees(">Kai", ">Ben")
	}
}

// TestASearchAndAStatusGoTogether looks for somebody among those who opted out.
func TestASearchAndAStatusGoTogether(t *testing.T) {
	t.Parallel()
	x := newSample(t)
	b := x.agent()
	b.post(200, s("subscribers"), form("q", "555", "status", "opted_out"))
	b.sees(">Eli", `value="555"`, `value="opted_out" selected`)
	b.lacks(">Kai")
	b.post(200, s("subscribers"), form("q", "Kai", "status", "opted_out"))
	b.sees("Nobody found")
	b.post(200, s("subscribers"), form("q", "", "status", "opted_out"))
	b.sees(">Eli", `value="opted_out" selected`)
	b.lacks(">Kai")
	b.post(422, s("subscribers"), form("q", "", "status", "+12125550142"))
}

// TestAFoundListSaysThatMoreMatch has more people than a page shows. A list that was searched for has no second
// page, as its address would have to say who was looked for.
func TestAFoundListSaysThatMoreMatch(t *testing.T) {
	t.Parallel()
	x := newSample(t)
	var file strings.Builder
	file.WriteString("phone,first_name,consented_at,consent_source,consent_words\n")
	for i := range 51 {
		phone := fmt.Sprintf("+1212555%04d", 1000+i)
		_, err := x.bridge.CreateCustomer(t.Context(), app.SampleShop, subscription.Customer{FirstName: "Many", Phone: subscription.Phone(phone)}, trigger.Cause{Actor: trigger.System, Silent: true})
		must(t, err)
		fmt.Fprintf(&file, "%s,Many,2026-01-02T10:00:00Z,till,I want texts\n", phone)
	}
	report, err := x.texting.ImportSubscribers(t.Context(), app.SampleShop, strings.NewReader(file.String()), texting.ImportOptions{})
	must(t, err)
	if report.Added != 51 {
		t.Fatalf("imported %+v", report)
	}
	b := x.agent()
	for _, list := range []string{"customers", "subscribers"} {
		b.post(200, s(list), form("q", "Many"))
		b.sees("More match. Type more of the name or number.")
		b.lacks(`class="pager"`, "many=", "q=")
		b.post(200, s(list), form("q", "12125551050"))
		b.sees("Many")
		b.lacks("More match.")
		b.get(200, s(list+"?q=Many"))
		b.sees(`rel="next"`)
		b.lacks("q=Many", "More match.")
	}
	b.get(200, s("customers"))
	next := between(t, b.last, `rel="next" href="`, `"`)
	b.get(200, next)
	b.sees(">Kai")
	if back := between(t, b.last, `rel="prev" href="`, `"`); back != s("customers") {
		t.Errorf("the way back is %s", back)
	}
}

// between is what stands between two parts of a page.
func between(t *testing.T, page, from, to string) string {
	t.Helper()
	_, rest, ok := strings.Cut(page, from)
	if !ok {
		t.Fatalf("the page has no %s", from)
	}
	what, _, _ := strings.Cut(rest, to)
	return what
}
