package admin

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/people"
	"rejoinder/internal/subscription"
	"rejoinder/internal/texting"
	"rejoinder/internal/web"
)

type subscribers interface {
	ListSubscribers(ctx context.Context, shopID string, q texting.SubscriberList) ([]texting.Subscriber, error)
	FindSubscriber(ctx context.Context, shopID, id string) (texting.Subscriber, error)
	ConsentOf(ctx context.Context, shopID, subscriberID string) ([]texting.Consent, error)
	ExportConsent(ctx context.Context, shopID string, to io.Writer) error
	ImportSubscribers(ctx context.Context, shopID string, file io.Reader, o texting.ImportOptions) (texting.ImportReport, error)
	Unsubscribe(ctx context.Context, shopID, id, phone, source string) error
	Thread(ctx context.Context, shopID, subscriberID string, before time.Time, limit int) ([]texting.Message, error)
}

// maxUpload is the largest file a form takes, in bytes: somewhat more than an import reads.
const maxUpload = 21 << 20

// subscriberListBody is the body of subscribers.html.
type subscriberListBody struct {
	Visit         Visit
	Query, Status string
	Statuses      []web.Option
	Rows          []subscriberRow
	Pager         web.Pager
	More          bool // more match than are shown
	Owner         bool
}

type subscriberRow struct {
	texting.Subscriber
	Name, Masked, From, Href string // From is the origin in words
	Pill                     web.Pill
}

// origins are where a subscriber came from, in words. One that is not here was named so by a caller of the API.
var origins = map[string]string{"csv": "A file", "keyword": "A keyword", "website": "The website", "social": "Social media", "other": "The API"}

func subscriberPill(s texting.SubscriberStatus) web.Pill {
	switch s {
	case texting.Subscribed:
		return web.Pill{Tone: web.OK, Label: "Subscribed"}
	case texting.Pending:
		return web.Pill{Tone: web.Info, Label: "Asked"}
	case texting.OptedOut:
		return web.Pill{Tone: web.Bad, Label: "Opted out"}
	case texting.Redacted:
		return web.Pill{Tone: web.Quiet, Label: "Erased"}
	}
	return web.Pill{Tone: web.Quiet, Label: "Not a subscriber"}
}

func subscriberName(s texting.Subscriber) string { return nameOr(s.FirstName, s.LastName, s.Phone) }

func (v Visit) subscriberRow(s texting.Subscriber) subscriberRow {
	row := subscriberRow{Subscriber: s, Name: subscriberName(s), Href: v.Path("subscribers", s.ID), Pill: subscriberPill(s.Status)}
	if row.From = origins[s.Origin]; row.From == "" {
		row.From = s.Origin
	}
	if s.Phone != "" {
		row.Masked = subscription.Phone(s.Phone).Masked()
	}
	return row
}

var subscriberStatuses = []web.Option{
	{Value: "", Label: "Everybody"},
	{Value: string(texting.Subscribed), Label: "Subscribed"},
	{Value: string(texting.Pending), Label: "Asked"},
	{Value: string(texting.OptedOut), Label: "Opted out"},
	{Value: string(texting.Redacted), Label: "Erased"},
}

func (a *Admin) subscriberList(w http.ResponseWriter, r *http.Request, v Visit) error {
	return a.showSubscribers(w, r, v, subscriberListBody{Status: r.FormValue("status")})
}

// subscriberSearch shows who was found. A search is posted and has no second page, so that a typed phone number or
// name stands in no address; a status alone may.
func (a *Admin) subscriberSearch(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	body := subscriberListBody{Query: field(r, "q"), Status: field(r, "status")}
	if !slices.ContainsFunc(subscriberStatuses, func(o web.Option) bool { return o.Value == body.Status }) {
		return fault.Field("status", "Choose a status from the list.")
	}
	switch {
	case body.Query != "":
		return a.showSubscribers(w, r, v, body)
	case body.Status != "":
		return web.SeeOther(w, r, v.Path("subscribers")+"?"+url.Values{"status": {body.Status}}.Encode())
	}
	return web.SeeOther(w, r, v.Path("subscribers"))
}

