package admin

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/reply"
	"rejoinder/internal/web"
)

type teaching interface {
	Explain(ctx context.Context, shopID, customerID, text string) (bridge.Explained, error)
	Teach(ctx context.Context, shopID string, m reply.Meaning, text string) error
	Correct(ctx context.Context, shopID, messageID, command string, remember bool) error
}

// repliesForm is the body of replies.html: every field as it was typed.
type repliesForm struct {
	Visit                         Visit
	Language, DateOrder, MaxDelay string
	Rows                          []meaningRow
	Languages, Orders             []web.Option
	Try                           tryBox
	Problems                      web.Problems
}

// meaningRow is one thing a reply can ask for.
type meaningRow struct {
	Key, Title, Does string
	Command          bool // it can be switched off
	On               bool
	Words            string // the shop's own, one a line
}

// tryBox is a text that was tried, and what it would mean.
type tryBox struct {
	Text  string
	Tried bool
	Pill  web.Pill
	Lines []string // what would be done
	Why   string
	Order string // the day of the order it was read against
	Off   bool
}

// taught are the meanings a shop can have words of its own for, with what each does.
var taught = []struct {
	meaning reply.Meaning
	does    string
	title   string // "": the word itself
}{
	{reply.Skip, "leaves out an order", ""},
	{reply.Delay, "moves an order to a later date", ""},
	{reply.Undo, "takes the last change back", ""},
	{reply.Next, "says what comes next", ""},
	{reply.Pause, "stops orders for a while", ""},
	{reply.Resume, "starts them again", ""},
	{reply.Now, "sends the next order at once, after a YES, because that charges", ""},
	{reply.Swap, "puts another product in its place, of those under Products", ""},
	{reply.Quantity, "changes how many of a product come", ""},
	{reply.Link, "sends the account page", ""},
	{reply.Keep, "leaves everything as it is, and says so", "No change"},
	{reply.Thanks, "ask for nothing, and get no answer", "Thanks"},
	{reply.Person, "is wanted, so it goes to one", "A person"},
}

func (a *Admin) repliesPage(w http.ResponseWriter, r *http.Request, v Visit) error {
	return a.showReplies(w, r, v, repliesOf(v.Shop.Settings))
}

func repliesOf(st bridge.Settings) repliesForm {
	f := repliesForm{Language: string(st.Language), DateOrder: string(st.DateOrder), MaxDelay: "366"}
	if f.Language == "" {
		f.Language = string(reply.English)
	}
	if st.MaxDelayDays != 0 {
		f.MaxDelay = strconv.Itoa(st.MaxDelayDays)
	}
	for _, t := range taught {
		row := meaningRow{Key: string(t.meaning), Title: t.meaning.Title(), Does: t.does, Command: t.meaning.IsCommand()}
		row.On, row.Words = !st.CommandOff(row.Key), strings.Join(st.Words[t.meaning], "\n")
		row.Title = cmp.Or(t.title, strings.ToUpper(row.Title))
		f.Rows = append(f.Rows, row)
	}
	return f
}

// languageNames are the languages of answers, each in its own.
var languageNames = map[reply.Language]string{reply.English: "English", reply.Spanish: "Español", reply.French: "Français"}

func (a *Admin) showReplies(w http.ResponseWriter, r *http.Request, v Visit, f repliesForm) error {
	f.Visit = v
	for _, l := range reply.Languages() {
		f.Languages = append(f.Languages, web.Option{Value: string(l), Label: languageNames[l]})
	}
	f.Orders = []web.Option{
		{Value: "", Label: "By the language: April 5 in English, 4 May otherwise"},
		{Value: string(reply.MonthFirst), Label: "Month first: April 5"},
		{Value: string(reply.DayFirst), Label: "Day first: 4 May"},
		{Value: string(reply.EitherWay), Label: "Ask which is meant"},
	}
	p := v.Page("replies", "Replies", f)
	p.Lead = "What customers can ask for by text, and how it is read. Whatever is not certain is asked about first or left to a person."
	return a.render(w, r, "replies.html", p, f.Problems)
}

