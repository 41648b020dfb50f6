package trigger_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rejoinder/internal/trigger"
)

func TestDefinitions(t *testing.T) {
	t.Parallel()
	var got []string
	for _, def := range trigger.All() {
		line := string(def.Name) + " (" + def.Title + ")"
		for _, tag := range def.Tags {
			line += " " + tag.Name
		}
		if def.AnswersReply {
			line += " answers"
		}
		got = append(got, line)
	}
	want := []string{
		"SubscriptionCreated (Subscription Created) account_page_link active_subscriptions product_names next_delivery_date",
		"UpcomingOrder (Upcoming Order) account_page_link active_subscriptions delivery_date days_until product_names order_total reply_by",
		"OrderSkipped (Order Skipped) account_page_link active_subscriptions product_names skipped_delivery_date new_delivery_date answers",
		"PaymentMethodUpdated (Payment Method Updated) account_page_link active_subscriptions card_brand card_last4",
		"PaymentMethodFailed (Payment Method Failed) account_page_link active_subscriptions order_total attempt next_retry_date",
		"CustomerDeactivated (Customer Deactivated) account_page_link active_subscriptions",
		"OrderDelayed (Order Delayed) account_page_link active_subscriptions product_names old_delivery_date new_delivery_date answers",
		"ReplyAnswered (Reply Answered) answer answers",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Postscript takes only letters, digits and the underscore in a custom event's type (its API reference).
func TestEveryTagCanBeUsed(t *testing.T) {
	t.Parallel()
	eventType, tagName := regexp.MustCompile(`^[A-Za-z0-9_]+$`), regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	for _, def := range trigger.All() {
		if !eventType.MatchString(string(def.Name)) || def.Title == "" || !strings.HasSuffix(def.Fires, ".") {
			t.Errorf("definition %+v", def)
		}
		seen := map[string]bool{}
		for _, tag := range append(def.AllTags(), trigger.Shopify()...) {
			if !tagName.MatchString(tag.Name) || tag.Label == "" || tag.Sample == "" || seen[tag.Name] {
				t.Errorf("%s: tag %+v", def.Name, tag)
			}
			seen[tag.Name] = true
		}
		for _, tag := range []string{"first_name", "last_name", "shop_name", "shop_link"} {
			if !seen[tag] {
				t.Errorf("%s has no %s", def.Name, tag)
			}
		}
	}
}

func TestByName(t *testing.T) {
	t.Parallel()
	def, ok := trigger.ByName(trigger.OrderSkipped)
	if !ok || def.Title != "Order Skipped" {
		t.Errorf("got %+v, %v", def, ok)
	}
	if _, ok := trigger.ByName("Nonsense"); ok {
		t.Error("found nonsense")
	}
	def.Tags[0].Name = "changed"
	if again, _ := trigger.ByName(trigger.OrderSkipped); again.Tags[0].Name != "account_page_link" {
		t.Error("a caller can change the definitions")
	}
}
