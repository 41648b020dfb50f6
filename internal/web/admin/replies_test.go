package admin_test

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"rejoinder/internal/app"
	"rejoinder/internal/bridge"
	"rejoinder/internal/reply"
)

// settings are the first sample shop's.
func (x *sample) settings() bridge.Settings {
	x.t.Helper()
	shop, err := x.bridge.Shop(x.t.Context(), app.SampleShop)
	must(x.t, err)
	return shop.Settings
}

// with is a form with one field changed.
func with(f url.Values, field, value string) url.Values {
	out := url.Values{}
	for k, v := range f {
		out[k] = slices.Clone(v)
	}
	out.Set(field, value)
	return out
}

// TestRepliesAreSetUp saves how replies are read, and refuses what cannot be.
func TestRepliesAreSetUp(t *testing.T) {
	t.Parallel()
	x := newSample(t)
	b := x.owner()
	b.get(200, s("settings/replies"))
	b.sees("can never be taken for anything else", "Español", `value="366"`, `name="command_swap" value="on" checked`)
	good := form("language", "es", "date_order", "either", "max_delay_days", "90", "skip", "nix\nnot this moon", "delay", "later gator, push", "person", "")
	for _, m := range []string{"skip", "delay", "undo", "next", "pause", "resume", "swap", "quantity", "link"} { // all but now
		good.Set("command_"+m, "on")
	}
	for name, c := range map[string]struct{ field, value, says string }{
		"a language we do not speak": {"language", "de", "Choose a language"},
		"an order of dates":          {"date_order", "year", "Choose how such a date is read"},
		"no days":                    {"max_delay_days", "0", "from 1 to 366"},
		"days in words":              {"max_delay_days", "many", "from 1 to 366"},
		"an opt-out as a command":    {"skip", "nix\nstop", "the law and the carriers"},
		"one that means another":     {"undo", "skip", "already understood as skip"},
		"one word for two":           {"pause", "nix", "cannot mean both"},
		"a wording that is long":     {"link", strings.Repeat("word ", 20), "too long"},
	} {
		b.post(422, s("settings/replies"), with(good, c.field, c.value))
		b.sees(c.says, "Not saved yet")
		if c.field != "skip" {
			b.sees("not this moon</textarea>")
		}
		if c.field != "delay" {
			b.sees("later gator, push</textarea>")
		}
		if t.Failed() {
			t.Fatal(name)
		}
	}
	if st := x.settings(); st.MaxDelayDays != 0 || st.Words != nil {
		t.Errorf("a refused form was kept: %+v", st)
	}
	b.post(200, s("settings/replies"), good)
	b.sees("Replies that come from now on are read this way", `value="90"`, "later gator\npush</textarea>")
	st := x.settings()
	if st.Language != reply.Spanish || st.DateOrder != reply.EitherWay || st.MaxDelayDays != 90 || !st.CommandOff("now") || st.CommandOff("skip") {
		t.Errorf("saved as %+v", st)
	}
	if !slices.Equal(st.Words[reply.Skip], []string{"nix", "not this moon"}) {
		t.Errorf("own words: %q", st.Words)
	}
}

// TestAReplyIsTried shows what texts would mean; nothing is written down, and no words stand in an address.
func TestAReplyIsTried(t *testing.T) {
	t.Parallel()
	x := newSample(t)
	b := x.owner()
	b.post(200, s("settings/replies/try"), form("text", "can u push it 2 weeks"))
	b.sees("Acts", "Move the order of", "can u push it 2 weeks</textarea>", "just been told of an order on")
	for text, says := range map[string]string{
		"maybe skip?": "Asks first", "stop texting me": "Opts out", "thanks": "Nothing to do", "i want a refund": "Goes to a person", "next": "Answers", "\xff": "Goes to a person",
	} {
		page := b.post(200, s("settings/replies/tried"), form("text", text))
		b.sees(says)
		if strings.Contains(page, "<html") {
			t.Error("a whole page instead of a fragment")
		}
	}
	b.post(200, s("settings/replies/tried"), form("text", " "))
	b.sees("Type a text to see")
	b.post(200, s("settings/replies/tried"), form("text", strings.Repeat("a long story ", 2000)))
	b.sees("Goes to a person")
	b.get(200, s("settings/replies/try"))
	b.sees("What customers can ask for")
}

