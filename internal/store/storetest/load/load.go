// Package load fills a database with as many rows as a large installation has, in seconds.
//
// It exists so that what is measured is measured with the tables full: an index that is missing shows only
// there. Rows are made inside the database, one statement for each table, past the program's own checks, and
// look as its own rows do. Only tests and measurements may import it; it must not be used on a database that
// anybody wants to keep.
package load

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the PostgreSQL driver
	_ "modernc.org/sqlite"             // the SQLite driver

	"rejoinder/internal/bridge"
	"rejoinder/internal/store"
	"rejoinder/internal/subscription"
	"rejoinder/internal/texting"
	"rejoinder/internal/waking"
)

// Book says what to make. All rows get ids and times from Now.
type Book struct {
	Shops     int // named ShopID(0), ShopID(1), …; customers go round them in turn
	Customers int // each with one active subscription; named CustomerID(0), …; may be 0
	First     int // number of the first customer, so that a book can be filled in parts
	Now       time.Time
	// Next is the date of the first customer's next order; the others are spread over the Spread days from it.
	Next   subscription.Date
	Spread int
	// NotifyAt is when the notices of all of them are due; zero: 60 days from Now, spread over a day. With a Past they
	// are due on the 30 days from NotifyAt, at that time of day.
	NotifyAt time.Time
	// Subscribed gives each customer the id Subscriber(n) at Postscript, as one who has been texted before.
	Subscribed bool
	// Queued also stores a notice with its queued delivery, due at Now, for each customer; such a customer's
	// subscription has its notice behind it.
	Queued bool
	// Consented makes each customer a subscriber of the built-in texting half too.
	Consented bool
	// Large gives shop 0 nineteen of twenty customers, and the others the rest: the worst case for its pages.
	Large bool
	// Past gives so many of the customers, from the first on, 30 days behind them: see history.
	Past int
}

// ShopOf names the shop of customer n.
func (b Book) ShopOf(n int) string {
	if !b.Large {
		return ShopID(n % b.Shops)
	}
	if n%20 != 0 {
		return ShopID(0)
	}
	return ShopID(n / 20 % b.Shops)
}

// ShopID names shop n.
func ShopID(n int) string { return fmt.Sprintf("shop_%06d", n) }

// CustomerID names customer n.
func CustomerID(n int) string { return fmt.Sprintf("cus_%026d", n) }

// Phone is the number of customer n: United States numbers, of area codes all in one time zone.
func Phone(n int) string { return fmt.Sprintf("+1%d2%06d", areaCodes[n/1e6%len(areaCodes)], n%1e6) }

// areaCodes are all of New York State's hour.
var areaCodes = []int{212, 315, 347, 516, 518, 585, 607, 631, 646, 716, 718, 845}

// Subscriber is the id of customer n at Postscript.
func Subscriber(n int) string { return fmt.Sprintf("s_%026d", n) }

// Fill makes the book in a migrated database that nobody else writes to meanwhile. Shops that are there stay as
// they are.
func Fill(ctx context.Context, o store.Options, b Book) (err error) {
	db, pg, err := open(o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	run := func(statements ...string) error {
		for _, s := range statements {
			if _, err := db.ExecContext(ctx, s); err != nil {
				return fmt.Errorf("load: %.60s…: %w", strings.TrimSpace(s), err)
			}
		}
		return nil
	}
	// PostgreSQL counts its rows by itself before long; SQLite does so only when asked to, and the program never
	// does. Both get what they would have to write soon behind them, so that it is not counted as the program's.
	settle := []string{"PRAGMA wal_checkpoint(TRUNCATE)"}
	if pg {
		settle = []string{"VACUUM ANALYZE " + strings.Join(b.tables(), ", "), "CHECKPOINT"}
	}
	if b.Customers < manyCustomers {
		return run(append(b.statements(pg), settle...)...)
	}
	drop, create, err := b.indexes(ctx, db, pg)
	if err != nil {
		return err
	}
	// What is made here is thrown away when anything fails, so nothing needs a journal.
	before, after := []string{"PRAGMA journal_mode = OFF"}, []string{"PRAGMA journal_mode = WAL"}
	if pg {
		before, after = []string{"SET synchronous_commit = off", "SET maintenance_work_mem = '512MB'"}, nil
	}
	return run(slices.Concat(before, drop, b.statements(pg), create, after, settle)...)
}

// manyCustomers is from how many on it is faster to make the indexes afterwards.
const manyCustomers = 200_000

// indexes returns what drops the indexes of the tables that are filled, and what makes them again.
func (b Book) indexes(ctx context.Context, db *sql.DB, pg bool) (drop, create []string, err error) {
	tables := "('customers', 'subscriptions')"
	if b.Past > 0 {
		tables = "('customers', 'subscriptions', 'subscribers', '" + strings.Join(pastTables, "', '") + "')"
	}
	query := `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ` + tables
	if pg {
		query = `SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename IN ` + tables + `
			AND indexname NOT LIKE '%\_pkey' AND indexname NOT LIKE '%\_key'`
	}
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var name, def string
		if err := rows.Scan(&name, &def); err != nil {
			return nil, nil, err
		}
		drop, create = append(drop, "DROP INDEX "+name), append(create, def)
	}
	return drop, create, rows.Err()
}

