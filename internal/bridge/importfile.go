package bridge

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
)

// ImportColumn is one column of a file to import.
type ImportColumn struct {
	Name     string
	Required bool // "customer_id" always; others when the row has a subscription
	Says     string
}

// ImportColumns describes the file: UTF-8, one row for each subscription, or for a customer without one, with
// commas, semicolons or tabs between the cells. Columns may stand in any order and those not needed may be left
// out; their names may be written in capitals and with spaces.
func ImportColumns() []ImportColumn {
	return []ImportColumn{
		{"customer_id", true, "your own id of the customer; rows with the same id are one customer"},
		{"first_name", false, ""},
		{"last_name", false, ""},
		{"email", false, ""},
		{"phone", false, "as people write it; without a country code it is read as one of the shop's region"},
		{"zone", false, "IANA time zone of the customer's address, as America/New_York"},
		{"state", false, "state or province code of the address, as NY"},
		{"subscription_id", true, "your own id of the subscription; empty for a customer without one"},
		{"product", true, "name of the product, as customers are to read it"},
		{"product_id", false, "your own id of the product"},
		{"quantity", false, "1 when empty"},
		{"price", false, "of one, as 24.00"},
		{"currency", false, "as USD; the shop's when empty"},
		{"interval", true, "as 2 weeks, 30 days or 1 month"},
		{"next_date", true, "of the next order, as 2026-11-25; after today"},
		{"anchor", false, "day of the month that monthly orders come back to; the day of next_date when empty"},
		{"status", false, "active (when empty) or paused"},
		{"paused_until", false, "day on which a pause ends by itself"},
	}
}

// importRow is one row that could be read.
type importRow struct {
	line         int
	customer     subscription.Customer
	subscription *subscription.Subscription // nil: a customer without one
}

func (r *importRow) subscriptionID() string {
	if r.subscription == nil {
		return ""
	}
	return r.subscription.ExternalID
}

// importFile reads a file and collects what is wrong with it.
type importFile struct {
	shop   Shop
	today  subscription.Date
	header map[string]int // column name to its place
	rows   []*importRow
	count  int
	faults []ImportFault
	bad    map[int]bool // lines with faults
}

func newImportFile(shop Shop, today subscription.Date) *importFile {
	return &importFile{shop: shop, today: today, bad: map[int]bool{}}
}

func (f *importFile) wrong(line int, column, format string, args ...any) {
	f.faults = append(f.faults, ImportFault{Line: line, Column: column, Reason: fmt.Sprintf(format, args...)})
	f.bad[line] = true
}

func (f *importFile) report() ImportReport {
	slices.SortStableFunc(f.faults, func(a, b ImportFault) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	good := 0
	for _, r := range f.rows {
		if !f.bad[r.line] {
			good++
		}
	}
	return ImportReport{Rows: f.count, Good: good, Bad: f.faults}
}

// customers returns the good rows, grouped by customer, in the order of the file.
func (f *importFile) customers() [][]*importRow {
	place := map[string]int{}
	var out [][]*importRow
	for _, r := range f.rows {
		if f.bad[r.line] {
			continue
		}
		i, ok := place[r.customer.ExternalID]
		if !ok {
			i = len(out)
			place[r.customer.ExternalID] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], r)
	}
	return out
}