// TestAnswersAreReworded gives an answer other words; a text that cannot be is refused where it stands.
func TestAnswersAreReworded(t *testing.T) {
	t.Parallel()
	x := newSample(t)
	b := x.owner()
	b.get(200, s("settings/answers"))
	b.sees("Your next order is on {date}.", "Follows many answers", "Word it your way")
	b.get(200, s("settings/answers?language=fr"))
	b.sees("Votre prochaine commande")
	b.get(404, s("settings/answers?language=de"))
	b.post(422, s("settings/answers"), form("language", "en", "next_date", "We roast on {day}.", "nothing", "Fine, all stays.", "ask_date", "Which?"))
	b.sees("{day} cannot be used in this answer. It may use {date}.", "needs {options}", "We roast on {day}.</textarea>", "Fine, all stays.</textarea>", "Not saved yet")
	if st := x.settings(); st.Texts != nil {
		t.Errorf("kept %v", st.Texts)
	}
	b.post(200, s("settings/answers"), form("language", "en", "next_date", "We roast on {date} ☕", "nothing", "Fine, all stays."))
	b.sees("The answers are saved", "Yours", "English (2)", "a segment holds 70 characters instead of 160")
	b.post(200, s("settings/answers"), form("language", "es", "nothing", "Vale."))
	st := x.settings()
	if st.Texts[reply.English]["next_date"] != "We roast on {date} ☕" || st.Texts[reply.Spanish]["nothing"] != "Vale." || len(st.Texts[reply.English]) != 2 {
		t.Errorf("kept %v", st.Texts)
	}
	b.post(200, s("settings/answers"), form("language", "en", "nothing", "OK, nothing was changed."))
	if st := x.settings(); len(st.Texts[reply.English]) != 0 || len(st.Texts) != 1 {
		t.Errorf("ours again, but kept %v", st.Texts)
	}
}

// TestProductsAreListed adds, changes and removes products.
func TestProductsAreListed(t *testing.T) {
	t.Parallel()
	x := newSample(t)
	b := x.owner()
	at := s("settings/products")
	b.get(200, at)
	b.sees("House Blend", "$14.50", "also called blend, the usual", "swaps to Dark Roast, Decaf, Espresso Roast")
	for name, c := range map[string]struct{ field, value, says string }{
		"no id":          {"id", "", "which product this is"},
		"one that is":    {"id", "Decaf", "in the list already"},
		"no name":        {"name", "", "Give the product the name"},
		"a price":        {"price", "cheap", "Write the amount in digits"},
		"an opt-out":     {"nicknames", "stop", "the law and the carriers"},
		"a command":      {"nicknames", "the cold one, skip", "understood as skip"},
		"another's name": {"nicknames", "decaf", "called already"},
		"nothing here":   {"swap_to", "Beans", "no product here"},
	} {
		b.post(422, at, with(form("do", "add", "id", "p9", "name", "Cold Brew", "nicknames", "the cold one", "price", "12.00"), c.field, c.value))
		b.sees(c.says)
		if c.field != "price" {
			b.sees(`value="12.00"`)
		}
		if t.Failed() {
			t.Fatal(name)
		}
	}
	b.post(200, at, form("do", "add", "id", "p9", "name", "Cold Brew", "nicknames", "the cold one, brew", "price", "$12", "swap_to", "Decaf", "swap_to", "Dark Roast"))
	b.sees("Cold Brew is added", "also called the cold one, brew", "swaps to Dark Roast, Decaf")
	b.post(422, at, form("do", "save", "id", "p9", "name", "Cold Brew", "nicknames", "help", "price", ""))
	b.sees("the law and the carriers", `value="help"`)
	b.post(200, at, form("do", "save", "id", "p9", "name", "Cold Brew", "price", ""))
	b.sees("Cold Brew is saved")
	b.post(200, at, form("do", "remove", "id", "Decaf"))
	b.sees("Decaf is removed from the list")
	b.post(404, at, form("do", "remove", "id", "Decaf"))
	b.post(422, at, form("do", "burn", "id", "p9"))
	st := x.settings()
	last := st.Products[len(st.Products)-1]
	if last.ID != "p9" || last.Nicknames != nil || !last.Price.IsZero() {
		t.Errorf("saved as %+v", last)
	}
	for _, p := range st.Products {
		if p.ID == "Decaf" || slices.Contains(p.SwapTo, "Decaf") {
			t.Errorf("Decaf is gone, but %+v", p)
		}
	}
	b.post(200, at, form("do", "remove", "id", "House Blend"))
	b.sees("In your customers’ subscriptions", `name="id" value="House Blend"`)
	b.post(200, at, form("do", "add", "id", "House Blend", "name", "House Blend", "price", "14.50"))
	b.sees("House Blend is added")
}

