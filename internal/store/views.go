package store

import (
	"strconv"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
	"rejoinder/internal/texting"
)

// The counts of pages go as far as bridge.MostCounted and texting.MostCounted: a shop's million costs no more than its ten
// thousand, and one more than that says that there are more.

// upTo counts the rows of a query, which selects a constant, but no further than limit.
func upTo(limit int, query string) string {
	return `SELECT COUNT(*) FROM (` + query + ` LIMIT ` + strconv.Itoa(limit+1) + `) AS counted`
}

// CountNotices counts the subscriptions of a shop whose notice is due before a moment.
func (tx *Tx) CountNotices(shopID string, before time.Time) (_ int, err error) {
	defer fault.Wrap(&err, "store: count notices of %s", shopID)
	n, err := one(tx, number, "", countNoticesQuery(tx.d), shopID, micros(before))
	return int(n), err
}

func countNoticesQuery(d dialect) string {
	return upTo(bridge.MostCounted, `SELECT 1 FROM subscriptions WHERE `+d.unindexed("shop_id")+` = $1 AND notify_at IS NOT NULL AND notify_at < $2`)
}

// CountDeliveries counts what became of the deliveries a shop made since a moment. See bridge.Tx.
func (tx *Tx) CountDeliveries(shopID string, since time.Time) (_ map[bridge.State]int, err error) {
	defer fault.Wrap(&err, "store: count deliveries of %s", shopID)
	out := map[bridge.State]int{}
	for _, state := range []bridge.State{bridge.Sent, bridge.Refused, bridge.Unknown} {
		n, err := one(tx, number, "", countDeliveriesQuery(state), shopID, micros(since), string(state))
		if err != nil {
			return nil, err
		}
		if n > 0 {
			out[state] = int(n)
		}
	}
	return out, nil
}

func countDeliveriesQuery(state bridge.State) string {
	return upTo(bridge.MostCounted, `SELECT 1 FROM deliveries WHERE shop_id = $1 AND created_at >= $2 AND state = $3`+rareOutcome(state))
}

// CountCustomers counts a shop's customers.
func (tx *Tx) CountCustomers(shopID string) (_ int, err error) {
	defer fault.Wrap(&err, "store: count customers of %s", shopID)
	n, err := one(tx, number, "", upTo(bridge.MostCounted, `SELECT 1 FROM customers WHERE shop_id = $1`), shopID)
	return int(n), err
}

// Contents returns the different contents of a shop's live subscriptions. See bridge.Tx.
func (tx *Tx) Contents(shopID string, limit int) (_ [][]subscription.Item, err error) {
	defer fault.Wrap(&err, "store: contents of %s", shopID)
	return all(tx, func(s scanner) (items []subscription.Item, err error) {
		var text string
		if err := s.Scan(&text); err != nil {
			return nil, err
		}
		return items, fromJSON(text, &items)
	}, contentsQuery, shopID, limit, newestLooked)
}

// newestLooked is at how many customers contentsQuery looks.
const newestLooked = 2_000

// contentsQuery looks at the newest customers: what they take is what is sold now, and their rows lie together.
const contentsQuery = `SELECT s.items FROM (SELECT id FROM customers WHERE shop_id = $1 ORDER BY id DESC LIMIT $3) AS newest
	CROSS JOIN subscriptions s WHERE s.customer_id = newest.id AND s.status IN ('active', 'paused')
	GROUP BY s.items ORDER BY COUNT(*) DESC, s.items LIMIT $2`

// CountWaiting counts a shop's texts that wait to go out before a moment.
func (tx *Tx) CountWaiting(shopID string, before time.Time) (waiting, held int, err error) {
	defer fault.Wrap(&err, "store: count waiting texts of %s", shopID)
	_, err = one(tx, func(s scanner) (struct{}, error) { return struct{}{}, s.Scan(&waiting, &held) }, "",
		countWaitingQuery, shopID, micros(before), texting.MostCounted+1)
	return waiting, held, err
}

const countWaitingQuery = `SELECT COUNT(*), COALESCE(SUM(CASE WHEN hold = 'hours' THEN 1 ELSE 0 END), 0) FROM (SELECT hold FROM messages
	WHERE shop_id = $1 AND state IN ('waiting', 'sending') AND due_at < $2 LIMIT $3) AS counted`

// CountTexts counts a shop's texts since a moment.
func (tx *Tx) CountTexts(shopID string, since time.Time) (out, in int, err error) {
	defer fault.Wrap(&err, "store: count texts of %s", shopID)
	sent, err := one(tx, number, "", countSentQuery, shopID, micros(since))
	if err != nil {
		return 0, 0, err
	}
	came, err := one(tx, number, "", countCameQuery, shopID, micros(since))
	return int(sent), int(came), err
}

var (
	countSentQuery = upTo(texting.MostCounted, `SELECT 1 FROM messages
		WHERE shop_id = $1 AND sent_at >= $2 AND sent_at IS NOT NULL AND direction = 'out' AND state IN ('sent', 'delivered')`)
	countCameQuery = upTo(texting.MostCounted, `SELECT 1 FROM messages WHERE shop_id = $1 AND created_at >= $2 AND direction = 'in'`)
)
