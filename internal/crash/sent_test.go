package crash

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Repeat is a trigger that reached Postscript twice.
type Repeat struct {
	Trigger  string `json:"trigger"`
	Delivery string `json:"delivery"`
	Times    int    `json:"times"`
	Why      string `json:"why"` // why the first outcome could not be known
	Honest   bool   `json:"honest"`
}

// sentOnce compares the recorder with the deliveries: what is stored as sent arrived, what arrived is stored, and what
// arrived twice did so because nobody could know of the first.
func (v *truth) sentOnce() {
	requests := v.w.rec.all()
	arrived := map[string][]request{}
	told := map[string]map[string]bool{} // customer and order date to the deliveries that told of it
	for _, q := range requests {
		if q.trigger == "" || !q.verdict.carried() {
			continue
		}
		v.out.Arrived++
		arrived[q.key] = append(arrived[q.key], q)
		if q.trigger == "Upcoming Order" {
			of := q.token + " " + q.subscriber + " " + q.tags["delivery_date"]
			if told[of] == nil {
				told[of] = map[string]bool{}
			}
			told[of][q.key] = true
		}
	}
	v.out.Notices = len(told)
	for of, keys := range told {
		if len(keys) > 1 {
			v.out.NoticedTwice++
			v.broken("two deliveries told %s", of)
		}
	}
	doubts := v.counts("SELECT ref, COUNT(*) FROM trace WHERE text LIKE '%not known whether it arrived%' GROUP BY ref")
	stored := map[string]bool{}
	for _, r := range v.rows("SELECT d.id, d.state, d.trigger_name FROM deliveries d JOIN connections c ON c.shop_id = d.shop_id WHERE NOT c.builtin") {
		stored[r[0]] = true
		switch n := len(arrived[r[0]]); {
		case r[1] == "sent" && n == 0:
			v.out.Lost++
			v.broken("%s %s is stored as sent and never arrived", r[2], r[0])
		case r[1] == "refused":
			v.broken("%s %s is refused; nothing here refuses", r[2], r[0])
		}
	}
	for key, got := range arrived {
		if !stored[key] {
			v.broken("%s arrived for delivery %q, which is not stored", got[0].trigger, key)
		}
		if len(got) > 1 {
			v.repeated(key, got, doubts[key])
		}
	}
	slices.SortFunc(v.out.Repeats, func(a, b Repeat) int { return cmp.Compare(a.Delivery, b.Delivery) })
}

// repeated judges a trigger that arrived more than once. Every repetition needs a reason why the outcome of the one before
// could not be known, and a line in the customer's trace.
func (v *truth) repeated(key string, got []request, doubts int) {
	r := Repeat{Trigger: got[0].trigger, Delivery: key, Times: len(got), Honest: true}
	var why []string
	for i := range got[:len(got)-1] {
		reason := v.unknowable(got[i], got[i+1])
		r.Honest = r.Honest && reason != ""
		why = append(why, cmp.Or(reason, "no reason"))
	}
	if doubts < len(got)-1 {
		r.Honest = false
		why = append(why, fmt.Sprintf("and the trace speaks of %d doubts only", doubts))
	}
	r.Why = strings.Join(why, "; ")
	v.out.Repeats = append(v.out.Repeats, r)
	if got[0].trigger == "Upcoming Order" {
		v.out.NoticesRepeated++
	}
	if !r.Honest {
		v.out.RepeatedWrongly++
		v.broken("%s %s arrived %d times: %s", r.Trigger, key, r.Times, r.Why)
	}
}

// unknowable says why nobody could know that the first of two requests had arrived; "" if somebody could.
func (v *truth) unknowable(first, second request) string {
	if first.verdict == lost {
		return "the recorder cut the connection instead of answering"
	}
	// What a killed process was sending is taken up a minute after it was claimed, never sooner; and it was killed soon
	// after the request, or it would have stored the answer: four slots, the slowest answer, and a commit.
	if v.away && second.at.Sub(first.at) > 50*time.Second {
		return "the database was away when the answer was to be stored"
	}
	const never = time.Hour
	soonest := never
	for _, k := range v.kills {
		if d := k.Sub(first.at); d > -50*time.Millisecond {
			soonest = min(soonest, d)
		}
	}
	if soonest < 4*time.Second && second.at.Sub(first.at) > 50*time.Second {
		v.out.KilledWhileSending++
		return fmt.Sprintf("a process was killed %d ms after the request came", max(soonest.Milliseconds(), 0))
	}
	return ""
}

// onPhones looks at the sandbox: the built-in half drops every repetition, so here nothing is ever there twice.
func (v *truth) onPhones() {
	for _, r := range v.rows("SELECT phone, body, COUNT(*) FROM handset WHERE direction = 'to_phone' GROUP BY phone, body HAVING COUNT(*) > 1") {
		v.out.TextedTwice++
		v.broken("%s has the same text %s times", r[0], r[2])
	}
	texts := v.counts("SELECT phone, COUNT(*) FROM handset WHERE direction = 'to_phone' GROUP BY phone")
	for _, n := range texts {
		v.out.Texts += n
	}
	for _, p := range v.l.people {
		if p.shop.builtin && len(p.replies) > 0 && texts[p.phone] == 0 && !v.lease {
			v.out.Lost++
			v.broken("%s replied and got no text", p.id)
		}
	}
	for _, r := range v.rows("SELECT state, reason, COUNT(*) FROM messages WHERE direction = 'out' AND state NOT IN ('sent', 'delivered', 'waiting', 'sending', 'suppressed') GROUP BY state, reason") {
		v.broken("%s texts are %s: %s", r[2], r[0], r[1])
	}
}

// window is in what time Postscript allows so many requests of one token.
const (
	window  = time.Second
	allowed = 15
)

// pace looks for more requests in any sliding second than a token may make, by the moments the recorder saw them.
func (v *truth) pace() {
	by := map[string][]time.Time{}
	requests := v.w.rec.all()
	v.out.Requests = len(requests)
	for _, q := range requests {
		by[q.token] = append(by[q.token], q.at)
	}
	for token, at := range by {
		slices.SortFunc(at, time.Time.Compare)
		over := false
		for i := range at {
			n := 1
			for i+n < len(at) && at[i+n].Sub(at[i]) < window {
				n++
			}
			v.out.MostInASecond = max(v.out.MostInASecond, n)
			if n > allowed && !over {
				v.out.OverPace++
				v.broken("token %s made %d requests within a second", token[len(token)-4:], n)
			}
			over = n > allowed // counted once for each stretch
		}
	}
}
