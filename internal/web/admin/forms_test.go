package admin_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoinder/internal/app"
)

func TestSettingsAreKeptAndChecked(t *testing.T) {
	t.Parallel()
	x := newSample(t)
	b := x.owner()
	b.post(200, s("settings/replies"), form("language", "en", "max_delay_days", "366", "command_skip", "on"))
	good := form("name", "Blue Door", "zone", "America/Chicago", "lead_days", "4", "notice_hour", "9", "cut_off_hours", "30", "delay_days", "14",
		"prefix", "Smartrr", "engine", "legacy", "unknown", "miss", "link", "https://bluedoor.example", "support_contact", "help@bluedoor.example")
	for field, c := range map[string]struct{ value, says string }{
		"name":          {"", "The shop needs a name"},
		"zone":          {"Moon/Base", "time zone"},
		"lead_days":     {"0", "1 to 14 days"},
		"notice_hour":   {"x", "whole number"},
		"cut_off_hours": {"400", "nobody has time to answer"},
		"delay_days":    {"91", "1 to 90 days"},
		"payment_url":   {"pay here", "whole address"},
	} {
		wrong := form()
		for k, v := range good {
			wrong[k] = v
		}
		wrong.Set(field, c.value)
		b.post(422, s("settings"), wrong)
		b.sees(c.says, `value="help@bluedoor.example"`)
	}
	b.post(200, s("settings"), good)
	b.sees("The settings are saved", "Press Confirm under Integrations", "Blue Door")
	shop, err := x.bridge.Shop(t.Context(), app.SampleShop)
	must(t, err)
	if shop.Zone != "America/Chicago" || shop.Timing().LeadDays != 4 || !shop.Settings.CommandOff("delay") || len(shop.Settings.Products) == 0 || shop.Settings.CommandOff("skip") || !shop.Settings.MayMiss {
		t.Errorf("saved as %+v", shop)
	}

	hours := form("monday", "on", "monday_from", "12:00", "monday_until", "20:00", "friday", "on", "friday_from", "9:30", "friday_until", "18", "states", "FL 11:00-19:00\nWA 10:00 – 20:00")
	b.post(200, s("settings/hours"), hours)
	b.sees("The waking hours are saved", "FL 11:00-19:00", "09:30")
	shop, err = x.bridge.Shop(t.Context(), app.SampleShop)
	must(t, err)
	saved, err := x.app.Texting.Shop(t.Context(), app.SampleShop)
	must(t, err)
	if diff := cmp.Diff(saved.Settings.Hours, shop.Settings.Waking); diff != "" || shop.Settings.Waking == nil {
		t.Errorf("the bridge plans by other hours than the texting half sends by:\n%s", diff)
	}
	hours.Set("monday_from", "21:00")
	b.post(422, s("settings/hours"), hours)
	b.sees("Monday must open before it closes", `value="21:00"`)
	b.post(422, s("settings/hours"), form("states", ""))
	b.sees("Open at least one day")
	hours.Set("monday_from", "12:00")
	hours.Set("states", "Florida")
	b.post(422, s("settings/hours"), hours)
	b.sees("Write a state on each line")
}

func TestTriggersAreSwitchedAndTested(t *testing.T) {
	t.Parallel()
	x := newSample(t)
	b := x.owner()
	b.get(200, s("triggers"))
	b.sees("Upcoming Order", "{delivery_date}", "Not connected")
	x.connect()
	ana := x.customer("Ana")
	b.get(200, s("triggers?customer="+ana.ID))
	b.sees("Send test", "House Blend", "Hi Ana, your Blue Door Coffee order")
	b.post(200, s("triggers/UpcomingOrder"), form("on", "false"))
	b.sees("Upcoming Order is off")
	b.post(200, s("triggers/UpcomingOrder"), form("on", "true"))
	b.post(404, s("triggers/Nonsense"), form("on", "true"))
	b.post(200, s("triggers/OrderSkipped/test"), form("customer", ana.ID))
	b.sees("The test is on its way", "Order Skipped")
	must(t, x.app.Advance(t.Context(), x.app.Now().Add(time.Minute)))
	b.get(200, s("deliveries?trigger=OrderSkipped&state=sent"))
	b.sees("Order Skipped", "Ana Sample")
	id := regexp.MustCompile(`deliveries/(dlv_[a-z0-9]+)"`).FindStringSubmatch(b.last)
	if id == nil {
		t.Fatal("no delivery")
	}
	b.get(200, s("deliveries/"+id[1]))
	b.sees("Request", "Answer", "Send again")
	b.post(200, s("deliveries/"+id[1]+"/again"), nil)
	b.sees("A copy is queued")
}

