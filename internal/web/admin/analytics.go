package admin

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/texting"
	"rejoinder/internal/web"
)

type analytics interface {
	Analytics(ctx context.Context, shopID string, r texting.Days) (texting.Analytics, error)
	ExportAnalytics(ctx context.Context, shopID string, r texting.Days, to io.Writer) error
}

// analyticsBody is the body of analytics.html.
type analyticsBody struct {
	Visit      Visit
	Ranges     []web.Link
	From, To   string
	Tiles      []web.Tile
	Sent       web.Chart
	Replies    web.Chart
	Rows       []texting.Slice
	Export     string
	HasNumbers bool
	Problems   web.Problems
}

// ranges are the spans offered, in days.
var ranges = []struct {
	key, label string
	days       int
}{{"today", "Today", 1}, {"7", "7 days", 7}, {"30", "30 days", 30}}

// readRange reads the range of an address: range=7, or from and to. The default is 7 days.
func (v Visit) readRange(r *http.Request) (d texting.Days, key string, err error) {
	if r.FormValue("from") != "" || r.FormValue("to") != "" {
		if d.From, err = time.ParseInLocation(time.DateOnly, r.FormValue("from"), v.Zone); err != nil {
			return d, "", fault.Field("from", "Choose the first day.")
		}
		if d.To, err = time.ParseInLocation(time.DateOnly, r.FormValue("to"), v.Zone); err != nil {
			return d, "", fault.Field("to", "Choose the last day.")
		}
		return d, "custom", nil
	}
	days, key := 7, "7"
	for _, o := range ranges {
		if o.key == r.FormValue("range") {
			days, key = o.days, o.key
		}
	}
	now := v.now()
	return texting.Days{From: now.AddDate(0, 0, 1-days), To: now}, key, nil
}

func (a *Admin) analyticsPage(w http.ResponseWriter, r *http.Request, v Visit) error {
	body := analyticsBody{Visit: v, From: r.FormValue("from"), To: r.FormValue("to")}
	span, key, err := v.readRange(r)
	var numbers texting.Analytics
	if err == nil {
		body.From, body.To = span.From.Format(time.DateOnly), span.To.Format(time.DateOnly)
		numbers, err = a.o.Texting.Analytics(r.Context(), v.Shop.ID, span)
	}
	if body.Problems = web.ProblemsOf(err); body.Problems == nil && err != nil {
		return err
	}
	for _, o := range ranges {
		body.Ranges = append(body.Ranges, web.Link{Label: o.label, Href: v.Path("analytics") + "?range=" + o.key, Current: o.key == key})
	}
	body.Export = v.Path("analytics.csv") + "?" + url.Values{"from": {body.From}, "to": {body.To}}.Encode()
	body.fill(numbers)
	p := v.Page("analytics", "Messages", body)
	p.Lead = "What went out, what was held, who answered, who left."
	p.Wide = false
	return a.render(w, r, "analytics.html", p, body.Problems)
}

func (b *analyticsBody) fill(n texting.Analytics) {
	t := n.Total
	b.Tiles = []web.Tile{
		{Label: "Sent", Value: fmt.Sprint(t.Sent), Note: fmt.Sprintf("%d segments", t.Segments)},
		{Label: "Held first", Value: fmt.Sprint(t.Held), Note: heldNow(n)},
		{Label: "Replied", Value: fmt.Sprint(t.Replied), Note: share(t.Replied, t.Sent)},
		{Label: "Opted out", Value: fmt.Sprint(t.OptedOut), Note: share(t.OptedOut, t.Sent)},
		{Label: "Waiting now", Value: counted(n.Waiting)},
	}
	b.Rows, b.HasNumbers = n.Rows, len(n.Rows) > 0
	b.Sent = web.Chart{
		ID: "sent", Title: "Sent by day", Desc: fmt.Sprintf("%d messages in %d days.", t.Sent, len(n.ByDay)), Unit: "messages",
		Series: []web.Series{{Name: "At once"}, {Name: "Held first"}},
	}
	b.Replies = web.Chart{
		ID: "replies", Title: "Replies and opt-outs by day", Desc: fmt.Sprintf("%d replies and %d opt-outs.", t.Replied, t.OptedOut),
		Series: []web.Series{{Name: "Replied"}, {Name: "Opted out"}},
	}
	for _, d := range n.ByDay {
		label := d.Day
		if day, err := time.Parse(time.DateOnly, d.Day); err == nil {
			label = day.Format("Jan 2")
		}
		b.Sent.Labels, b.Replies.Labels = append(b.Sent.Labels, label), append(b.Replies.Labels, label)
		b.Sent.Series[0].Values = append(b.Sent.Series[0].Values, float64(d.Sent-d.Held))
		b.Sent.Series[1].Values = append(b.Sent.Series[1].Values, float64(d.Held))
		b.Replies.Series[0].Values = append(b.Replies.Series[0].Values, float64(d.Replied))
		b.Replies.Series[1].Values = append(b.Replies.Series[1].Values, float64(d.OptedOut))
	}
}

// heldNow says how many texts are held; of which many, not how many.
func heldNow(n texting.Analytics) string {
	if n.HeldNow > 0 && n.Waiting > mostCounted {
		return "many held now"
	}
	return numberOf(n.HeldNow) + " held now"
}

func share(part, whole int) string {
	if whole == 0 {
		return ""
	}
	return fmt.Sprintf("%.1f%% of sent", 100*float64(part)/float64(whole))
}

func (a *Admin) analyticsCSV(w http.ResponseWriter, r *http.Request, v Visit) error {
	span, _, err := v.readRange(r)
	if err != nil {
		return err
	}
	var buf bytes.Buffer
	if err := a.o.Texting.ExportAnalytics(r.Context(), v.Shop.ID, span, &buf); err != nil {
		return err
	}
	return sendCSV(w, "messages.csv", buf.Bytes())
}
