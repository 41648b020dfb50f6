package texting

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
)

// ImportReport says what an import of subscribers did or, for a dry run, would do.
type ImportReport struct {
	Rows    int // data rows in the file
	Added   int // new, or subscribed again
	Already int // subscribed before; nothing changed
	Faults  []RowFault
	Written bool // whether anything was saved
}

// RowFault is one thing that is wrong with one row.
type RowFault struct {
	Line   int    // of the file, from 1; the header is line 1
	Column string // "" for the whole row
	Reason string
}

// ImportOptions say how careful to be.
type ImportOptions struct {
	DryRun  bool
	SkipBad bool // import the good rows even if others are wrong
}

// Columns of the file. The last three are the proof of consent.
const (
	colPhone = "phone"
	colEmail = "email"
	colFirst = "first_name"
	colLast  = "last_name"
	colZone  = "time_zone"
	colState = "state"
	colWhen  = "consented_at"
	colHow   = "consent_source"
	colWords = "consent_words"
)

// ImportColumns are the columns an import reads, in the order of the sample file; required ones first.
func ImportColumns() (required, optional []string) {
	return []string{colPhone, colWhen, colHow, colWords}, []string{colEmail, colFirst, colLast, colZone, colState}
}

const (
	maxImportRows   = 50_000
	maxImportBytes  = 20 << 20
	maxImportFaults = 1000
	// importBatch is how many rows are written in one transaction: few enough that on SQLite, where one writes at a
	// time, a text that comes in meanwhile does not wait for the whole file.
	importBatch = 200
)

// importRow is one row that can be used.
type importRow struct {
	line int
	s    Subscriber // phone and what is known of the person
	when time.Time
	how  string
	said string
}

// ImportSubscribers reads people who agreed to texts elsewhere, with the proof that they did: when, how, and in
// which words. Nothing is imported when any row is wrong, unless SkipBad. Somebody who opted out after the
// consent in the file stays out, and the row is a wrong one. The error is for a file that cannot be read at all;
// what is wrong with rows is in the report.
//
// All rows are looked at before the first is written. They are written in batches: an import that breaks off may
// be run again, and finds those it has written subscribed already.
func (t *Texting) ImportSubscribers(ctx context.Context, shopID string, file io.Reader, o ImportOptions) (rep ImportReport, err error) {
	defer fault.Wrap(&err, "texting: import subscribers of %s", shopID)
	rows, rep, err := readImport(file, t.o.Now())
	if err != nil {
		return rep, err
	}
	read := rep
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		rep = read
		rep.Faults = slices.Clone(read.Faults)
		for _, r := range rows {
			if err := checkImport(tx, shopID, r, &rep); err != nil {
				return err
			}
		}
		return nil
	})
	slices.SortStableFunc(rep.Faults, func(a, b RowFault) int { return a.Line - b.Line })
	if err != nil || o.DryRun || len(rep.Faults) > 0 && !o.SkipBad {
		return rep, err
	}
	// In the order of the numbers, which is the order of the locks: two imports never wait for each other in a circle.
	slices.SortFunc(rows, func(a, b importRow) int { return strings.Compare(a.s.Phone, b.s.Phone) })
	for batch := range slices.Chunk(rows, importBatch) {
		err := t.o.Store.InTx(ctx, func(tx Tx) error {
			for _, r := range batch {
				if err := t.importOne(tx, shopID, r); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return rep, err
		}
	}
	rep.Written = true
	return rep, nil
}

// checkImport looks at one row against what is stored.
func checkImport(tx Tx, shopID string, r importRow, rep *ImportReport) error {
	s, err := tx.SubscriberByPhone(shopID, r.s.Phone)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	out, since, err := outSince(tx, shopID, s, r.when)
	switch {
	case err != nil:
		return err
	case out:
		rep.fault(r.line, colWhen, "This person opted out on %s, after the consent in the file.", since.Format(time.DateOnly))
	case s.Status == Subscribed:
		rep.Already++
	default:
		rep.Added++
	}
	return nil
}

// importOne writes one row, unless the person has agreed by now or has opted out since.
func (t *Texting) importOne(tx Tx, shopID string, r importRow) error {
	if err := tx.LockPhone(shopID, r.s.Phone); err != nil {
		return err
	}
	s, err := tx.SubscriberByPhone(shopID, r.s.Phone)
	isNew := fault.Is(err, fault.NotFound)
	if err != nil && !isNew {
		return err
	}
	if out, _, err := outSince(tx, shopID, s, r.when); err != nil || out || s.Status == Subscribed {
		return err
	}
	if isNew {
		s = newSubscriber(tx, shopID, r.s.Phone, Pending)
		s.Origin = "csv"
		if err := tx.AddSubscriber(s); err != nil {
			return err
		}
	}
	for _, f := range []struct {
		to   *string
		from string
	}{
		{&s.Email, r.s.Email},
		{&s.FirstName, r.s.FirstName},
		{&s.LastName, r.s.LastName},
		{&s.Zone, r.s.Zone},
		{&s.State, r.s.State},
	} {
		if f.from != "" {
			*f.to = f.from
		}
	}
	return t.optIn(tx, &s, "csv", r.how+": "+r.said, r.when)
}

// outSince reports whether s is out by an opt-out that is no older than a consent, and when that was.
func outSince(tx Tx, shopID string, s Subscriber, consent time.Time) (out bool, last time.Time, err error) {
	if s.Status != OptedOut {
		return false, last, nil
	}
	all, err := tx.ConsentOf(shopID, s.ID, s.Phone, 1000)
	for _, c := range all {
		if c.Kind == ConsentOptOut && c.At.After(last) {
			last = c.At
		}
	}
	return !last.Before(consent), last, err
}

func (rep *ImportReport) fault(line int, column, reason string, args ...any) {
	if len(rep.Faults) < maxImportFaults {
		rep.Faults = append(rep.Faults, RowFault{Line: line, Column: column, Reason: fmt.Sprintf(reason, args...)})
	}
}

// readImport reads the file and finds what is wrong with its rows by themselves.
func readImport(file io.Reader, now time.Time) (rows []importRow, rep ImportReport, err error) {
	raw, err := io.ReadAll(io.LimitReader(file, maxImportBytes+1))
	if err != nil {
		return nil, rep, fmt.Errorf("read the file: %w", err)
	}
	if len(raw) > maxImportBytes {
		return nil, rep, fault.New(fault.TooLarge, "The file is larger than %d MB; split it.", maxImportBytes>>20)
	}
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	if !utf8.Valid(raw) {
		return nil, rep, fault.New(fault.Invalid, "Line %d is not UTF-8 text. Save the file as “CSV UTF-8”.", badLine(raw))
	}
	r := csv.NewReader(bytes.NewReader(raw))
	r.FieldsPerRecord = -1
	head, err := r.Read()
	if err != nil {
		return nil, rep, fault.New(fault.Invalid, "The file is empty or no CSV file.")
	}
	at, err := importHeader(head)
	if err != nil {
		return nil, rep, err
	}
	lines := map[string]int{} // number to the line it was first on
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, rep, nil
		}
		line, _ := r.FieldPos(0)
		if wrong, ok := errors.AsType[*csv.ParseError](err); ok {
			rep.fault(wrong.Line, "", "The row cannot be read: a quotation mark is out of place.")
			return rows, rep, nil // what follows would be read wrongly
		}
		if rep.Rows++; rep.Rows > maxImportRows {
			return nil, rep, fault.New(fault.TooLarge, "The file has more than %d rows; split it.", maxImportRows)
		}
		if row, ok := readRow(record, at, line, now, &rep); ok {
			if first, twice := lines[row.s.Phone]; twice {
				rep.fault(line, colPhone, "The same number stands on line %d.", first)
				continue
			}
			lines[row.s.Phone] = line
			rows = append(rows, row)
		}
	}
}

