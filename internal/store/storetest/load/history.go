package load

import (
	"fmt"
	"strings"
	"time"
)

// What the history is about.
const (
	EndpointID = "end_0000000000000000000000bench" // of shop 0, switched off
	pastDays   = 30
	outgoing   = 100_000 // webhooks of the endpoint, at most
)

// pastTables are those that history fills.
var pastTables = []string{"notices", "deliveries", "events", "messages", "consent", "replies", "actions", "trace", "outgoing"}

// DeliveryID names the delivery of customer n's past.
func DeliveryID(n int) string { return fmt.Sprintf("dlv_1%025d", n) }

// InboundID names customer n's inbound text. Every third customer, from number 0 on, has written.
func InboundID(n int) string { return fmt.Sprintf("im_1%025d", n) }

// history are the statements that give customers 30 days behind them, evenly: each was told of an order (notice, delivery
// with what was sent and answered, event, text, trace), agreed to texts before that, and every third answered SKIP
// (inbound text, reply, action, trace). One text in a hundred waits, one reply in a hundred is left to a person, one
// person in a hundred left. Times rise with the ids, as those of rows do that were made one after the other.
//
// from is the table of their numbers; r fills in what makes a customer's names.
func (b Book) history(from string, r *strings.Replacer) []string {
	n := min(b.Past, b.Customers)
	span := pastDays * 24 * time.Hour
	step := span.Microseconds() / int64(n)
	// An hour before now and earlier, so that an answer, which comes ten minutes later, lies in the past too.
	at := fmt.Sprintf("(%d + (n - %d) * %d)", b.Now.Add(-time.Hour-span).UnixMicro(), b.First, step)
	now := fmt.Sprint(b.Now.UnixMicro())
	shift := func(d time.Duration) string { return fmt.Sprintf("(%s + %d)", at, d.Microseconds()) }
	fill := func(query string) string {
		return r.Replace(strings.NewReplacer("{from}", from, "{line}", "\n", "{at}", at, "{later}", shift(time.Minute), "{answered}", shift(10*time.Minute), "{now}", now,
			"{past}", b.Now.Add(-40*24*time.Hour).Format(time.DateOnly)).Replace(query))
	}
	statements := []string{
		toldOf, delivered, traced, happened, texted, wrote, agreed, left, replied, acted, tracedReply,
		`INSERT INTO endpoints (id, shop_id, url, secret, active, created_at) VALUES ('` + EndpointID + `', '` + ShopID(0) + `', 'https://hooks.example/bench', '', FALSE, {now}) ON CONFLICT DO NOTHING`,
		posted + fmt.Sprintf(" WHERE n < %d", b.First+outgoing),
	}
	for i, s := range statements {
		statements[i] = fill(s)
	}
	return statements
}

// The half of the bridge. The dates told of lie in the past, so that none of them stands in the way of the next notice.
const (
	toldOf = `INSERT INTO notices (customer_id, order_date, shop_id, delivery_id, state, at)
		SELECT {customer}, '{past}', {shop}, 'dlv_1' || {n}, 'told', {at} FROM {from}`

	delivered = `INSERT INTO deliveries (id, shop_id, customer_id, trigger_name, dedupe_key, lane, state, due_at, attempts, order_date, facts, request, answer, http_status, reason, created_at, finished_at)
		SELECT 'dlv_1' || {n}, {shop}, {customer}, CASE n % 10 WHEN 3 THEN 'OrderSkipped' ELSE 'UpcomingOrder' END, 'UpcomingOrder/{past}', 2,
			CASE n % 100 WHEN 1 THEN 'refused' WHEN 2 THEN 'suppressed' WHEN 3 THEN 'unknown' ELSE 'sent' END, {at}, 1, '{past}',
			'{"delivery_date":"Tue, Mar 10","days_until":"3","product_names":"House Blend Coffee","order_total":"$18.50","reply_by":"Mon, Mar 9, 9:00 AM"}',
			'POST /v1/trigger/1/fire' || '{line}' || '{"subscriber_id":"s_1","external_id":"dlv_1","data":{"first_name":"Sample","shop_name":"Shop 0","delivery_date":"Tue, Mar 10","product_names":"House Blend Coffee"}}',
			'200' || '{line}' || '{"status":"ok"}', 200, CASE n % 100 WHEN 1 THEN 'Postscript refused it.' WHEN 2 THEN 'Not a subscriber.' ELSE '' END, {at}, {later}
		FROM {from}`

	traced = `INSERT INTO trace (id, shop_id, customer_id, at, kind, text, ref)
		SELECT 'trc_1' || {n}, {shop}, {customer}, {at}, 'notice', 'The order of Mar 10 is 3 days away, so the customer is told of it.', 'dlv_1' || {n} FROM {from}`

	replied = `INSERT INTO replies (id, shop_id, message_id, phone, customer_id, body, received_at, state, due_at, attempts, meaning, why, certainty, wording, finished_at)
		SELECT 'rpl_1' || {n}, {shop}, 'im_1' || {n}, {phone}, {customer}, 'Skip', {answered}, CASE n % 300 WHEN 0 THEN 'person' ELSE 'done' END, {answered}, 1,
			CASE n % 300 WHEN 0 THEN 'unknown' ELSE 'skip' END, 'The word SKIP.', CASE n % 300 WHEN 0 THEN '' WHEN 3 THEN 'likely' ELSE 'certain' END,
			CASE n % 300 WHEN 0 THEN 'wording ' || (n / 300 % 1000) WHEN 3 THEN 'perhaps ' || (n / 300 % 1000) ELSE 'skip' END, {answered}
		FROM {from} WHERE n % 3 = 0`

	acted = `INSERT INTO actions (id, shop_id, customer_id, dedupe_key, command, actor, order_date, new_date, before, after, moves, state, created_at)
		SELECT 'act_1' || {n}, {shop}, {customer}, 'reply/rpl_1' || {n}, 'skip', 'customer', '{past}', '{past}', '[]', '[]', '[]', 'done', {answered} FROM {from} WHERE n % 3 = 0`

	tracedReply = `INSERT INTO trace (id, shop_id, customer_id, at, kind, text, ref)
		SELECT 'trc_2' || {n}, {shop}, {customer}, {answered}, 'reply', 'Understood as SKIP: the word SKIP.', 'rpl_1' || {n} FROM {from} WHERE n % 3 = 0`

	posted = `INSERT INTO outgoing (id, shop_id, endpoint_id, event, dedupe_key, payload, state, due_at, attempts, http_status, created_at, finished_at)
		SELECT 'whk_1' || {n}, '` + shopZero + `', '` + EndpointID + `', 'order.due', 'due/' || n, '{"type":"order.due"}', 'sent', {at}, 1, 200, {at}, {later} FROM {from}`

	shopZero = "shop_000000" // ShopID(0)
)

