// Package waking plans when automated texts may go out: inside the hours of the recipient's own day.
//
// It exists because this is the one promise that clock changes, travelling numbers and half-hour zones break
// in silence. A moment is inside the waking hours when the clock on the recipient's wall shows a time inside
// that weekday's window; if the recipient may be in several zones, every one of those clocks must. That is the
// whole definition, and everything here follows from it: the time-zone database cuts each zone's history into
// stretches of one UTC offset, and inside a stretch the wall clock is plain arithmetic, so an hour that is
// skipped, an hour that comes twice, a midnight or a day that never happens need no case of their own.
//
// It must not read the clock, step through minutes, decide whether a text needs waking hours at all (an answer
// to a person's own reply does not), or drop anything: it only says when.
package waking

import (
	"fmt"
	"strings"
	"time"

	"rejoinder/internal/fault"
)

// day is the length in minutes of a day without a clock change.
const day = 24 * 60

// Window is the open part of one day in minutes after local midnight as the wall clock shows them: Open is
// inside, Close is not. Open == Close means closed all day; 0 to 1440 means open all day.
type Window struct {
	Open  int `json:"open"`
	Close int `json:"close"`
}

// String returns the window for people: 11:00–21:00, or closed.
func (w Window) String() string {
	if w.Open >= w.Close {
		return "closed"
	}
	return fmt.Sprintf("%02d:%02d–%02d:%02d", w.Open/60, w.Open%60, w.Close/60, w.Close%60)
}

// intersect returns what is inside both windows; the zero Window if nothing is.
func (w Window) intersect(v Window) Window {
	both := Window{Open: max(w.Open, v.Open), Close: min(w.Close, v.Close)}
	if both.Open >= both.Close {
		return Window{}
	}
	return both
}

// Hours are a shop's waking hours. Open, Next and Last look at Days only: take what For returns first.
type Hours struct {
	Days   [7]Window         `json:"days"`             // index time.Weekday: Sunday is 0
	States map[string]Window `json:"states,omitempty"` // narrowing on every day by state code, as FL; upper case
}

// Default returns 11:00 to 21:00 every day, in every state.
func Default() Hours {
	var h Hours
	for i := range h.Days {
		h.Days[i] = Window{Open: 11 * 60, Close: 21 * 60}
	}
	return h
}

// Check reports whether the hours can be used: every window inside the day and the right way round, state codes
// in upper case, and at least one day open, in every state that narrows too. Its errors are of kind
// [fault.Invalid] and blame the weekday in lower case ("monday"), "days", or "states".
func (h Hours) Check() error {
	for i, w := range h.Days {
		if !w.sound() {
			name := time.Weekday(i).String()
			return fault.Field(strings.ToLower(name), "%s's hours must open before they close, between 00:00 and 24:00.", name)
		}
	}
	if h.closed() {
		return fault.Field("days", "Open at least one day; with none, no automated text could ever go out.")
	}
	for code, w := range h.States {
		switch {
		case code == "" || code != stateCode(code):
			return fault.Field("states", "%q is not a state code: write it in capitals, as in FL.", code)
		case !w.sound():
			return fault.Field("states", "The hours of %s must open before they close, between 00:00 and 24:00.", code)
		case h.For(code).closed():
			return fault.Field("states", "The hours of %s leave no time open on any day.", code)
		}
	}
	return nil
}

func (w Window) sound() bool { return w.Open >= 0 && w.Open <= w.Close && w.Close <= day }

// closed reports whether no day has an open minute.
func (h Hours) closed() bool {
	for _, w := range h.Days {
		if w.Open < w.Close {
			return false
		}
	}
	return true
}

// For returns the hours of a recipient in the state (any case; "" or one without narrowing changes nothing).
// The result has no States.
func (h Hours) For(state string) Hours {
	out := Hours{Days: h.Days}
	if w, ok := h.States[stateCode(state)]; ok {
		out.meet(w)
	}
	return out
}

// Narrow returns h cut to 11:00 to 20:00, the narrowest window that serves every state: 20:00 is the earliest
// hour at which a state's law ends the day for texts (Florida, for one). It is what to use when all that is
// known of a recipient is the shop. Hours that never touch it come back closed; Next then finds no moment.
func Narrow(h Hours) Hours {
	h.meet(Window{Open: 11 * 60, Close: 20 * 60})
	return h
}

func (h *Hours) meet(w Window) {
	for i := range h.Days {
		h.Days[i] = h.Days[i].intersect(w)
	}
}

func stateCode(s string) string { return strings.ToUpper(strings.TrimSpace(s)) }
