package admin

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/web"
)

type shops interface {
	Shop(ctx context.Context, shopID string) (bridge.Shop, error)
	Shops(ctx context.Context) ([]bridge.Shop, error)
	ChangeShop(ctx context.Context, shopID string, change func(*bridge.Shop) error) error
}

// shopForm is the body of settings.html: every field as it was typed.
type shopForm struct {
	Visit                                        Visit
	Name, Link, Zone, Support                    string
	LeadDays, NoticeHour, CutOffHours, DelayDays string
	PaymentURL, Prefix, Engine, Unknown          string
	PerRetry                                     bool
	Zones, Hours, Engines, Unknowns              []web.Option
	Problems                                     web.Problems
}

func (a *Admin) shopSettingsPage(w http.ResponseWriter, r *http.Request, v Visit) error {
	tx, err := a.o.Texting.Shop(r.Context(), v.Shop.ID)
	if err != nil {
		return err
	}
	return a.showShop(w, r, v, formOf(v.Shop, tx.Settings.SupportContact))
}

func formOf(shop bridge.Shop, support string) shopForm {
	t, st := shop.Timing(), shop.Settings
	f := shopForm{
		Name: shop.Name, Link: shop.Link, Zone: shop.Zone, Support: support,
		LeadDays: strconv.Itoa(t.LeadDays), NoticeHour: strconv.Itoa(t.Hour), CutOffHours: strconv.Itoa(int(t.CutOff.Hours())),
		DelayDays: "7", PaymentURL: st.PaymentURL, Prefix: st.TriggerPrefix(), Engine: "legacy", Unknown: "repeat", PerRetry: st.PerRetry,
	}
	if st.DelayDays != 0 {
		f.DelayDays = strconv.Itoa(st.DelayDays)
	}
	if st.Flows {
		f.Engine = "flow"
	}
	if st.MayMiss {
		f.Unknown = "miss"
	}
	return f
}

func (a *Admin) showShop(w http.ResponseWriter, r *http.Request, v Visit, f shopForm) error {
	f.Visit = v
	f.Zones = zoneOptions(f.Zone)
	for h := range 24 {
		f.Hours = append(f.Hours, web.Option{Value: strconv.Itoa(h), Label: hourName(h)})
	}
	f.Engines = []web.Option{{Value: "legacy", Label: "Legacy automations"}, {Value: "flow", Label: "Flows"}}
	f.Unknowns = []web.Option{{Value: "repeat", Label: "Send again: a text may come twice"}, {Value: "miss", Label: "Do not send again: a text may be missed"}}
	p := v.Page("settings", "Shop", f)
	p.Lead = "When customers are told of an order, and until when they can answer."
	return a.render(w, r, "settings.html", p, f.Problems)
}

func (a *Admin) shopSettings(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	f := readShopForm(r)
	shop := v.Shop
	err := a.saveShop(r.Context(), v.Shop.ID, f.Support, func(s *bridge.Shop) error {
		err := f.into(s)
		shop = *s
		return err
	})
	if f.Problems = web.ProblemsOf(err); f.Problems != nil {
		return a.showShop(w, r, v, f)
	}
	if err != nil {
		return err
	}
	sentence := "The settings are saved."
	if was := v.Shop.Settings; was.TriggerPrefix() != shop.Settings.TriggerPrefix() || was.Flows != shop.Settings.Flows {
		sentence += " Press Confirm under Integrations, so that Postscript learns of the change."
	}
	return v.done(w, r, sentence, v.Path("settings"))
}

func (a *Admin) saveShop(ctx context.Context, shopID, support string, change func(*bridge.Shop) error) error {
	texting, err := a.o.Texting.Shop(ctx, shopID)
	if err != nil {
		return err
	}
	if err := a.o.Bridge.ChangeShop(ctx, shopID, change); err != nil {
		return err
	}
	if texting.Settings.SupportContact == support {
		return nil
	}
	texting.Settings.SupportContact = support
	return a.o.Texting.SaveSettings(ctx, shopID, texting.Settings)
}

func readShopForm(r *http.Request) shopForm {
	return shopForm{
		Name: field(r, "name"), Link: field(r, "link"), Zone: field(r, "zone"), Support: field(r, "support_contact"),
		LeadDays: field(r, "lead_days"), NoticeHour: field(r, "notice_hour"), CutOffHours: field(r, "cut_off_hours"), DelayDays: field(r, "delay_days"),
		PaymentURL: field(r, "payment_url"), Prefix: field(r, "prefix"), Engine: field(r, "engine"), Unknown: field(r, "unknown"),
		PerRetry: field(r, "per_retry") != "",
	}
}

// into puts the form into a shop; what cannot be read as a number or an address is blamed here, the rest by the
// shop's own check.
func (f shopForm) into(shop *bridge.Shop) error {
	numbers := map[string]int{}
	for name, text := range map[string]string{"lead_days": f.LeadDays, "notice_hour": f.NoticeHour, "cut_off_hours": f.CutOffHours, "delay_days": f.DelayDays} {
		n, err := strconv.Atoi(text)
		if err != nil {
			return fault.Field(name, "Enter a whole number.")
		}
		numbers[name] = n
	}
	if numbers["lead_days"] < 1 {
		return fault.Field("lead_days", "The notice goes out 1 to 14 days before the order.")
	}
	if numbers["delay_days"] < 1 {
		return fault.Field("delay_days", "A bare DELAY can move an order by 1 to 90 days.")
	}
	for name, address := range map[string]string{"link": f.Link, "payment_url": f.PaymentURL} {
		if err := checkAddress(name, address); err != nil {
			return err
		}
	}
	if len(f.Prefix) > 40 || strings.ContainsAny(f.Prefix, ":{}") {
		return fault.Field("prefix", "A prefix has at most 40 characters, and none of : { }.")
	}
	hour, cutOff := numbers["notice_hour"], numbers["cut_off_hours"]
	shop.Name, shop.Link, shop.Zone = f.Name, f.Link, f.Zone
	st := &shop.Settings
	st.LeadDays, st.NoticeHour, st.CutOffHours, st.DelayDays = numbers["lead_days"], &hour, &cutOff, numbers["delay_days"]
	st.PaymentURL, st.Prefix, st.Flows = f.PaymentURL, f.Prefix, f.Engine == "flow"
	st.MayMiss, st.PerRetry = f.Unknown == "miss", f.PerRetry
	return nil
}

// checkAddress allows nothing, or the address of a page.
func checkAddress(name, address string) error {
	if address == "" {
		return nil
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return fault.Field(name, "Enter a whole address, such as https://shop.example.com.")
	}
	return nil
}

// hourName writes an hour of the day: 11:00 AM.
func hourName(h int) string {
	suffix := "AM"
	if h >= 12 {
		suffix = "PM"
	}
	return strconv.Itoa((h+11)%12+1) + ":00 " + suffix
}
