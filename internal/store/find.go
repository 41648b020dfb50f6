package store

import (
	"fmt"
	"strings"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/texting"
)

// People of a shop are found by how their name, surname, e-mail, number or external id begins, each a range of an index;
// and among its newest ten thousand, which small shops have no more than, by any part of these. Reading a million names for
// each search would take seconds.
//
// Names are kept folded in two columns of bytes, as "first last" and "last first": bytes compare the same way on both
// databases and under every locale, so that what begins alike lies together.

// named folds a name into the two keys it is found by.
func named(first, last string) (name, surname []byte) {
	fold := func(parts ...string) []byte {
		return []byte(strings.ToLower(strings.Join(strings.Fields(strings.Join(parts, " ")), " ")))
	}
	return fold(first, last), fold(last, first)
}

// stretch is part of an index: the values of a column from a first to a last one.
type stretch struct {
	column   string
	from, to any
}

// filled is the condition of the partial indexes, which have only what is not empty.
func (s stretch) filled() string {
	if _, key := s.from.([]byte); key {
		return ""
	}
	return " AND " + s.column + " <> ''"
}

// stretches are those in which somebody may be who is looked for by what was typed. Columns of text are compared by the
// database's locale; what is typed into them is letters and digits, of which z is last.
func stretches(typed string, external bool) []stretch {
	typed = strings.Join(strings.Fields(typed), " ")
	folded := strings.ToLower(typed)
	const last = "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"
	list := []stretch{
		{"find_name", []byte(folded), after([]byte(folded))},
		{"find_last", []byte(folded), after([]byte(folded))},
		{"email", folded, folded + last},
	}
	if typed != folded {
		list = append(list, stretch{"email", typed, typed + last})
	}
	if external {
		list = append(list, stretch{"external_id", typed, typed + last})
	}
	if digits := searched(typed); strings.Trim(digits, "0123456789") == "" {
		for _, country := range []string{"+", "+1"} { // a number is typed as in the country, or with it
			list = append(list, stretch{"phone", country + digits, country + digits + "9999999999999999"})
		}
	}
	return list
}

// after is behind all that begins with what is given, which is text and so has no byte 255.
func after(begins []byte) []byte {
	end := append([]byte(nil), begins...)
	end[len(end)-1]++
	return end
}

// findQuery finds people of a shop by what was typed. Recent is the order in which the newest are, contains a condition
// for parts of what they are found by (with %s for the placeholder of a pattern), only a further condition or "".
func findQuery(table, columns, recent, contains, only, shopID, typed string, limit int) (query string, args []any) {
	args = []any{shopID}
	arg := func(v any) string { args = append(args, v); return fmt.Sprintf("$%d", len(args)) }
	most, some := arg(bridge.MostCounted), arg(limit)
	if only != "" {
		only = " AND " + only
	}
	pattern := arg("%" + likeSafe(searched(typed)) + "%")
	found := []string{`SELECT id FROM (SELECT id FROM (SELECT * FROM ` + table + ` WHERE shop_id = $1 ORDER BY ` + recent + ` LIMIT ` + most + `) AS newest
		WHERE ` + strings.ReplaceAll(contains, "%s", pattern) + only + ` LIMIT ` + some + `) AS a`}
	for _, s := range stretches(typed, strings.Contains(table, "customers")) {
		// What is filtered has a bound of its own: nobody may be left of very many.
		found = append(found, fmt.Sprintf(`SELECT id FROM (SELECT id FROM (SELECT * FROM %s WHERE shop_id = $1 AND %s >= %s AND %s < %s%s LIMIT %s) AS alike
			WHERE TRUE%s LIMIT %s) AS b`, table, s.column, arg(s.from), s.column, arg(s.to), s.filled(), most, only, some))
	}
	return `SELECT ` + columns + ` FROM ` + table + ` WHERE id IN (` + strings.Join(found, "\nUNION ALL ") + `) ORDER BY ` + recent + ` LIMIT ` + some, args
}

// FindCustomers returns customers of a shop who are found by what was typed, newest first. See bridge.Tx.
func (tx *Tx) FindCustomers(shopID, typed string, limit int) (_ []bridge.Customer, err error) {
	defer fault.Wrap(&err, "store: find customers of %s", shopID)
	query, args := findQuery("customers", customerColumns, "id DESC", `search LIKE %s ESCAPE '\'`, "", shopID, typed, limit)
	return all(tx, scanCustomer, query, args...)
}

// ListSubscribers returns a page of a shop's subscribers, newest first. See texting.Tx.
func (tx *Tx) ListSubscribers(shopID string, q texting.SubscriberList) (_ []texting.Subscriber, err error) {
	defer fault.Wrap(&err, "store: list subscribers of %s", shopID)
	const newest = "created_at DESC, id DESC"
	status := ""
	if q.Status != "" {
		if !q.Status.Known() {
			return nil, nil
		}
		status = `status = '` + string(q.Status) + `'`
		if q.Status != texting.Subscribed {
			status += ` AND status <> 'subscribed'` // the condition of subscribers_status
		}
	}
	if typed := strings.TrimSpace(q.Search); typed != "" {
		query, args := findQuery("subscribers", subscriberColumns, newest, subscriberContains, status, shopID, typed, q.Limit)
		return all(tx, scanSubscriber, query, args...)
	}
	query, args := listSubscribersQuery(status, shopID, q)
	return all(tx, scanSubscriber, query, args...)
}

const subscriberContains = `(LOWER(first_name || ' ' || last_name) LIKE %s ESCAPE '\' OR LOWER(email) LIKE %s ESCAPE '\' OR phone LIKE %s ESCAPE '\')`

func listSubscribersQuery(status, shopID string, q texting.SubscriberList) (query string, args []any) {
	where := `shop_id = $1`
	if status != "" {
		where += ` AND ` + status
	}
	args = []any{shopID, q.Limit}
	if q.Before != "" {
		args = append(args, q.Before)
		where += beforeRow("subscribers", "created_at", "id", "$3")
	}
	return `SELECT ` + subscriberColumns + ` FROM subscribers WHERE ` + where + ` ORDER BY created_at DESC, id DESC LIMIT $2`, args
}

// beforeRow is the condition that a row is older than the one with the id in a placeholder. The parts are read each for
// itself: PostgreSQL looks up two values in an index, but not a row of two.
func beforeRow(table, created, id, p string) string {
	return fmt.Sprintf(` AND (%s, %s) < ((SELECT b.created_at FROM %s b WHERE b.shop_id = $1 AND b.id = %s), %s)`, created, id, table, p, p)
}
