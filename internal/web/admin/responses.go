package admin

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
	"rejoinder/internal/texting"
	"rejoinder/internal/web"
)

type responses interface {
	Responses(ctx context.Context, shopID string, q texting.ResponseQuery) ([]texting.Response, error)
	InboxCounts(ctx context.Context, shopID string) (texting.InboxCounts, error)
	Message(ctx context.Context, shopID, id string) (texting.Message, error)
	ThreadOf(ctx context.Context, shopID, messageID string, limit int) ([]texting.Message, error)
	MarkRead(ctx context.Context, shopID, messageID string) error
	MarkPerson(ctx context.Context, shopID, messageID string, needs bool) error
	Answer(ctx context.Context, shopID, messageID, body string) error
	OptOutSender(ctx context.Context, shopID, messageID string) error
}

// responseListBody is the body of responses.html.
type responseListBody struct {
	Visit Visit
	Show  string
	Tabs  []web.Link
	Rows  []responseRow
	Pager web.Pager
}

type responseRow struct {
	texting.Response
	Name, Href string
	Pill       web.Pill
	Verdict    string // what the bridge made of it; "" when it did not see it
	Unread     bool
}

func (a *Admin) responseList(w http.ResponseWriter, r *http.Request, v Visit) error {
	body := responseListBody{Visit: v, Show: r.FormValue("show")}
	counts, err := a.o.Texting.InboxCounts(r.Context(), v.Shop.ID)
	if err != nil {
		return err
	}
	at := v.Path("responses")
	body.Tabs = []web.Link{
		{Label: "All", Href: at, Current: body.Show == ""},
		{Label: withCount("Need a person", counts.Person), Href: at + "?show=" + texting.OnlyPerson, Current: body.Show == texting.OnlyPerson},
		{Label: withCount("Unread", counts.Unread), Href: at + "?show=" + texting.OnlyUnread, Current: body.Show == texting.OnlyUnread},
	}
	list, err := a.o.Texting.Responses(r.Context(), v.Shop.ID, texting.ResponseQuery{Only: body.Show, Before: r.FormValue("before"), Limit: pageSize})
	if err != nil {
		return err
	}
	verdicts, err := a.verdictsOf(r.Context(), v, list)
	if err != nil {
		return err
	}
	for _, m := range list {
		row := responseRow{Response: m, Verdict: verdicts[m.ID], Href: v.Path("responses", m.ID), Unread: m.ReadAt.IsZero(), Pill: responsePill(m.Message, a.o.Now())}
		row.Name = nameOr(m.FirstName, m.LastName, m.Phone)
		body.Rows = append(body.Rows, row)
	}
	body.Pager = cursorPager(r, after(len(list), func() string { return list[len(list)-1].ID }), url.Values{"show": {body.Show}})
	p := v.Page("responses", "Responses", body)
	p.Lead = "What customers wrote. What could be understood with certainty has been answered; the rest needs a person."
	return a.render(w, r, "responses.html", p, nil)
}

func withCount(label string, n int) string {
	if n == 0 {
		return label
	}
	return label + " (" + counted(n) + ")"
}

func nameOr(first, last, phone string) string {
	if name := strings.TrimSpace(first + " " + last); name != "" {
		return name
	}
	if phone == "" {
		return "Erased at their request"
	}
	return subscription.Phone(phone).Masked()
}

// responsePill says what an inbound text was taken for, or that a person is wanted. A program has a minute to
// answer before one is.
func responsePill(m texting.Message, now time.Time) web.Pill {
	if m.NeedsPerson && now.Sub(m.CreatedAt) >= time.Minute {
		return web.Pill{Tone: web.Warn, Label: "Needs a person"}
	}
	switch m.Kind {
	case texting.KindOptOut:
		return web.Pill{Tone: web.Bad, Label: "Opted out"}
	case texting.KindOptIn:
		return web.Pill{Tone: web.OK, Label: "Opted in"}
	case texting.KindHelp:
		return web.Pill{Tone: web.Quiet, Label: "Help"}
	case texting.KindKeyword:
		return web.Pill{Tone: web.Info, Label: "Keyword"}
	}
	if m.NeedsPerson {
		return web.Pill{Tone: web.Info, Label: "Just in"}
	}
	return web.Pill{Tone: web.OK, Label: "Answered"}
}

// responseBody is the body of response.html.
type responseBody struct {
	Visit      Visit
	Message    texting.Message
	TakenFor   string // what was made of it
	Name       string
	Status     web.Pill
	Thread     web.Thread
	ThreadPath string
	Action     string
	Customer   string // address of the customer's page; ""
	Subscriber string // address of the subscriber's page; ""
	MayAnswer  bool
	Text       string // the answer as it was typed
	Meant      *meantForm
	Problems   web.Problems
}

// responsePage shows a conversation, and with that counts as having read it.
func (a *Admin) responsePage(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := a.o.Texting.MarkRead(r.Context(), v.Shop.ID, r.PathValue("person")); err != nil {
		return err
	}
	return a.showResponse(w, r, v, "", meantForm{}, nil)
}