func (a *Admin) replies(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	f := readReplies(r)
	err := a.o.Bridge.ChangeShop(r.Context(), v.Shop.ID, func(s *bridge.Shop) error { return f.into(&s.Settings) })
	if f.Problems = web.ProblemsOf(err); f.Problems != nil {
		return a.showReplies(w, r, v, f)
	}
	if err != nil {
		return err
	}
	return v.done(w, r, "Saved. Replies that come from now on are read this way.", v.Path("settings", "replies"))
}

func readReplies(r *http.Request) repliesForm {
	f := repliesOf(bridge.Settings{})
	f.Language, f.DateOrder, f.MaxDelay = field(r, "language"), field(r, "date_order"), field(r, "max_delay_days")
	for i := range f.Rows {
		row := &f.Rows[i]
		row.On, row.Words = field(r, "command_"+row.Key) != "", strings.ReplaceAll(r.PostForm.Get(row.Key), "\r\n", "\n")
	}
	return f
}

// into puts the form into settings; what is wrong blames its field, or the meaning a word stands at.
func (f repliesForm) into(st *bridge.Settings) (err error) {
	if !slices.Contains(reply.Languages(), reply.Language(f.Language)) {
		return fault.Field("language", "Choose a language.")
	}
	if o := reply.DateOrder(f.DateOrder); o != "" && o != reply.MonthFirst && o != reply.DayFirst && o != reply.EitherWay {
		return fault.Field("date_order", "Choose how such a date is read.")
	}
	most, err := strconv.Atoi(f.MaxDelay)
	if err != nil || most < 1 || most > 366 {
		return fault.Field("max_delay_days", "Enter a number of days from 1 to 366.")
	}
	words := map[reply.Meaning][]string{}
	var off []string
	for _, row := range f.Rows {
		words[reply.Meaning(row.Key)] = strings.FieldsFunc(row.Words, func(c rune) bool { return c == '\n' || c == ',' || c == ';' })
		if row.Command && !row.On {
			off = append(off, row.Key)
		}
	}
	if words, err = bridge.CheckWords(words); err != nil {
		return err
	}
	st.Language, st.DateOrder, st.MaxDelayDays = reply.Language(f.Language), reply.DateOrder(f.DateOrder), most
	st.Words, st.CommandsOff = words, off
	return nil
}

// tryReply shows the page with what a text would mean. It is a form, as what is typed may be a customer's own words.
func (a *Admin) tryReply(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	f := repliesOf(v.Shop.Settings)
	var err error
	if f.Try, err = a.try(r, v); err != nil {
		return err
	}
	return a.showReplies(w, r, v, f)
}

func (a *Admin) triedReply(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	t, err := a.try(r, v)
	if err != nil {
		return err
	}
	return a.set.Fragment(w, r, http.StatusOK, "replies.html", "tried", t)
}

// longestTry is how many characters of a text are tried: what carriers take as one.
const longestTry = 1600

// outcomes are what becomes of a text, in a word or two.
var outcomes = map[bridge.Becomes]web.Pill{
	bridge.BecomesActs:    {Tone: web.OK, Label: "Acts"},
	bridge.BecomesAsks:    {Tone: web.Info, Label: "Asks first"},
	bridge.BecomesAnswers: {Tone: web.OK, Label: "Answers"},
	bridge.BecomesSilent:  {Tone: web.Quiet, Label: "Nothing to do"},
	bridge.BecomesOptOut:  {Tone: web.Bad, Label: "Opts out"},
	bridge.BecomesPerson:  {Tone: web.Warn, Label: "Goes to a person"},
}

func (a *Admin) try(r *http.Request, v Visit) (t tryBox, err error) {
	t.Text = field(r, "text")
	if runes := []rune(t.Text); len(runes) > longestTry {
		t.Text = string(runes[:longestTry])
	}
	if t.Text == "" {
		return t, nil
	}
	x, err := a.o.Bridge.Explain(r.Context(), v.Shop.ID, "", t.Text)
	if err != nil {
		return t, err
	}
	t.Tried, t.Pill, t.Lines, t.Why, t.Off = true, outcomes[x.Becomes], x.Wishes, x.Why, x.Off
	if !x.Order.IsZero() && x.Meaning.IsCommand() {
		t.Order = x.Order.Long()
	}
	if !x.Meaning.IsCommand() {
		t.Lines = []string{"Read as “" + x.Meaning.Title() + "”"}
	}
	return t, nil
}