func badLine(raw []byte) int {
	for i, line := range bytes.Split(raw, []byte("\n")) {
		if !utf8.Valid(line) {
			return i + 1
		}
	}
	return 1
}

func importHeader(head []string) (map[string]int, error) {
	required, optional := ImportColumns()
	at := map[string]int{}
	for i, name := range head {
		name = strings.ToLower(strings.TrimSpace(name))
		if !slices.Contains(required, name) && !slices.Contains(optional, name) {
			return nil, fault.New(fault.Invalid, "Line 1: there is no column %.40q. The columns are %s.", name, strings.Join(append(required, optional...), ", "))
		}
		if _, twice := at[name]; twice {
			return nil, fault.New(fault.Invalid, "Line 1: the column %s is there twice.", name)
		}
		at[name] = i
	}
	for _, name := range required {
		if _, ok := at[name]; !ok {
			return nil, fault.New(fault.Invalid, "Line 1: the column %s is missing. Consent must be proved: when, how, and in which words.", name)
		}
	}
	return at, nil
}

// readRow reads one row; ok is false when something is wrong with it, which the report then says.
func readRow(record []string, at map[string]int, line int, now time.Time, rep *ImportReport) (row importRow, ok bool) {
	ok = true
	wrong := func(column, reason string, args ...any) {
		ok = false // also beyond the faults that the report keeps
		rep.fault(line, column, reason, args...)
	}
	cell := func(name string) string {
		if i, there := at[name]; there && i < len(record) {
			return strings.TrimSpace(record[i])
		}
		return ""
	}
	row = importRow{line: line, how: cell(colHow), said: cell(colWords)}
	phone, err := subscription.ParsePhone(cell(colPhone), "US")
	if err != nil {
		wrong(colPhone, "%s", fault.Message(err))
	}
	row.s = Subscriber{
		Phone: string(phone), Email: strings.ToLower(cell(colEmail)), FirstName: cell(colFirst), LastName: cell(colLast),
		Zone: cell(colZone), State: strings.ToUpper(cell(colState)),
	}
	if row.s.Email != "" && checkEmail(row.s.Email) != nil {
		wrong(colEmail, "That is not an e-mail address.")
	}
	if row.s.Zone != "" && !isZone(row.s.Zone) {
		wrong(colZone, "That is no IANA zone such as America/New_York.")
	}
	if row.when, err = consentTime(cell(colWhen)); err != nil {
		wrong(colWhen, "Write the moment of consent as 2026-05-03 or 2026-05-03T14:30:00Z.")
	} else if row.when.After(now) {
		wrong(colWhen, "The consent lies in the future.")
	}
	if row.how == "" {
		wrong(colHow, "Say how the person agreed, such as the address of the form.")
	}
	if row.said == "" {
		wrong(colWords, "Give the words the person agreed to.")
	}
	return row, ok
}

func consentTime(s string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05", time.DateOnly} {
		if at, err := time.Parse(layout, s); err == nil {
			return at.UTC(), nil
		}
	}
	return time.Time{}, fault.Field(colWhen, "That is not a moment.")
}