// showResponse shows the page; text and meant are its forms as they were typed.
func (a *Admin) showResponse(w http.ResponseWriter, r *http.Request, v Visit, text string, meant meantForm, problems web.Problems) error {
	id := r.PathValue("person")
	m, err := a.o.Texting.Message(r.Context(), v.Shop.ID, id)
	if err != nil {
		return err
	}
	body := responseBody{Visit: v, Message: m, Text: text, Problems: problems, Action: v.Path("responses", id), ThreadPath: v.Path("responses", id, "thread"), MayAnswer: m.Phone != ""}
	body.Name, body.Status = nameOr("", "", m.Phone), web.Pill{Tone: web.Quiet, Label: "Not a subscriber"}
	if m.SubscriberID != "" {
		s, err := a.o.Texting.FindSubscriber(r.Context(), v.Shop.ID, m.SubscriberID)
		if err != nil && !errNotFound(err) {
			return err
		}
		if err == nil {
			body.Name, body.Status = subscriberName(s), subscriberPill(s.Status)
			body.Subscriber = v.Path("subscribers", s.ID)
			body.MayAnswer = s.Status != texting.OptedOut && s.Status != texting.Redacted
		}
	}
	if m.Phone != "" {
		c, err := a.o.Bridge.CustomerByPhone(r.Context(), v.Shop.ID, subscription.Phone(m.Phone))
		if err != nil && !errNotFound(err) {
			return err
		}
		if err == nil {
			body.Customer, body.Name = v.Path("customers", c.ID), fullName(c.Customer)
		}
	}
	if body.Thread, err = a.thread(r.Context(), v, id); err != nil {
		return err
	}
	verdicts, err := a.o.Bridge.ReplyVerdicts(r.Context(), v.Shop.ID, []string{m.ID})
	if err != nil {
		return err
	}
	body.TakenFor = m.Note
	if verdict, ok := verdicts[m.ID]; ok {
		body.TakenFor = verdict.String()
		body.Meant = v.meantForm(meant, verdict)
	}
	p := v.Page("responses", body.Name, body)
	p.Crumbs = []web.Link{{Label: "Responses", Href: v.Path("responses")}}
	return a.render(w, r, "response.html", p, problems)
}

func (a *Admin) thread(ctx context.Context, v Visit, messageID string) (web.Thread, error) {
	list, err := a.o.Texting.ThreadOf(ctx, v.Shop.ID, messageID, 200)
	if err != nil {
		return web.Thread{}, err
	}
	return v.threadOf(list), nil
}

func (a *Admin) responseThread(w http.ResponseWriter, r *http.Request, v Visit) error {
	t, err := a.thread(r.Context(), v, r.PathValue("person"))
	if err != nil {
		return err
	}
	return a.set.Fragment(w, r, http.StatusOK, "response.html", "thread", t)
}

// threadOf draws messages as bubbles, with what became of each.
func (v Visit) threadOf(list []texting.Message) web.Thread {
	t := web.Thread{Zone: v.Zone}
	for _, m := range list {
		b := web.Bubble{At: m.CreatedAt, Text: m.Body, Ours: m.Direction == texting.Out}
		if b.Text == "" {
			b.Text = "(written when it is sent)"
		}
		if m.Kind == texting.KindPerson {
			b.Author = "A person"
		}
		if b.Ours {
			if !m.SentAt.IsZero() {
				b.At = m.SentAt
			}
			b.State, b.Note = v.bubbleState(m)
		}
		t.Bubbles = append(t.Bubbles, b)
	}
	return t
}

func (v Visit) bubbleState(m texting.Message) (web.Tone, string) {
	switch m.State {
	case texting.Waiting:
		at := m.DueAt.In(v.Zone).Format("Jan 2, 3:04 PM")
		switch m.Hold {
		case texting.HoldHours:
			return web.Quiet, "Held by waking hours until " + at
		case texting.HoldOff:
			return web.Quiet, "Held back: its automation is off"
		}
		return web.Quiet, "Goes out " + at
	case texting.SendingNow:
		return web.Info, "On its way"
	case texting.Failed:
		return web.Bad, "Failed: " + m.Reason
	case texting.Suppressed:
		return web.Quiet, "Not sent: " + m.Reason
	case texting.Unknown:
		return web.Bad, "It is not known whether this arrived"
	case texting.Delivered:
		return "", "Delivered"
	}
	return "", ""
}

func (a *Admin) responseAct(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	id, shop := r.PathValue("person"), v.Shop.ID
	back := v.Path("responses", id)
	var err error
	sentence := ""
	switch field(r, "do") {
	case "answer":
		text := r.PostForm.Get("body")
		err = a.o.Texting.Answer(r.Context(), shop, id, text)
		if problems := web.ProblemsOf(err); problems != nil {
			return a.showResponse(w, r, v, text, meantForm{}, problems)
		}
		sentence = "The answer is on its way."
	case "meant":
		return a.correct(w, r, v)
	case "opt-out":
		err, sentence = a.o.Texting.OptOutSender(r.Context(), shop, id), "They get no more texts."
	case "settle":
		err, sentence = a.o.Texting.MarkPerson(r.Context(), shop, id, false), "Settled."
	case "person":
		err, sentence = a.o.Texting.MarkPerson(r.Context(), shop, id, true), "Marked: it needs a person."
	default:
		return fault.New(fault.Invalid, "The form could not be read. Go back and send it again.")
	}
	if err != nil {
		return v.undone(w, r, err, back)
	}
	return v.done(w, r, sentence, back)
}