// The half of the texts.
const (
	happened = `INSERT INTO events (id, shop_id, engine, trigger_id, subscriber_id, phone, external_id, properties, state, due_at, outcome, occurred_at, received_at)
		SELECT 'evt_1' || {n}, {shop}, 'legacy', '1', {subscriber}, {phone}, 'dlv_1' || {n}, '{"first_name":"Sample","delivery_date":"Tue, Mar 10","product_names":"House Blend Coffee"}',
			'done', {at}, '1 text planned.', {at}, {at} FROM {from}`

	texted = `INSERT INTO messages (id, shop_id, subscriber_id, phone, direction, kind, automation_id, event_id, trigger_name, body, segments, lane, state, held, hold, planned_at, due_at, attempts, gateway_id, created_at, sent_at)
		SELECT 'msg_1' || {n}, {shop}, {subscriber}, {phone}, 'out', 'automation', CASE n % 10 WHEN 3 THEN 'atm_skipped' ELSE 'atm_upcoming' END, 'evt_1' || {n},
			CASE n % 10 WHEN 3 THEN 'Rejoinder: Order Skipped' ELSE 'Rejoinder: Upcoming Order' END, 'Hi Sample, your Shop 0 order ships Tue, Mar 10. Reply SKIP by Mon, Mar 9.', 1, 1,
			CASE n % 100 WHEN 5 THEN 'waiting' WHEN 6 THEN 'failed' ELSE 'delivered' END, n % 7 = 0, CASE n % 200 WHEN 5 THEN 'hours' ELSE '' END, {later},
			CASE n % 100 WHEN 5 THEN {now} + 43200000000 ELSE {later} END, 1, 'out_1' || {n}, {at}, CASE WHEN n % 100 IN (5, 6) THEN NULL ELSE {later} END
		FROM {from}`

	wrote = `INSERT INTO messages (id, shop_id, subscriber_id, phone, direction, kind, body, segments, state, due_at, gateway_id, needs_person, note, created_at)
		SELECT 'im_1' || {n}, {shop}, {subscriber}, {phone}, 'in', 'reply', 'Skip', 1, 'received', {answered}, 'in_1' || {n}, n % 300 = 0,
			'Passed on to a program that reads texts for the shop.', {answered} FROM {from} WHERE n % 3 = 0`

	agreed = `INSERT INTO consent (id, shop_id, subscriber_id, phone, kind, source, words, at)
		SELECT 'con_1' || {n}, {shop}, {subscriber}, {phone}, 'opt_in', 'csv', 'I agree to texts about my subscription.', {at} FROM {from}`

	left = `INSERT INTO consent (id, shop_id, subscriber_id, phone, kind, source, words, at)
		SELECT 'con_2' || {n}, {shop}, {subscriber}, {phone}, 'opt_out', 'reply', 'stop', {answered} FROM {from} WHERE n % 100 = 7`
)
