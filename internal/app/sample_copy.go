package app

import (
	"context"

	"rejoinder/internal/bridge"
	"rejoinder/internal/texting"
	"rejoinder/internal/trigger"
)

// sampleCopy is what the sample shop texts for each trigger.
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

// makeAutomations makes one active automation for each trigger. A shop that is not connected yet gets its
// triggers registered here under the names under which Confirm looks for them, so that connecting finds them and
// the automations go on working.
func (a *App) makeAutomations(ctx context.Context, shop bridge.Shop) error {
	caller := texting.Caller{ShopID: shop.ID}
	have, err := a.Texting.Triggers(ctx, caller)
	if err != nil {
		return err
	}
	ids := map[string]string{}
	for _, t := range have {
		ids[t.Name] = t.ID
	}
	for _, def := range trigger.All() {
		name := shop.Settings.TriggerPrefix() + ": " + def.Title
		if ids[name] == "" {
			if ids[name], err = a.registerTrigger(ctx, caller, name, def); err != nil {
				return err
			}
		}
		wait := 1
		if def.AnswersReply {
			wait = 0
		}
		if _, err := a.Texting.CreateAutomation(ctx, shop.ID, texting.AutomationInput{
			Name: def.Title, Engine: texting.EngineLegacy, TriggerID: ids[name], Active: true,
			Messages: []texting.Step{{Copy: sampleCopy[def.Name], WaitMinutes: wait}},
		}); err != nil {
			return err
		}
	}
	return nil
}

func (a *App) registerTrigger(ctx context.Context, c texting.Caller, name string, def trigger.Definition) (string, error) {
	tags := make([]texting.TriggerTag, 0, len(def.Tags))
	for _, t := range def.Tags {
		tags = append(tags, texting.TriggerTag{Label: t.Label, Value: "{" + t.Name + "}"})
	}
	made, err := a.Texting.RegisterTrigger(ctx, c, texting.TriggerChange{Name: &name, Tags: &tags})
	return made.ID, err
}
