package admin

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/texting"
	"rejoinder/internal/waking"
	"rejoinder/internal/web"
)

type textingShops interface {
	Shop(ctx context.Context, shopID string) (texting.Shop, error)
	SaveSettings(ctx context.Context, shopID string, s texting.Settings) error
}

// hoursBody is the body of hours.html.
type hoursBody struct {
	Visit    Visit
	Days     []dayRow
	States   string // one a line: FL 11:00-20:00
	Problems web.Problems
}

// dayRow is one weekday as the form holds it.
type dayRow struct {
	Key, Name   string
	Open        bool
	From, Until string // 15:04
	Problem     string
}

// weekdays begin with Monday, as a week of work does.
var weekdays = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

func (a *Admin) hoursPage(w http.ResponseWriter, r *http.Request, v Visit) error {
	shop, err := a.o.Texting.Shop(r.Context(), v.Shop.ID)
	if err != nil {
		return err
	}
	return a.showHours(w, r, v, hoursForm(shop.WakingHours()))
}

func (a *Admin) showHours(w http.ResponseWriter, r *http.Request, v Visit, body hoursBody) error {
	body.Visit = v
	for i, d := range body.Days {
		body.Days[i].Problem = body.Problems[d.Key]
	}
	p := v.Page("hours", "Waking hours", body)
	p.Lead = "Automated texts go out only inside these hours of the recipient’s own day. What comes earlier or later is held until they open. An answer to somebody’s own reply goes at once."
	return a.render(w, r, "hours.html", p, body.Problems)
}

func hoursForm(h waking.Hours) (body hoursBody) {
	for _, d := range weekdays {
		win := h.Days[d]
		row := dayRow{Key: strings.ToLower(d.String()), Name: d.String(), Open: win.Open < win.Close, From: wallTime(win.Open), Until: wallTime(win.Close)}
		if !row.Open {
			row.From, row.Until = "11:00", "21:00"
		}
		body.Days = append(body.Days, row)
	}
	for _, code := range slices.Sorted(maps.Keys(h.States)) {
		win := h.States[code]
		body.States += fmt.Sprintf("%s %s-%s\n", code, wallTime(win.Open), wallTime(win.Close))
	}
	body.States = strings.TrimSpace(body.States)
	return body
}

func (a *Admin) hours(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	h, body, err := readHours(r)
	if err == nil {
		err = a.saveHours(r, v, h)
	}
	if body.Problems = web.ProblemsOf(err); body.Problems != nil {
		return a.showHours(w, r, v, body)
	}
	if err != nil {
		return err
	}
	return v.done(w, r, "The waking hours are saved. Texts that are held go by them.", v.Path("settings", "hours"))
}

// saveHours keeps the hours with the texting half, which goes by them, and tells the bridge, so that it can plan a
// notice that waking hours would push past the cut-off.
func (a *Admin) saveHours(r *http.Request, v Visit, h waking.Hours) error {
	shop, err := a.o.Texting.Shop(r.Context(), v.Shop.ID)
	if err != nil {
		return err
	}
	shop.Settings.Hours = &h
	if err := a.o.Texting.SaveSettings(r.Context(), v.Shop.ID, shop.Settings); err != nil {
		return err
	}
	return a.o.Bridge.ChangeShop(r.Context(), v.Shop.ID, func(s *bridge.Shop) error {
		s.Settings.Waking = &h
		return nil
	})
}

func readHours(r *http.Request) (h waking.Hours, body hoursBody, err error) {
	body.States = r.PostForm.Get("states")
	for _, d := range weekdays {
		key := strings.ToLower(d.String())
		row := dayRow{Key: key, Name: d.String(), Open: field(r, key) != "", From: field(r, key+"_from"), Until: field(r, key+"_until")}
		body.Days = append(body.Days, row)
		from, okFrom := wallMinutes(row.From)
		until, okUntil := wallMinutes(row.Until)
		if row.Open && (!okFrom || !okUntil || from >= until) && err == nil {
			err = fault.Field(key, "%s must open before it closes, between 00:00 and 24:00.", row.Name)
		}
		if row.Open {
			h.Days[d] = waking.Window{Open: from, Close: until}
		}
	}
	if err != nil {
		return h, body, err
	}
	h.States, err = readStates(body.States)
	return h, body, err
}

// readStates reads lines such as "FL 11:00-20:00".
func readStates(text string) (map[string]waking.Window, error) {
	states := map[string]waking.Window{}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(strings.ReplaceAll(line, "–", "-"))
		if line == "" {
			continue
		}
		code, span, _ := strings.Cut(line, " ")
		a, b, _ := strings.Cut(strings.ReplaceAll(span, " ", ""), "-")
		from, okFrom := wallMinutes(a)
		until, okUntil := wallMinutes(b)
		if !okFrom || !okUntil {
			return nil, fault.Field("states", "Write a state on each line, as in FL 11:00-20:00. This one cannot be read: %.40s", line)
		}
		states[strings.ToUpper(code)] = waking.Window{Open: from, Close: until}
	}
	if len(states) == 0 {
		return nil, nil
	}
	return states, nil
}

// wallTime writes minutes after midnight as a field of kind time does; the end of the day is 24:00.
func wallTime(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

// wallMinutes reads 11:00 or 9; ok is false for what is no time of day.
func wallMinutes(s string) (minutes int, ok bool) {
	hours, rest, _ := strings.Cut(s, ":")
	h, err := strconv.Atoi(hours)
	if err != nil {
		return 0, false
	}
	m := 0
	if rest != "" {
		if m, err = strconv.Atoi(rest); err != nil {
			return 0, false
		}
	}
	minutes = h*60 + m
	return minutes, h >= 0 && m >= 0 && m < 60 && minutes <= 24*60
}