// open opens a connection of its own. On SQLite it does not wait for the disk: nothing is measured yet.
func open(o store.Options) (db *sql.DB, pg bool, err error) {
	if o.URL != "" {
		if db, err = sql.Open("pgx", o.URL); err == nil {
			db.SetMaxOpenConns(1) // so that what is set for a session is set for all of it
		}
		return db, true, err
	}
	dsn := "file:" + (&url.URL{Path: o.Path}).EscapedPath() + "?_pragma=synchronous(OFF)&_pragma=busy_timeout(10000)&_pragma=cache_size(-262144)&_pragma=temp_store(MEMORY)&_pragma=cache_spill(0)"
	if db, err = sql.Open("sqlite", dsn); err == nil {
		db.SetMaxOpenConns(1)
	}
	return db, false, err
}

// statements are what Fill runs.
func (b Book) statements(pg bool) []string {
	us, last := b.Now.UnixMicro(), b.First+b.Customers-1
	wide := func(width int, expr string) string { // zero-padded
		if pg {
			return fmt.Sprintf("lpad((%s)::text, %d, '0')", expr, width)
		}
		return fmt.Sprintf("printf('%%0%dd', %s)", width, expr)
	}
	customers := series(pg, b.First, last)
	shop := "'shop_' || " + wide(6, fmt.Sprintf("n %% %d", b.Shops))
	if b.Large {
		shop = "'shop_' || " + wide(6, fmt.Sprintf("CASE WHEN n %% 20 = 0 THEN n / 20 %% %d ELSE 0 END", b.Shops))
	}
	customer, number := "'cus_' || "+wide(26, "n"), wide(7, "n")
	date := fmt.Sprintf("date('%s', '+' || (n %% %d) || ' days')", b.Next, max(b.Spread, 1))
	if pg {
		date = fmt.Sprintf("(DATE '%s' + (n %% %d)::int)::text", b.Next, max(b.Spread, 1))
	}
	notify := b.notify()
	subscriber, texts := "''", "''"
	if b.Subscribed {
		subscriber, texts = "'s_' || "+wide(26, "n"), "'subscribed'"
	}
	shops := `INSERT INTO shops (id, name, link, zone, bridge, texting, created_at)
		SELECT 'shop_' || ` + wide(6, "n") + `, 'Shop ' || n, 'https://shop.example', 'America/New_York', '` + settings(bridgeSettings()) + `', '` + settings(textingSettings()) + `', ` + fmt.Sprint(us) + `
		FROM ` + series(pg, 0, b.Shops-1) + ` WHERE true ON CONFLICT DO NOTHING`
	if b.Customers == 0 {
		return []string{shops}
	}
	out := []string{
		shops,
		`INSERT INTO customers (id, shop_id, external_id, first_name, last_name, email, phone, zone, state, ps_subscriber, texts, texts_at, search, find_name, find_last, created_at, updated_at)
		SELECT ` + customer + `, ` + shop + `, 'c' || ` + number + `, 'Sample', 'Customer ' || n, 'c' || n || '@mail.example', ` + phone(pg, wide) + `,
			'America/New_York', 'NY', ` + subscriber + `, ` + texts + fmt.Sprintf(", %d, ", us) +
			"'sample customer ' || n || '\n' || 'c' || n || '@mail.example' || '\n' || " + phone(pg, wide) + " || '\n' || 'c' || " + number + ", " + asBytes(pg, "'sample customer ' || n") + ", " + asBytes(pg, "'customer ' || n || ' sample'") +
			fmt.Sprintf(", %d, %d", us, us) + ` FROM ` + customers,
		`INSERT INTO subscriptions (id, shop_id, customer_id, external_id, items, interval_count, interval_unit, anchor, next_date, coming_date, status, notify_at, roll_at, created_at, updated_at)
		SELECT 'sub_' || ` + wide(26, "n") + `, ` + shop + `, ` + customer + `, 's' || ` + number + `, '` + items() + `', 30, 'day', 0, ` + date + `, ` + date + `, 'active',
			` + notify + `, ` + fmt.Sprintf("%d + (n %% 86400) * 1000000, %d, %d", b.Now.AddDate(0, 0, 70).UnixMicro(), us, us) + ` FROM ` + customers,
	}
	if b.Queued {
		out = append(out, b.queued(customers, customer, shop, date, wide)...)
	}
	if b.Consented {
		status := "'subscribed'"
		if b.Past > 0 {
			status = "CASE n % 100 WHEN 7 THEN 'opted_out' ELSE 'subscribed' END" // as their consent in history
		}
		out = append(out, `INSERT INTO subscribers (id, ps_id, shop_id, phone, email, first_name, last_name, zone, state_code, status, origin, welcomed, opted_in_at, created_at, updated_at, find_name, find_last)
			SELECT 's_' || `+wide(26, "n")+`, 1000000 + n, `+shop+`, `+phone(pg, wide)+`, 'c' || n || '@mail.example', 'Sample', 'Customer ' || n,
				'America/New_York', 'NY', `+status+`, 'csv', TRUE, `+fmt.Sprintf("%d, %d, %d", us, us, us)+`, `+asBytes(pg, "'sample customer ' || n")+`, `+asBytes(pg, "'customer ' || n || ' sample'")+` FROM `+customers)
	}
	if b.Past > 0 {
		past := series(pg, b.First, b.First+min(b.Past, b.Customers)-1)
		out = append(out, b.history(past, strings.NewReplacer(
			"{customer}", customer, "{shop}", shop, "{date}", date, "{phone}", phone(pg, wide), "{subscriber}", "'s_' || "+wide(26, "n"), "{n}", wide(25, "n"),
		))...)
	}
	return out
}

