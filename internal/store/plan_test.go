package store

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"rejoinder/internal/bridge"
	"rejoinder/internal/texting"
)

// TestPlans fails when SQLite, which keeps no statistics, would take another index than the one a query was given:
// with millions of rows the work would then never be done.
func TestPlans(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	db, err := Open(ctx, Options{Path: filepath.Join(t.TempDir(), "plan.db")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	tx := &Tx{d: sqlite}
	for _, c := range []struct {
		name, query string
		want        []string // in the plan
		not         []string // not in it
	}{
		{
			"replies by their ids", repliesOfQuery(sqlite),
			[]string{"replies_message (shop_id=? AND message_id=?)"},
			nil,
		},
		{
			"the story of a subscriber", storyQuery(sqlite, false),
			[]string{"messages_subscriber (subscriber_id=?)"},
			[]string{"messages_shop", "SCAN messages"},
		},
		{
			"the story of a number", storyQuery(sqlite, true),
			[]string{"messages_phone (shop_id=? AND phone=?)"},
			[]string{"messages_shop", "SCAN messages"},
		},
		{
			"events about a subscriber", eventsAboutQuery(sqlite),
			[]string{"events_subscriber (subscriber_id=? AND received_at<?)"},
			[]string{"events_shop", "TEMP B-TREE FOR ORDER BY"},
		},
		{
			"due messages", dueMessagesQuery(""),
			[]string{"messages_claim (shop_id=? AND lane=? AND due_at<?)"},
			[]string{"TEMP B-TREE"},
		},
		{
			"shops with due messages", dueShopsQuery("messages", pendingMessages, []string{"lane = 0", "lane = 1"}),
			[]string{"(shop_id>?)", "messages_claim (shop_id=? AND lane=?)"},
			[]string{"messages_shop", "SCAN t", "SCAN messages"},
		},
		{
			"shops with due events", dueShopsQuery("events", "state = 'new'", []string{"TRUE"}),
			[]string{"events_claim (shop_id>?)", "events_claim (shop_id=?)"},
			[]string{"events_shop", "SCAN t", "SCAN events"},
		},
		{
			"endpoints with due webhooks", dueEndpointsQuery(),
			[]string{"outgoing_endpoint_due (endpoint_id>?)", "outgoing_endpoint_due (endpoint_id=?)"},
			[]string{"outgoing_log", "SCAN t"},
		},
		{
			"due deliveries of a shop", claimDeliveriesQuery(sqlite, true),
			[]string{"deliveries_due (shop_id=? AND lane>?)"},
			[]string{"TEMP B-TREE"},
		},
		{
			"deliveries of dead senders", deadDeliveriesQuery(sqlite),
			[]string{"deliveries_sending (shop_id=? AND due_at<?)"},
			[]string{"TEMP B-TREE"},
		},
		{
			"shops with answers due", answersDueQuery(sqlite),
			[]string{"deliveries_due (shop_id=? AND lane=? AND due_at<?)"},
			[]string{"SCAN deliveries"},
		},
		{"customers of a claim", knownCustomersQuery(sqlite), []string{"autoindex_customers_1 (id=?)"}, []string{"SCAN c"}},
		{"their subscriptions", knownSubscriptionsQuery(sqlite), []string{"subscriptions_customer (customer_id=?)"}, []string{"SCAN s"}},
		{"starting to send", startSendingQuery(sqlite), []string{"autoindex_deliveries_1 (id=?)"}, []string{"SCAN deliveries"}},
		{"what is still held", heldDeliveriesQuery(sqlite), []string{"autoindex_deliveries_1 (id=?)"}, []string{"SCAN deliveries"}},
		{"outcomes", updateDeliveriesQuery(sqlite), []string{"autoindex_deliveries_1 (id=?)"}, []string{"SCAN deliveries"}},
		{"notices of outcomes", settleNoticesQuery(sqlite), []string{"autoindex_notices_1 (customer_id=? AND order_date=?)"}, []string{"SCAN notices"}},
		{"slots", reserveQuery(sqlite), []string{"autoindex_pace_1 (token_hash=?)"}, []string{"SCAN pace"}},
		{
			"shops with due deliveries", dueShopsQuery("deliveries", queuedDeliveries, lanesApart(true)),
			[]string{"deliveries_due (shop_id>?)", "deliveries_due (shop_id=? AND lane=?)"},
			[]string{"deliveries_shop", "SCAN t", "SCAN deliveries"},
		},
		{
			"shops with dead senders", dueShopsQuery("deliveries", "state = 'sending'", []string{"TRUE"}),
			[]string{"deliveries_sending (shop_id>?)", "deliveries_sending (shop_id=?)"},
			[]string{"deliveries_shop", "SCAN t"},
		},
		{
			"the next delivery", nextDeliveryQuery(true),
			[]string{"deliveries_soonest (lane=?)", "deliveries_sending"},
			[]string{"deliveries_shop", "TEMP B-TREE"},
		},
		{"a shop's deliveries", listed(bridge.DeliveryFilter{Limit: 50}), []string{"deliveries_shop (shop_id=?)"}, []string{"B-TREE FOR ORDER"}},
		{
			"a shop's deliveries, the next page", listed(bridge.DeliveryFilter{State: bridge.Sent, Before: "dlv_1", Limit: 50}),
			[]string{"deliveries_shop (shop_id=?"},
			[]string{"B-TREE FOR ORDER"},
		},
		{"a shop's refused deliveries", listed(bridge.DeliveryFilter{State: bridge.Refused, Before: "dlv_1", Limit: 50}), []string{"deliveries_outcome (shop_id=? AND state=?"}, []string{"B-TREE FOR ORDER"}},
		{"a shop's deliveries of a trigger", listed(bridge.DeliveryFilter{Trigger: "OrderSkipped", Limit: 50}), []string{"deliveries_trigger (shop_id=? AND trigger_name=?"}, []string{"B-TREE FOR ORDER"}},
		{"a shop's queued deliveries, few of them", listed(bridge.DeliveryFilter{State: bridge.Queued, Before: "dlv_1", Limit: 50}), []string{"deliveries_due (shop_id=? AND lane=?)"}, nil},
		{"a shop's deliveries being sent", listed(bridge.DeliveryFilter{State: bridge.Sending, Limit: 50}), []string{"deliveries_sending (shop_id=? AND due_at>?)"}, nil},
		{"how many deliveries are queued", upTo(10, `SELECT 1 FROM deliveries WHERE shop_id = $1`+underWay(bridge.Queued)), []string{"COVERING INDEX deliveries_due (shop_id=? AND lane=?)"}, nil},
		{"the thread of a subscriber", threadQuery(sqlite, false), []string{"messages_subscriber (subscriber_id=? AND created_at<?)"}, nil},
		{"the thread of a number", threadQuery(sqlite, true), []string{"messages_phone (shop_id=? AND phone=? AND created_at<?)"}, nil},
		{"marking texts as read", markReadQuery(sqlite), []string{"messages_from (phone=? AND created_at<?)"}, nil},
		{"consent of a subscriber", consentOfQuery(sqlite), []string{"consent_subscriber (subscriber_id=?)", "consent_phone (shop_id=? AND phone=?)"}, []string{"consent_shop"}},
		{"a shop's notices", listed(bridge.DeliveryFilter{Trigger: "UpcomingOrder", Limit: 50}), []string{"deliveries_shop (shop_id=?"}, []string{"B-TREE FOR ORDER"}},
		{"coming orders", comingOrdersQuery, []string{"COVERING INDEX subscriptions_coming (shop_id=? AND (coming_date,customer_id)>(?,?)", "subscriptions_customer (customer_id=?)"}, []string{"B-TREE FOR GROUP"}},
		{"due notices", claimNoticesQuery(sqlite), []string{"COVERING INDEX subscriptions_notify (notify_at<?)"}, []string{"TEMP B-TREE", "SCAN"}},
		{"how many notices are due", countNoticesQuery(sqlite), []string{"COVERING INDEX subscriptions_notify (notify_at>? AND notify_at<?)"}, nil},
		{"how many deliveries were sent", countDeliveriesQuery(bridge.Sent), []string{"deliveries_shop (shop_id=? AND created_at>?)"}, nil},
		{"how many deliveries were refused", countDeliveriesQuery(bridge.Refused), []string{"COVERING INDEX deliveries_outcome (shop_id=? AND state=? AND created_at>?)"}, nil},
		{"how many texts wait today", countWaitingQuery, []string{"messages_waiting (shop_id=? AND due_at<?)"}, nil},
		{"how many texts wait", waitingNowQuery, []string{"messages_claim (shop_id=? AND lane=?)"}, nil},
		{"how many texts were sent", countSentQuery, []string{"messages_sent (shop_id=? AND sent_at>?)"}, nil},
		{"how many texts came", countCameQuery, []string{"COVERING INDEX messages_inbox (shop_id=? AND created_at>?)"}, nil},
		{"how many texts nobody read", countUnreadQuery, []string{"messages_unread (shop_id=? AND direction=?)"}, nil},
		{"how many texts need a person", countPersonQuery, []string{"messages_person (shop_id=? AND needs_person=? AND created_at<?)"}, nil},
		{"a shop's customers, the next page", sqlOf(customersQuery("shop_1", "", "cus_1", 50)), []string{"customers_shop (shop_id=? AND id<?)"}, []string{"B-TREE"}},
		{"a shop's subscribers, the next page", sqlOf(listSubscribersQuery("", "shop_1", texting.SubscriberList{Before: "s_1"})), []string{"subscribers_created (shop_id=? AND (created_at,id)<(?,?))"}, []string{"B-TREE FOR ORDER"}},
		{"a shop's subscribers of a status", sqlOf(listSubscribersQuery("status = 'pending' AND status <> 'subscribed'", "shop_1", texting.SubscriberList{})), []string{"subscribers_status (shop_id=? AND status=?)"}, []string{"B-TREE FOR ORDER"}},
		{
			"customers by what was typed", sqlOf(findQuery("customers", "id", "id DESC", `search LIKE %s`, "", "shop_1", "2125550123", 50)),
			[]string{
				"customers_name (shop_id=? AND find_name>? AND find_name<?)", "customers_last (shop_id=? AND find_last>? AND find_last<?)",
				"customers_email (shop_id=? AND email>? AND email<?)", "customers_external (shop_id=? AND external_id>? AND external_id<?)",
				"customers_phone (shop_id=? AND phone>? AND phone<?)", "customers_shop (shop_id=?)",
			},
			[]string{"SCAN customers"},
		},
		{
			"subscribers by what was typed", sqlOf(findQuery("subscribers", "id", "created_at DESC, id DESC", subscriberContains, "status = 'pending'", "shop_1", "2125550123", 50)),
			[]string{
				"subscribers_name (shop_id=? AND find_name>? AND find_name<?)", "subscribers_last (shop_id=? AND find_last>? AND find_last<?)",
				"subscribers_email (shop_id=? AND email>? AND email<?)", "subscribers_phone (shop_id=? AND phone>? AND phone<?)", "subscribers_created (shop_id=?)",
			},
			[]string{"SCAN subscribers", "subscribers_status"},
		},
		{"what is sold", contentsQuery, []string{"COVERING INDEX customers_shop (shop_id=?)", "subscriptions_customer (customer_id=?)"}, []string{"SCAN s"}},
		{"a customer's deliveries", listed(bridge.DeliveryFilter{CustomerID: "cus_1", Limit: 50}), []string{"(customer_id=?)"}, []string{"deliveries_shop"}},
		{"a customer's replies", customerRepliesQuery(sqlite), []string{"replies_customer (customer_id=?)"}, nil},
		{
			"the writers of texts", writersQuery(sqlite),
			[]string{"customers_phone (shop_id=? AND phone=?)", "customers_subscriber (shop_id=? AND ps_subscriber=?)", "INTEGER PRIMARY KEY (rowid=?)"},
			[]string{"SCAN c", "customers_shop"},
		},
		{
			"what came before texts", earlierQuery(sqlite),
			[]string{"replies_customer (customer_id=? AND received_at>? AND received_at<?)", "replies_nobody (phone=? AND received_at>? AND received_at<?)", "replies_customer (customer_id=? AND received_at>?)"},
			[]string{"SCAN r", "replies_shop", "replies_due"},
		},
		{
			"the words that came before texts", earlierWordsQuery(sqlite),
			[]string{"replies_customer (customer_id=? AND received_at>? AND received_at<?)", "replies_nobody (phone=? AND received_at>? AND received_at<?)"},
			[]string{"SCAN r", "replies_shop"},
		},
		{"a customer's oldest waiting reply", waitingReplyQuery(sqlite), []string{"replies_customer (customer_id=? AND received_at>?)"}, []string{"B-TREE FOR ORDER BY\n"}},
		{"a customer's waiting replies", holdRepliesQuery(sqlite), []string{"replies_customer (customer_id=? AND received_at>?)"}, nil},
		{"recipients", recipientsQuery(sqlite), []string{"autoindex_subscribers_1 (id=?)"}, nil},
		{"events by id", eventsQuery(sqlite), []string{"autoindex_events_1 (id=?)"}, nil},
		{"ending what waits for a subscriber", endWaitingQuery(sqlite), []string{"messages_subscriber (subscriber_id=?)"}, []string{"messages_shop"}},
		{
			"the last text before a reply",
			"SELECT " + tx.lastBefore("i", "created_at", " AND p.sent_at > i.created_at - 1") + " FROM messages i WHERE i.id = $1",
			[]string{"messages_sent_to (phone=? AND sent_at>? AND sent_at<?)"},
			nil,
		},
		{"what was sent on a day", sentOnQuery, []string{"messages_sent (shop_id=? AND sent_at>? AND sent_at<?)"}, nil},
		{"what was replied to on a day", tx.repliedOnQuery(), []string{"messages_inbox (shop_id=? AND created_at>? AND created_at<?)", "messages_sent_to (phone=? AND sent_at>? AND sent_at<?)"}, nil},
		{"who left on a day", tx.leftOnQuery(), []string{"consent_left (shop_id=? AND at>? AND at<?)", "messages_sent_to (phone=? AND sent_at>? AND sent_at<?)"}, nil},
		{"hard wordings", hardWordingsQuery, []string{"COVERING INDEX replies_hard (shop_id=? AND received_at>? AND received_at<?)"}, nil},
		{"recent replies", recentRepliesQuery(sqlite), []string{"messages_from (phone=? AND created_at>?)"}, []string{"TEMP B-TREE"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			plan := explain(t, db, c.query)
			for _, s := range c.want {
				if !strings.Contains(plan, s) {
					t.Errorf("the plan does not use %s:\n%s", s, plan)
				}
			}
			for _, s := range c.not {
				if strings.Contains(plan, s) {
					t.Errorf("the plan has %s:\n%s", s, plan)
				}
			}
		})
	}
}

func listed(f bridge.DeliveryFilter) string {
	query, _ := deliveriesQuery(sqlite, "shop_1", f, f.State == bridge.Queued || f.State == bridge.Sending)
	return query
}

func sqlOf(query string, _ []any) string { return query }

// explain returns SQLite's plan of a query, one step a line.
func explain(t *testing.T, db *DB, query string) string {
	t.Helper()
	args := make([]any, strings.Count(query, "$"))
	rows, err := db.write.QueryContext(context.Background(), "EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var plan strings.Builder
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		plan.WriteString(step + "\n")
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return plan.String()
}
