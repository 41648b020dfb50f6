package cli

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/reply"
	"rejoinder/internal/reply/corpus"
	"rejoinder/internal/subscription"
)

type explainCmd struct {
	Text    []string `arg:"" optional:"" help:"What the shopper texts." placeholder:"TEXT"`
	Zone    string   `help:"The shop's time zone." default:"UTC" placeholder:"ZONE"`
	Now     string   `help:"When the text comes, in that zone; without it, now." placeholder:"2026-11-10T10:00"`
	Order   string   `help:"Date of the order the shopper was told of; without it, three days from then." placeholder:"DATE"`
	Lang    string   `help:"Language of the customer: en, es, fr." default:"en" placeholder:"LANG"`
	Dates   string   `help:"How 4/5 is read: month_first, day_first, either; without it, as is usual in the language." placeholder:"ORDER"`
	Product []string `help:"A product the customer has; may be repeated." sep:"none" placeholder:"NAME"`
	Offer   []string `help:"A product they may swap to; may be repeated." sep:"none" placeholder:"NAME"`
	Ask     string   `help:"The question they were asked last: \"yes now\", \"date delay: 2026-11-27 / 2026-12-04\", \"order skip: Coffee [2026-11-24] / Tea [2026-12-02]\", \"product swap: Decaf / Dark Roast\"." placeholder:"QUESTION"`
	JSON    bool     `name:"json" help:"Print it as JSON."`
}

// Help says what the command is for.
func (explainCmd) Help() string {
	return "Prints what Rejoinder understands, what it would do, and why. Nothing is stored or sent, and no database is needed. The words of one shop are tried out in its settings."
}

// Run prints what a text would mean.
func (c explainCmd) Run(r run) error {
	text := strings.Join(c.Text, " ")
	if strings.TrimSpace(text) == "" {
		return fault.New(fault.Invalid, `Write the text to explain, in quotation marks: rejoinder explain "push it 2 weeks".`)
	}
	in, at, err := c.situation()
	if err != nil {
		return err
	}
	shop := bridge.Shop{Zone: c.Zone, Settings: bridge.Settings{Language: in.Language, DateOrder: in.DateOrder}}
	out := explanation{Text: text, Explained: bridge.ExplainIn(shop, in, at, text), Today: in.Today, open: in.Open}
	if c.JSON {
		return out.json(r)
	}
	out.print(r, in.Language, c.Order == "")
	return nil
}

// situation is what the text is read against, and when it comes.
func (c explainCmd) situation() (in reply.Situation, at time.Time, err error) {
	zone, err := time.LoadLocation(c.Zone)
	if err != nil || c.Zone == "" || c.Zone == "Local" {
		return in, at, fault.Field("zone", "There is no time zone “%s”. Write it like America/Denver.", c.Zone)
	}
	if at, err = moment(c.Now, zone); err != nil {
		return in, at, err
	}
	in.Today = subscription.DateOf(at, zone)
	in.Order = in.Today.AddDays(bridge.Shop{}.Timing().LeadDays)
	if c.Order != "" {
		if in.Order, err = subscription.ParseDate(c.Order); err != nil {
			return in, at, fault.Field("order", "%s", fault.Message(err))
		}
		if in.Order.Before(in.Today) {
			return in, at, fault.Field("order", "The order of %s is over on %s. Give the date of one that is to come.", in.Order, in.Today)
		}
	}
	if in.Language = reply.Language(c.Lang); !slices.Contains(reply.Languages(), in.Language) {
		return in, at, fault.Field("lang", "“%s” is not read here. The languages are en, es and fr.", c.Lang)
	}
	in.DateOrder = reply.DateOrder(c.Dates)
	if !slices.Contains([]reply.DateOrder{"", reply.MonthFirst, reply.DayFirst, reply.EitherWay}, in.DateOrder) {
		return in, at, fault.Field("dates", "Say month_first, day_first or either.")
	}
	for i, name := range append(slices.Clone(c.Product), c.Offer...) {
		if name = strings.TrimSpace(name); name == "" {
			return in, at, fault.Field("product", "A product needs a name.")
		}
		in.Products = append(in.Products, reply.Product{Key: name, Name: name, Offer: i >= len(c.Product)})
	}
	if c.Ask != "" {
		if in.Open, err = corpus.ParseQuestion(c.Ask, in); err != nil {
			return in, at, fault.Field("ask", "The question cannot be read: %v.", err)
		}
	}
	return in, at, nil
}

