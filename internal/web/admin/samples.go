package admin

import (
	"context"
	"net/http"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/texting"
	"rejoinder/internal/trigger"
	"rejoinder/internal/web"
)

// sampleMaker is what sample automations are made with; *texting.Texting is one.
type sampleMaker interface {
	Automations(ctx context.Context, shopID string) ([]texting.Automation, error)
	CreateAutomation(ctx context.Context, shopID string, in texting.AutomationInput) (texting.Automation, error)
	Triggers(ctx context.Context, c texting.Caller) ([]texting.RegisteredTrigger, error)
	RegisterTrigger(ctx context.Context, c texting.Caller, in texting.TriggerChange) (texting.RegisteredTrigger, error)
}

// sampleCopy is a text for each trigger to begin with.
var sampleCopy = map[trigger.Name]string{
	trigger.SubscriptionCreated:  "Welcome, {first_name}! Your subscription to {product_names} is set up. First order: {next_delivery_date}. Your orders: {account_page_link}",
	trigger.UpcomingOrder:        "Hi {first_name}, your {shop_name} order ({product_names}, {order_total}) ships {delivery_date}. Reply SKIP or DELAY by {reply_by}.",
	trigger.OrderSkipped:         "Done: your order of {skipped_delivery_date} ({product_names}) is skipped. It comes next on {new_delivery_date}. Reply UNDO to bring it back.",
	trigger.PaymentMethodUpdated: "Thanks, {first_name}: your {card_brand} ending in {card_last4} pays for your next orders.",
	trigger.PaymentMethodFailed:  "Hi {first_name}, the payment of {order_total} failed. Update it here: {account_page_link}. We try again on {next_retry_date}.",
	trigger.CustomerDeactivated:  "Your {shop_name} subscription has ended, {first_name}. Come back any time: {account_page_link}",
	trigger.OrderDelayed:         "Done: your order of {old_delivery_date} ({product_names}) now ships {new_delivery_date}. Reply UNDO to change it back.",
	trigger.ReplyAnswered:        "{answer}",
}

// SampleAutomations makes an automation for each trigger that none listens to, and returns how many it made. A shop
// that is not connected yet gets its triggers registered here under the names under which Confirm looks for them, so
// that connecting finds them and the automations go on working.
func SampleAutomations(ctx context.Context, t sampleMaker, shop bridge.Shop, active bool) (made int, err error) {
	defer fault.Wrap(&err, "admin: sample automations of %s", shop.ID)
	caller := texting.Caller{ShopID: shop.ID}
	have, err := t.Triggers(ctx, caller)
	if err != nil {
		return 0, err
	}
	ids, taken := map[string]string{}, map[string]bool{}
	for _, tr := range have {
		ids[tr.Name] = tr.ID
	}
	list, err := t.Automations(ctx, shop.ID)
	if err != nil {
		return 0, err
	}
	for _, m := range list {
		taken[m.TriggerID] = true
	}
	for _, def := range trigger.All() {
		name := shop.Settings.TriggerPrefix() + ": " + def.Title
		if ids[name] == "" {
			if ids[name], err = registerTrigger(ctx, t, caller, name, def); err != nil {
				return made, err
			}
		}
		if taken[ids[name]] {
			continue
		}
		wait := 1
		if def.AnswersReply {
			wait = 0
		}
		if _, err := t.CreateAutomation(ctx, shop.ID, texting.AutomationInput{
			Name: def.Title, Engine: texting.EngineLegacy, TriggerID: ids[name], Active: active,
			Messages: []texting.Step{{Copy: sampleCopy[def.Name], WaitMinutes: wait}},
		}); err != nil {
			return made, err
		}
		made++
	}
	return made, nil
}

func registerTrigger(ctx context.Context, t sampleMaker, c texting.Caller, name string, def trigger.Definition) (string, error) {
	tags := make([]texting.TriggerTag, 0, len(def.Tags))
	for _, tag := range def.Tags {
		tags = append(tags, texting.TriggerTag{Label: tag.Label, Value: "{" + tag.Name + "}"})
	}
	made, err := t.RegisterTrigger(ctx, c, texting.TriggerChange{Name: &name, Tags: &tags})
	return made.ID, err
}

// automationSamples makes the sample automations, switched off: nobody is texted words the merchant has not read.
func (a *Admin) automationSamples(w http.ResponseWriter, r *http.Request, v Visit) error {
	made, err := SampleAutomations(r.Context(), a.o.Texting, v.Shop, false)
	if err != nil {
		return v.undone(w, r, err, v.Path("automations"))
	}
	if made == 0 {
		a.o.Kit.Flash(r, web.Info, "Every trigger has an automation already.")
		return web.SeeOther(w, r, v.Path("automations"))
	}
	return v.done(w, r, numberOf(made)+" automations are made, all switched off. Read each, change what you like, and switch it on.", v.Path("automations"))
}