// lines returns the rows by a value of theirs, leaving out those without it.
func (f *importFile) lines(of func(*importRow) string) map[string][]*importRow {
	out := map[string][]*importRow{}
	for _, r := range f.rows {
		if v := of(r); v != "" {
			out[v] = append(out[v], r)
		}
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func (f *importFile) read(raw []byte) {
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	if bytes.HasPrefix(raw, []byte("\xff\xfe")) || bytes.HasPrefix(raw, []byte("\xfe\xff")) {
		f.wrong(1, "", "The file is in UTF-16; save it as CSV in UTF-8.")
		return
	}
	c := csv.NewReader(bytes.NewReader(raw))
	c.FieldsPerRecord = -1
	c.Comma = separator(raw)
	header, err := c.Read()
	if errors.Is(err, io.EOF) {
		f.wrong(1, "", "The file is empty; its first line names the columns.")
		return
	}
	if err != nil {
		f.wrong(1, "", "The first line cannot be read: %s.", csvProblem(err))
		return
	}
	if !f.readHeader(header) {
		return
	}
	for {
		cells, err := c.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if e, ok := errors.AsType[*csv.ParseError](err); ok { // what follows a stray quote cannot be told apart
			f.count++
			f.wrong(e.StartLine, "", "This line cannot be read: %s. The lines after it were not looked at.", csvProblem(err))
			break
		}
		line, _ := c.FieldPos(0)
		f.count++
		f.readRow(line, cells)
	}
	f.compare()
}

func csvProblem(err error) string {
	if errors.Is(err, csv.ErrQuote) || errors.Is(err, csv.ErrBareQuote) {
		return "a quotation mark is out of place"
	}
	return "it is not CSV"
}

// separator is what stands between the cells: spreadsheets write semicolons where a comma is the decimal point.
func separator(raw []byte) rune {
	line, _, _ := bytes.Cut(raw, []byte("\n"))
	best, most := ',', bytes.Count(line, []byte(","))
	for _, r := range []rune{';', '\t'} {
		if n := bytes.Count(line, []byte(string(r))); n > most {
			best, most = r, n
		}
	}
	return best
}

func (f *importFile) readHeader(cells []string) bool {
	f.header = map[string]int{}
	for i, cell := range cells {
		name := strings.ReplaceAll(strings.ToLower(strings.TrimSpace(cell)), " ", "_")
		known := slices.ContainsFunc(ImportColumns(), func(c ImportColumn) bool { return c.Name == name })
		_, twice := f.header[name]
		switch {
		case !utf8.ValidString(cell):
			f.wrong(1, fmt.Sprintf("column %d", i+1), "The file is not in UTF-8; save it as CSV in UTF-8.")
			return false
		case name == "" && i == len(cells)-1: // a separator at the end of each line
		case !known:
			f.wrong(1, name, "There is no such column; the columns are %s.", columnNames())
		case twice:
			f.wrong(1, name, "This column is there twice.")
		default:
			f.header[name] = i
		}
	}
	if _, ok := f.header["customer_id"]; !ok {
		f.wrong(1, "customer_id", "The file needs this column.")
	}
	if _, ok := f.header["subscription_id"]; ok {
		for _, name := range []string{"product", "interval", "next_date"} {
			if _, ok := f.header[name]; !ok {
				f.wrong(1, name, "A file with subscriptions needs this column.")
			}
		}
	}
	return len(f.faults) == 0
}

func columnNames() string {
	var names []string
	for _, c := range ImportColumns() {
		names = append(names, c.Name)
	}
	return strings.Join(names, ", ")
}

// cells are the values of one row by column name.
type cells struct {
	f      *importFile
	line   int
	values []string
}

func (c cells) get(name string) string {
	if i, ok := c.f.header[name]; ok && i < len(c.values) {
		return strings.TrimSpace(c.values[i])
	}
	return ""
}

// number reads a whole number, 0 when the cell is empty.
func (c cells) number(name string) int {
	s := c.get(name)
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		c.f.wrong(c.line, name, "Write a whole number from 1 on.")
	}
	return n
}

// date reads a date, none when the cell is empty.
func (c cells) date(name string) subscription.Date {
	s := c.get(name)
	if s == "" {
		return subscription.Date{}
	}
	d, err := subscription.ParseDate(s)
	if err != nil {
		c.f.wrong(c.line, name, "%s", fault.Message(err))
	}
	return d
}

// readRow reads one row. It is kept even when something is wrong with it, so that it takes part in comparing.
func (f *importFile) readRow(line int, values []string) {
	c := cells{f, line, values}
	for name, i := range f.header {
		if i < len(values) && !utf8.ValidString(values[i]) {
			f.wrong(line, name, "This is not UTF-8; save the file as CSV in UTF-8.")
		}
	}
	if f.bad[line] {
		return
	}
	for _, extra := range values[min(len(values), len(f.header)):] {
		if strings.TrimSpace(extra) != "" {
			f.wrong(line, "", "The line has %d cells and the header has %d; a cell with a comma in it needs quotation marks.", len(values), len(f.header))
			return
		}
	}
	r := &importRow{line: line, customer: subscription.Customer{
		ExternalID: c.get("customer_id"), FirstName: c.get("first_name"), LastName: c.get("last_name"), Email: c.get("email"),
		Phone: subscription.Phone(c.get("phone")), Zone: c.get("zone"), State: c.get("state"),
	}}
	if r.customer.ExternalID == "" {
		f.wrong(line, "customer_id", "Every row needs your own id of the customer.")
	}
	f.blame(line, f.shop.cleanCustomer(&r.customer), map[string]string{"external_id": "customer_id"})
	if c.get("subscription_id") != "" {
		r.subscription = f.readSubscription(c)
	} else if name := c.firstOf("product", "interval", "next_date"); name != "" {
		f.wrong(line, "subscription_id", "A subscription needs your own id of it; without one, leave %s empty.", name)
	}
	f.rows = append(f.rows, r)
}

// firstOf returns the first of the columns that is not empty.
func (c cells) firstOf(names ...string) string {
	for _, name := range names {
		if c.get(name) != "" {
			return name
		}
	}
	return ""
}

func (f *importFile) readSubscription(c cells) *subscription.Subscription {
	before := len(f.faults)
	s := &subscription.Subscription{
		ExternalID: c.get("subscription_id"), Next: c.date("next_date"), PausedUntil: c.date("paused_until"),
		Anchor: c.number("anchor"), Status: subscription.Status(strings.ToLower(c.get("status"))),
	}
	interval, err := subscription.ParseInterval(c.get("interval"))
	f.blame(c.line, err, nil)
	s.Interval = interval
	it := subscription.Item{ProductID: c.get("product_id"), Name: c.get("product"), Quantity: c.number("quantity")}
	if price := c.get("price"); price != "" {
		it.Price, err = subscription.ParseMoney(price, strings.ToUpper(or(c.get("currency"), or(f.shop.Settings.Currency, "USD"))))
		f.blame(c.line, err, map[string]string{"amount": "price"})
	}
	s.Items = []subscription.Item{it}
	if len(f.faults) == before { // else the checks would blame what could not be read
		f.blame(c.line, f.shop.cleanSubscription(s, f.today), map[string]string{"external_id": "subscription_id", "items": "product", "next": "next_date"})
	}
	return s
}

// blame notes an error under the column that its field stands for.
func (f *importFile) blame(line int, err error, columns map[string]string) {
	if err == nil {
		return
	}
	field := ""
	if e, ok := errors.AsType[*fault.Error](err); ok {
		field = e.Field
	}
	f.wrong(line, or(columns[field], field), "%s", fault.Message(err))
}

// compare looks for rows that contradict each other.
func (f *importFile) compare() {
	for _, rows := range f.lines(func(r *importRow) string { return r.subscriptionID() }) {
		for _, r := range rows[1:] {
			f.wrong(r.line, "subscription_id", "Line %d has that id already.", rows[0].line)
		}
	}
	for _, rows := range f.lines(func(r *importRow) string { return string(r.customer.Phone) }) {
		for _, r := range rows[1:] {
			if r.customer.ExternalID != rows[0].customer.ExternalID {
				f.wrong(r.line, "phone", "Line %d has that number for another customer.", rows[0].line)
			}
		}
	}
	for _, rows := range f.lines(func(r *importRow) string { return r.customer.ExternalID }) {
		alone := 0
		for _, r := range rows {
			if r.subscription == nil {
				alone++
			}
			if r.subscription == nil && alone > 1 {
				f.wrong(r.line, "customer_id", "Line %d has that id already.", rows[0].line)
			}
			f.agree(rows[0], r)
		}
	}
}

// agree notes values of a customer in which a row contradicts the first one.
func (f *importFile) agree(one, r *importRow) {
	for _, v := range []struct{ column, a, b string }{
		{"first_name", one.customer.FirstName, r.customer.FirstName},
		{"last_name", one.customer.LastName, r.customer.LastName},
		{"email", one.customer.Email, r.customer.Email},
		{"phone", string(one.customer.Phone), string(r.customer.Phone)},
		{"zone", one.customer.Zone, r.customer.Zone},
		{"state", one.customer.State, r.customer.State},
	} {
		if v.a != "" && v.b != "" && v.a != v.b {
			f.wrong(r.line, v.column, "Line %d says something else of the same customer.", one.line)
		}
	}
}