// notify is when a subscription's notice is due, as SQL.
func (b Book) notify() string {
	switch {
	case b.Queued:
		return "NULL"
	case b.NotifyAt.IsZero():
		return fmt.Sprintf("%d + (n %% 86400) * 1000000", b.Now.AddDate(0, 0, 60).UnixMicro())
	case b.Past > 0:
		return fmt.Sprintf("%d + (n %% 30) * 86400000000", b.NotifyAt.UnixMicro())
	}
	return fmt.Sprint(b.NotifyAt.UnixMicro())
}

// queued are the statements for a notice of each customer that is queued.
func (b Book) queued(customers, customer, shop, date string, wide func(width int, expr string) string) []string {
	us := b.Now.UnixMicro()
	delivery := "'dlv_' || " + wide(26, "n")
	return []string{
		`INSERT INTO notices (customer_id, order_date, shop_id, delivery_id, state, at)
		SELECT ` + customer + `, ` + date + `, ` + shop + `, ` + delivery + `, 'queued', ` + fmt.Sprint(us) + ` FROM ` + customers,
		`INSERT INTO deliveries (id, shop_id, customer_id, trigger_name, dedupe_key, lane, state, due_at, order_date, expires_at, created_at)
		SELECT ` + delivery + `, ` + shop + `, ` + customer + `, 'UpcomingOrder', 'UpcomingOrder/' || ` + date + `, 2, 'queued', ` + fmt.Sprint(us) + `, ` + date + `,
			` + fmt.Sprint(b.Now.AddDate(0, 0, 1).UnixMicro()) + `, ` + fmt.Sprint(us) + ` FROM ` + customers,
	}
}

// tables are those that are filled. Of a table that is still empty PostgreSQL does not count the rows by itself; where
// it was told to, it would plan to read all of what it takes for nothing, also when that has grown.
func (b Book) tables() []string {
	out := []string{"shops"}
	if b.Customers > 0 {
		out = append(out, "customers", "subscriptions")
	}
	if b.Queued {
		out = append(out, "notices", "deliveries")
	}
	if b.Consented {
		out = append(out, "subscribers")
	}
	if b.Past > 0 {
		out = append(out, pastTables...)
	}
	return out
}

// asBytes is a text as the bytes a person is found by.
func asBytes(pg bool, text string) string {
	if pg {
		return "convert_to(" + text + ", 'UTF8')"
	}
	return "CAST(" + text + " AS BLOB)"
}

// series is a table g of the rows n = first … last.
func series(pg bool, first, last int) string {
	if pg {
		return fmt.Sprintf("generate_series(%d::bigint, %d::bigint) AS g(n)", first, last)
	}
	return fmt.Sprintf("(WITH RECURSIVE g(n) AS (SELECT %d UNION ALL SELECT n + 1 FROM g WHERE n < %d) SELECT n FROM g) g", first, last)
}

// phone is Phone in SQL.
func phone(pg bool, wide func(int, string) string) string {
	var codes strings.Builder
	for i, c := range areaCodes {
		fmt.Fprintf(&codes, " WHEN %d THEN '%d'", i, c)
	}
	cast := "n / 1000000"
	if !pg {
		cast = "CAST(n / 1000000 AS INTEGER)"
	}
	return fmt.Sprintf("'+1' || CASE (%s) %% %d%s END || '2' || %s", cast, len(areaCodes), codes.String(), wide(6, "n % 1000000"))
}

// bridgeSettings let notices go out at any hour, so that a measurement does not depend on when it is made.
func bridgeSettings() bridge.Settings {
	hour, cutOff := 0, 1
	return bridge.Settings{Waking: always(), NoticeHour: &hour, CutOffHours: &cutOff}
}

// textingSettings are the same for the texting half.
func textingSettings() texting.Settings { return texting.Settings{Hours: always()} }

func always() *waking.Hours {
	var h waking.Hours
	for i := range h.Days {
		h.Days[i].Close = 24 * 60
	}
	return &h
}

func items() string {
	return settings([]subscription.Item{{Name: "House Blend Coffee", Quantity: 1, Price: subscription.Money{Amount: 1850, Currency: "USD"}}})
}

// settings is v as JSON inside a quoted SQL text.
func settings(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("load: %v", err)) // values of this file only
	}
	return strings.ReplaceAll(string(b), "'", "''")
}