func TestTheLedgersTokensAndEndpoints(t *testing.T) {
	t.Parallel()
	x := newSample(t)
	b := x.owner()
	b.post(422, s("integrations/tokens"), form("label", ""))
	b.sees("Give the token a name")
	b.post(200, s("integrations/tokens"), form("label", "Order system"))
	b.sees("rjk_", "shown only now")
	b.get(200, s("integrations"))
	id := regexp.MustCompile(`tokens/(tok_[a-z0-9]+)/revoke`).FindStringSubmatch(b.last)
	if id == nil || strings.Contains(b.last, "shown only now") {
		t.Fatal("the token is not listed, or shown again")
	}
	b.post(200, s("integrations/tokens/"+id[1]+"/revoke"), nil)
	b.sees("The token is revoked")
	b.post(422, s("integrations/webhooks"), form("url", "not an address"))
	b.post(200, s("integrations/webhooks"), form("url", "https://hooks.example.com/in"))
	b.sees("whsec_")
	end := regexp.MustCompile(`integrations/webhooks/([a-z]+_[a-z0-9]+)"`).FindStringSubmatch(b.last)
	if end == nil {
		t.Fatal("the endpoint is not listed")
	}
	at := s("integrations/webhooks/" + end[1])
	b.get(200, at)
	b.post(200, at, form("do", "test"))
	b.sees("A test webhook is on its way")
	b.post(200, at, form("do", "off"))
	b.sees("The endpoint is off")
	b.post(200, at, form("do", "on"))
	b.post(422, at, form("do", "dance"))
	b.post(200, at, form("do", "delete"))
	b.sees("The endpoint is deleted")
}

func TestKeywords(t *testing.T) {
	t.Parallel()
	x := newSample(t)
	b := x.owner()
	b.post(422, s("keywords"), form("word", "STOP", "reply", "Bye"))
	b.sees("it can be no keyword", "Bye")
	b.post(200, s("keywords"), form("word", "coffee", "reply", "Welcome to {shop_name}!", "active", "on"))
	b.sees("The keyword COFFEE is saved")
	b.post(200, s("keywords"), form("word", "skip", "reply", "Welcome!", "active", "on"))
	b.sees("their order stays as it is")
	id := regexp.MustCompile(`keywords/(kw_[a-z0-9]+)"`).FindStringSubmatch(b.last)
	if id == nil {
		t.Fatal("no keyword")
	}
	b.post(422, s("keywords/"+id[1]), form("word", "two words", "reply", "kept as typed"))
	b.sees("letters and digits only", "kept as typed")
}

func TestSubscribersAndTheirConsent(t *testing.T) {
	t.Parallel()
	x := newSample(t)
	b := x.owner()
	b.get(200, s("subscribers?status=opted_out"))
	b.sees("Eli", "Opted out", "A file")
	b.post(200, s("subscribers"), form("q", "Ana"))
	id := regexp.MustCompile(`subscribers/(s_[a-z0-9]+)"`).FindStringSubmatch(b.last)
	if id == nil {
		t.Fatal("Ana is not listed")
	}
	b.get(200, s("subscribers/"+id[1]))
	b.sees("Opted in", "From a file, with proof", "<dd>A file</dd>")
	b.post(200, s("subscribers/"+id[1]+"/opt-out"), nil)
	b.sees("They get no more texts", "By a person at the shop")
	csv := b.get(200, s("subscribers.csv"))
	if !strings.HasPrefix(csv, "id,at,kind") || !strings.Contains(csv, "opt_out") {
		t.Errorf("exported %.200s", csv)
	}
}

func TestAFileOfSubscribersIsCheckedFirst(t *testing.T) {
	t.Parallel()
	x := newSample(t)
	b := x.owner()
	const head = "phone,consented_at,consent_source,consent_words\n"
	good := head + "+12125550188,2026-01-02T10:00:00Z,shop till,I want texts\n"
	b.upload(422, s("subscribers/import"), "", form())
	b.sees("Choose a CSV file")
	b.upload(200, s("subscribers/import"), head+"123,2026-01-02T10:00:00Z,till,yes\n", form("do", "import"))
	b.sees("Nothing was imported", "What is wrong", "phone")
	b.upload(200, s("subscribers/import"), good, form("do", "check"))
	b.sees("Checked, nothing changed")
	b.upload(200, s("subscribers/import"), good, form("do", "import"))
	b.sees("Imported. 1 subscribed")
	b.post(200, s("subscribers"), form("q", "550188"))
	b.sees("••88")
}

func TestAnalyticsCountWhatWentOut(t *testing.T) {
	t.Parallel()
	x := lived(t)
	b := x.agent()
	for _, span := range []string{"", "?range=today", "?range=30", "?from=2026-01-01&to=2026-02-01"} {
		b.get(200, s("analytics"+span))
		b.sees("Sent", "Export CSV")
	}
	b.get(200, s("analytics"))
	b.sees("Upcoming Order", "Order Skipped")
	b.get(422, s("analytics?from=2026-02-01&to=2026-01-01"))
	b.sees("before the first")
	b.get(422, s("analytics?from=x&to=2026-01-01"))
	csv := b.get(200, s("analytics.csv?range=7"))
	if !strings.HasPrefix(csv, "day,type,name") || !strings.Contains(csv, "Upcoming Order") {
		t.Errorf("exported %.300s", csv)
	}
}

// TestANewShopBeginsWithSamples makes them once, all switched off, and the connection finds their triggers.
func TestANewShopBeginsWithSamples(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, h *house) {
		b := h.owner()
		at := "/s/" + h.shop.ID + "/automations"
		b.get(200, at)
		b.sees("Make the sample automations")
		b.post(200, at+"/samples", nil)
		b.sees("8 automations are made, all switched off", "Upcoming Order")
		b.post(200, at+"/samples", nil)
		b.sees("Every trigger has an automation already.")
		list, err := h.texting.Automations(t.Context(), h.shop.ID)
		must(t, err)
		if len(list) != 8 {
			t.Errorf("%d automations", len(list))
		}
		for _, m := range list {
			if m.Active {
				t.Errorf("%s is active", m.Name)
			}
		}
		h.agent().post(403, at+"/samples", nil)
	})
}
