package admin

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"strings"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/people"
	"rejoinder/internal/reply"
	"rejoinder/internal/web"
)

type readings interface {
	Reading(ctx context.Context, shopID string, weeks int) (bridge.Reading, error)
}

// readingsBody is the body of readings.html: how well replies are understood.
type readingsBody struct {
	Visit    Visit
	Owner    bool
	Tiles    []web.Tile
	Chart    web.Chart
	Weeks    []weekRow // newest first, back to the first reply
	Any      bool
	Hard     []hardRow
	Meanings []web.Option
	Export   string
	Problems web.Problems
}

type weekRow struct {
	bridge.Week
	Label string
}

// hardRow is a wording that was not understood at once. It is somebody's own words: it stands on the page, and in no
// address.
type hardRow struct {
	bridge.HardWording
	Yours   string // what it means by the shop's own words; "" while it is none
	Chosen  string // what the form offers first
	Ident   string
	Problem string
}

// shownWeeks is how far back the page looks.
const shownWeeks = 12

func (a *Admin) readingsPage(w http.ResponseWriter, r *http.Request, v Visit) error {
	return a.showReadings(w, r, v, "", "", nil)
}

// showReadings shows the page; typed and chosen are the wording and the meaning a form with problems was about.
func (a *Admin) showReadings(w http.ResponseWriter, r *http.Request, v Visit, typed, chosen string, problems web.Problems) error {
	read, err := a.o.Bridge.Reading(r.Context(), v.Shop.ID, shownWeeks)
	if err != nil {
		return err
	}
	body := readingsBody{Visit: v, Owner: v.Role == people.Owner, Export: v.Path("analytics", "replies.csv"), Problems: problems}
	body.Meanings = []web.Option{{Value: "", Label: "means …"}}
	for _, t := range taught {
		body.Meanings = append(body.Meanings, web.Option{Value: string(t.meaning), Label: t.meaning.Title()})
	}
	body.fill(read, v.Shop.Settings)
	for _, problem := range problems { // there is one
		body.Problems = web.Problems{"": problem} // unless it can stand where it belongs
		for i := range body.Hard {
			if h := &body.Hard[i]; h.Wording == typed && h.Yours == "" {
				h.Chosen, h.Problem, body.Problems = chosen, problem, web.Problems{"meaning": problem}
			}
		}
	}
	p := v.Page("readings", "Replies", body)
	p.Lead = "How well replies are understood: dealt with at once, asked about first, or left to a person."
	return a.render(w, r, "readings.html", p, problems)
}

func (b *readingsBody) fill(read bridge.Reading, st bridge.Settings) {
	var sum bridge.Readings
	b.Chart = web.Chart{
		ID: "readings", Title: "Replies by week", Unit: "replies", Each: "Week of",
		Series: []web.Series{{Name: "Understood"}, {Name: "Asked"}, {Name: "To a person"}},
	}
	for _, week := range read.Weeks {
		sum.Understood, sum.Asked, sum.Person, sum.Corrected = sum.Understood+week.Understood, sum.Asked+week.Asked, sum.Person+week.Person, sum.Corrected+week.Corrected
		b.Chart.Labels = append(b.Chart.Labels, week.From.Format("Jan 2"))
		for i, n := range []int{week.Understood, week.Asked, week.Person} {
			b.Chart.Series[i].Values = append(b.Chart.Series[i].Values, float64(n))
		}
		if sum.All() > 0 { // the table begins with the first reply
			b.Weeks = append([]weekRow{{Week: week, Label: week.From.Format("Jan 2, 2006")}}, b.Weeks...)
		}
	}
	b.Chart.Desc = fmt.Sprintf("%d replies in %d weeks.", sum.All(), len(read.Weeks))
	b.Any = sum.All() > 0
	b.Tiles = []web.Tile{
		{Label: "Understood at once", Value: numberOf(sum.Understood), Note: shareOf(sum.Understood, sum.All())},
		{Label: "Asked first", Value: numberOf(sum.Asked), Note: shareOf(sum.Asked, sum.All())},
		{Label: "Left to a person", Value: numberOf(sum.Person), Note: shareOf(sum.Person, sum.All())},
		{Label: "Corrected by a person", Value: numberOf(sum.Corrected), Note: shareOf(sum.Corrected, sum.All())},
	}
	own := map[string]reply.Meaning{}
	for m, list := range st.Words {
		for _, word := range list {
			own[word] = m
		}
	}
	for i, h := range read.Hard {
		row := hardRow{HardWording: h, Ident: fmt.Sprintf("meant-%d", i), Yours: own[h.Wording].Title()}
		if m := meaningOf(h.Meant); m != "" {
			row.Chosen = string(m)
		}
		b.Hard = append(b.Hard, row)
	}
}

// meaningOf is what the command means that a person said a text meant; "" for none.
func meaningOf(command string) reply.Meaning {
	if command == "" {
		return ""
	}
	return reply.Read(command, reply.Situation{}).Meaning
}

func shareOf(part, whole int) string {
	if whole == 0 {
		return ""
	}
	return fmt.Sprintf("%.1f%% of replies", 100*float64(part)/float64(whole))
}

// teach makes a wording one of the shop's own.
func (a *Admin) teach(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	wording, m := field(r, "wording"), field(r, "meaning")
	err := a.o.Bridge.Teach(r.Context(), v.Shop.ID, reply.Meaning(m), wording)
	if problems := web.ProblemsOf(err); problems != nil {
		return a.showReadings(w, r, v, wording, m, problems)
	}
	if err != nil {
		return err
	}
	return v.done(w, r, "Learned. From now on it means "+reply.Meaning(m).Title()+".", v.Path("analytics", "replies"))
}

// readingsCSV is the table by week. The wordings stay on the page.
func (a *Admin) readingsCSV(w http.ResponseWriter, r *http.Request, v Visit) error {
	read, err := a.o.Bridge.Reading(r.Context(), v.Shop.ID, shownWeeks)
	if err != nil {
		return err
	}
	var buf bytes.Buffer
	out := csv.NewWriter(&buf)
	rows := [][]string{strings.Split("week_from,replies,understood,asked,person,corrected", ",")}
	for _, week := range read.Weeks {
		row := []string{week.From.Format(time.DateOnly)}
		for _, n := range []int{week.All(), week.Understood, week.Asked, week.Person, week.Corrected} {
			row = append(row, numberOf(n))
		}
		rows = append(rows, row)
	}
	if err := out.WriteAll(rows); err != nil {
		return err
	}
	return sendCSV(w, "replies.csv", buf.Bytes())
}