// TestAPersonSaysWhatATextMeant has that done, tells the customer, and learns the wording for an owner only.
func TestAPersonSaysWhatATextMeant(t *testing.T) {
	t.Parallel()
	x := lived(t)
	ana := x.customer("Ana")
	x.says(ana, "qwerty beans")
	agent, owner := x.agent(), x.owner()
	at := s("responses/" + x.response("qwerty beans"))
	agent.get(200, at)
	agent.sees("This meant", "DELAY 2 WEEKS")
	if strings.Contains(agent.last, "Remember this wording") {
		t.Error("an agent is offered to teach")
	}
	agent.post(403, at, form("do", "meant", "meant", "NEXT", "remember", "on"))
	agent.post(422, at, form("do", "meant", "meant", "SKIP", "command", "dance"))
	agent.sees("Choose what the text meant", `value="dance"`)
	owner.post(422, at, form("do", "meant", "command", "STOP"))
	owner.sees("Remember this wording")
	owner.post(200, at, form("do", "meant", "meant", "SKIP", "command", "next", "remember", "on"))
	owner.sees("It is being done")
	must(t, x.app.Advance(t.Context(), x.app.Now().Add(2*time.Minute)))
	owner.get(200, at)
	owner.sees("Your next order is on", "Corrected. A person said that this text means NEXT.")
	if strings.Contains(owner.last, "This meant") {
		t.Error("it can be corrected twice")
	}
	owner.post(200, at, form("do", "meant", "meant", "SKIP"))
	owner.sees("It has been said already")
	if st := x.settings(); !slices.Equal(st.Words[reply.Next], []string{"qwerty beans"}) {
		t.Errorf("learned %q", st.Words)
	}
	owner.get(200, s("responses"))
	owner.sees("Understood as SKIP; dealt with.", "Corrected.")
}

// TestReadingsAreShown counts replies by what became of them, lists the wordings, and lets an owner teach one.
func TestReadingsAreShown(t *testing.T) {
	t.Parallel()
	x := newSample(t)
	at := s("analytics/replies")
	b := x.owner()
	b.get(200, at)
	b.sees("No replies in these weeks", "Every reply was understood")
	x.connect()
	ana := x.customer("Ana")
	x.says(ana, "when is my next order")
	x.says(ana, "maybe skip?")
	x.says(ana, "qwerty beans")
	x.says(ana, "do you sell filters?")
	agent := x.agent()
	agent.get(200, at)
	agent.sees("qwerty beans", "maybe skip", "To a person", "25.0% of replies", "Week of")
	if strings.Contains(agent.last, "Add one to the shop’s own words") || strings.Contains(agent.last, `name="wording"`) {
		t.Error("an agent is offered to teach")
	}
	if regexp.MustCompile(`(href|action)="[^"]*(qwerty|filters)`).MatchString(agent.last) {
		t.Error("a text stands in an address")
	}
	agent.post(403, at, form("wording", "qwerty beans", "meaning", "skip"))
	b.post(422, at, form("wording", "qwerty beans", "meaning", ""))
	b.sees("Choose what the wording means")
	b.post(422, at, form("wording", "stop", "meaning", "skip"))
	b.post(422, at, form("wording", " ", "meaning", "skip"))
	b.post(200, at, form("wording", "qwerty beans", "meaning", "pause"))
	b.sees("Learned. From now on it means pause.", "means pause")
	b.post(422, at, form("wording", "qwerty beans", "meaning", "skip"))
	b.sees("cannot mean both")
	if st := x.settings(); !slices.Equal(st.Words[reply.Pause], []string{"qwerty beans"}) {
		t.Errorf("learned %q", st.Words)
	}
	csv := agent.get(200, s("analytics/replies.csv"))
	if !strings.HasPrefix(csv, "week_from,replies,understood,asked,person,corrected\n") || strings.Contains(csv, "beans") || !strings.Contains(csv, ",4,1,1,2,0") {
		t.Errorf("exported %s", csv)
	}
}