// moment reads a time of day in a zone, a day (its noon), or a moment with an offset of its own; "" is now.
func moment(s string, zone *time.Location) (time.Time, error) {
	if s == "" {
		return time.Now(), nil
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, nil
	}
	for _, layout := range []string{"2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02T15:04:05"} {
		if t, err := time.ParseInLocation(layout, s, zone); err == nil {
			return t, nil
		}
	}
	if d, err := subscription.ParseDate(s); err == nil {
		return d.At(12, 0, zone), nil
	}
	return time.Time{}, fault.Field("now", "“%s” is no moment. Write it like 2026-11-10T10:00.", s)
}

// explanation is what the command prints.
type explanation struct {
	Text string
	bridge.Explained
	Today subscription.Date
	open  *reply.Question
}

// json prints it for programs. Dates are days in the shop's zone.
func (e explanation) json(r run) error {
	var out struct {
		Text      string            `json:"text"`
		Meaning   reply.Meaning     `json:"meaning"`
		Certainty reply.Certainty   `json:"certainty"`
		Becomes   bridge.Becomes    `json:"becomes"`
		Wishes    []reply.Wish      `json:"wishes"`
		Says      []string          `json:"says"`
		Picks     []int             `json:"picks,omitempty"`
		Language  reply.Language    `json:"language"`
		Words     string            `json:"words"`
		Why       string            `json:"why"`
		Today     subscription.Date `json:"today"`
		Order     subscription.Date `json:"order"`
	}
	out.Text, out.Meaning, out.Certainty, out.Becomes, out.Why = e.Text, e.Meaning, e.Certainty, e.Becomes, e.Why
	out.Wishes, out.Says, out.Language, out.Words = []reply.Wish{}, []string{}, e.Language, e.Words
	out.Today, out.Order = e.Today, e.Order
	if e.Meaning.IsCommand() {
		out.Wishes, out.Says = append([]reply.Wish{e.Wish}, e.Then...), e.Wishes
	}
	for _, p := range e.Picks {
		out.Picks = append(out.Picks, p+1) // as the shopper sees them
	}
	b, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return err
	}
	r.say("%s", b)
	return nil
}

// print prints it for people.
func (e explanation) print(r run, customers reply.Language, imagined bool) {
	order := e.Order.Friendly(e.Today)
	if imagined {
		order += " (made up; give the real one with --order)"
	}
	names := map[reply.Language]string{reply.English: "English", reply.Spanish: "Spanish", reply.French: "French"}
	language := cmp.Or(names[e.Language], "not told by the words; the customer's is "+names[customers])
	meaning := e.Meaning.Title()
	for _, w := range e.Then {
		meaning += ", then " + w.Meaning.Title()
	}
	for _, line := range [][2]string{
		{"Text", strconv.Quote(e.Text)},
		{"Today", fmt.Sprintf("%s, %d", e.Today.Long(), e.Today.Year())},
		{"Order", order},
		{"Meaning", meaning + map[reply.Certainty]string{reply.Certain: ", certain", reply.Likely: ", likely"}[e.Certainty]},
		{"Outcome", e.outcome()},
		{"Language", language},
		{"Words", cmp.Or(e.Words, "none in particular")},
		{"Why", e.Why},
	} {
		r.say("%-9s %s", line[0], line[1])
	}
}

// outcome says what would be done.
func (e explanation) outcome() string {
	what := strings.Join(e.Wishes, "; then: ")
	switch {
	case e.Becomes == bridge.BecomesActs && e.Meaning == reply.Choice:
		picked := make([]string, len(e.Picks))
		for i, p := range e.Picks {
			picked[i] = e.open.Options[p].Label
		}
		return fmt.Sprintf("Done at once: %s, for %s.", e.open.Wish.Meaning.Title(), strings.Join(picked, " and "))
	case e.Becomes == bridge.BecomesActs && e.Meaning == reply.Yes:
		return fmt.Sprintf("Done at once: %s, as was asked.", e.open.Wish.Meaning.Title())
	case e.Becomes == bridge.BecomesActs:
		return "Done at once: " + what + "."
	case e.Becomes == bridge.BecomesAsks:
		return "Asked first: " + what + "?"
	case e.Becomes == bridge.BecomesAnswers && what != "":
		return "Answered, nothing changes: " + what + "."
	case e.Becomes == bridge.BecomesAnswers:
		return "Answered, nothing changes."
	case e.Becomes == bridge.BecomesOptOut:
		return "Opted out: nothing is texted any more."
	case e.Becomes == bridge.BecomesSilent && (e.Meaning == reply.OptIn || e.Meaning == reply.Help):
		return "The texting half answers it; the subscription stays as it is."
	case e.Becomes == bridge.BecomesSilent:
		return "Nothing: it asks for nothing."
	}
	return "Left to a person."
}