func (a *Admin) showSubscribers(w http.ResponseWriter, r *http.Request, v Visit, body subscriberListBody) error {
	body.Visit, body.Statuses, body.Owner = v, subscriberStatuses, v.Role == people.Owner
	q := texting.SubscriberList{Search: body.Query, Status: texting.SubscriberStatus(body.Status), Limit: pageSize + 1}
	if body.Query == "" {
		q.Before = r.FormValue("before")
	}
	list, err := a.o.Texting.ListSubscribers(r.Context(), v.Shop.ID, q)
	if err != nil {
		return err
	}
	next := ""
	if len(list) > pageSize {
		list = list[:pageSize]
		next = list[pageSize-1].ID
	}
	for _, s := range list {
		body.Rows = append(body.Rows, v.subscriberRow(s))
	}
	if body.More = body.Query != "" && next != ""; body.Query == "" {
		body.Pager = cursorPager(r, next, url.Values{"status": {body.Status}})
	}
	p := v.Page("subscribers", "Subscribers", body)
	p.Lead = "Who agreed to texts, how, and in which words. Nobody is added from the subscription book in silence."
	return a.render(w, r, "subscribers.html", p, nil)
}

// subscriberBody is the body of subscriber.html.
type subscriberBody struct {
	Visit Visit
	subscriberRow
	Consent web.Timeline
	Thread  web.Thread
}

func (a *Admin) subscriberPage(w http.ResponseWriter, r *http.Request, v Visit) error {
	s, err := a.o.Texting.FindSubscriber(r.Context(), v.Shop.ID, r.PathValue("subscriber"))
	if err != nil {
		return err
	}
	body := subscriberBody{Visit: v, subscriberRow: v.subscriberRow(s), Consent: web.Timeline{Zone: v.Zone}}
	ledger, err := a.o.Texting.ConsentOf(r.Context(), v.Shop.ID, s.ID)
	if err != nil {
		return err
	}
	for i := len(ledger) - 1; i >= 0; i-- {
		body.Consent.Entries = append(body.Consent.Entries, consentEntry(ledger[i]))
	}
	messages, err := a.o.Texting.Thread(r.Context(), v.Shop.ID, s.ID, time.Time{}, 100)
	if err != nil {
		return err
	}
	body.Thread = v.threadOf(messages)
	p := v.Page("subscribers", body.Name, body)
	p.Crumbs = []web.Link{{Label: "Subscribers", Href: v.Path("subscribers")}}
	return a.render(w, r, "subscriber.html", p, nil)
}

// consentSources are where a line of the consent ledger came from, in words.
var consentSources = map[string]string{
	"api": "Over the API", "keyword": "By keyword", "csv": "From a file, with proof", "reply": "By their own text", "agent": "By a person at the shop",
}

func consentEntry(c texting.Consent) web.Entry {
	e := web.Entry{At: c.At, Icon: "hand", Tone: web.Quiet, Why: consentSources[c.Source], Quote: c.Words}
	if e.Why == "" && c.Source == "" {
		e.Why = "It was not recorded how."
	} else if e.Why == "" {
		e.Why = "Recorded as “" + c.Source + "”."
	}
	switch c.Kind {
	case texting.ConsentOptIn:
		e.What, e.Icon, e.Tone = "Opted in", "check", web.OK
	case texting.ConsentOptOut:
		e.What, e.Tone = "Opted out", web.Bad
	case texting.ConsentAsked:
		e.What, e.Icon, e.Tone = "Asked to answer Y", "message", web.Info
	default:
		e.What = c.Kind
	}
	return e
}

func (a *Admin) subscriberOptOut(w http.ResponseWriter, r *http.Request, v Visit) error {
	id := r.PathValue("subscriber")
	back := v.Path("subscribers", id)
	if err := a.o.Texting.Unsubscribe(r.Context(), v.Shop.ID, id, "", "agent"); err != nil {
		return v.undone(w, r, err, back)
	}
	return v.done(w, r, "They get no more texts.", back)
}

// exportLimit is how long an export may take: a page's limit would cut a large shop's off.
const exportLimit = 10 * time.Minute

// consentCSV sends the consent ledger as a file while it is read: a large shop's is a hundred megabytes. One that fails
// before its first lines is an error page, one that fails later is broken off.
func (a *Admin) consentCSV(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := http.NewResponseController(w).SetWriteDeadline(time.Now().Add(exportLimit)); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), exportLimit) // whoever leaves is noticed by writing
	defer cancel()
	return a.o.Texting.ExportConsent(ctx, v.Shop.ID, &csvFile{w: w, name: "consent.csv"})
}

// csvFile is a file that begins with its first byte, so that until then an error page can take its place.
type csvFile struct {
	w     http.ResponseWriter
	name  string
	begun bool
}

func (f *csvFile) Write(b []byte) (int, error) {
	if !f.begun {
		f.begun = true
		f.w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		f.w.Header().Set("Content-Disposition", `attachment; filename="`+f.name+`"`)
	}
	n, err := f.w.Write(b)
	if err != nil {
		err = errors.Join(err, context.Canceled) // the reader has left, which nobody needs to hear of
	}
	return n, err
}

func sendCSV(w http.ResponseWriter, name string, content []byte) error {
	_, err := (&csvFile{w: w, name: name}).Write(content)
	return err
}

// importBody is the body of import.html.
type importBody struct {
	Visit              Visit
	Required, Optional []string
	Report             *texting.ImportReport
	Verdict            web.Flash // what the report comes to
	SkipBad            bool
	Problems           web.Problems
}

func (a *Admin) importPage(w http.ResponseWriter, r *http.Request, v Visit) error {
	return a.showImport(w, r, v, importBody{})
}

func (a *Admin) showImport(w http.ResponseWriter, r *http.Request, v Visit, body importBody) error {
	body.Visit = v
	body.Required, body.Optional = texting.ImportColumns()
	p := v.Page("subscribers", "Import subscribers", body)
	p.Lead = "People who agreed to texts elsewhere, with the proof that they did: when, how, and in which words."
	p.Crumbs = []web.Link{{Label: "Subscribers", Href: v.Path("subscribers")}}
	return a.render(w, r, "import.html", p, body.Problems)
}

// importFile checks a file, and imports it when that was asked for.
func (a *Admin) importFile(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := r.ParseMultipartForm(1 << 20); err != nil { //nolint:gosec // the body is limited by HandleUpload
		if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
			return fault.From(fault.TooLarge, err, "The file is larger than 20 MB. Cut it in two.")
		}
		return fault.From(fault.Invalid, err, "The form could not be read. Go back and send it again.")
	}
	defer func() { _ = r.MultipartForm.RemoveAll() }() // temporary files; the system clears what is left
	body := importBody{SkipBad: r.FormValue("skip_bad") != ""}
	file, _, err := r.FormFile("file")
	if err != nil {
		body.Problems = web.Problems{"file": "Choose a CSV file."}
		return a.showImport(w, r, v, body)
	}
	defer func() { _ = file.Close() }() // only read
	dry := r.FormValue("do") != "import"
	report, err := a.o.Texting.ImportSubscribers(r.Context(), v.Shop.ID, file, texting.ImportOptions{DryRun: dry, SkipBad: body.SkipBad})
	if problems := web.ProblemsOf(err); problems != nil {
		body.Problems = web.Problems{"file": fault.Message(err)}
		return a.showImport(w, r, v, body)
	}
	if err != nil {
		return err
	}
	body.Report, body.Verdict = &report, verdict(report, dry)
	return a.showImport(w, r, v, body)
}

func verdict(rep texting.ImportReport, dry bool) web.Flash {
	rows := strings.TrimSpace(numberOf(rep.Added) + " to subscribe, " + numberOf(rep.Already) + " subscribed already, " + numberOf(len(rep.Faults)) + " wrong.")
	switch {
	case rep.Written:
		return web.Flash{Tone: web.OK, Text: "Imported. " + numberOf(rep.Added) + " subscribed, " + numberOf(rep.Already) + " were already."}
	case len(rep.Faults) > 0 && !dry:
		return web.Flash{Tone: web.Bad, Text: "Nothing was imported, because rows are wrong. " + rows}
	case len(rep.Faults) > 0:
		return web.Flash{Tone: web.Warn, Text: "Checked, nothing changed. " + rows}
	}
	return web.Flash{Tone: web.OK, Text: "Checked, nothing changed. " + rows + " Choose the file once more to import it."}
}
