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
func (t *Texting) ImportSubscribers(ctx context.Context, shopID string, file io.Reader, o ImportOptions) (rep ImportReport, err error) {
	defer fault.Wrap(&err, "texting: import subscribers of %s", shopID)
	rows, rep, err := readImport(file, t.o.Now())
	if err != nil {
		return rep, err
	}
	read := rep
	run := t.o.Store.InTx
	if o.DryRun {
		run = t.o.Store.Read
	}
	err = run(ctx, func(tx Tx) error {
		rep = read
		rep.Faults = slices.Clone(read.Faults)
		for _, check := range []bool{true, false} {
			if !check && (o.DryRun || len(rep.Faults) > 0 && !o.SkipBad) {
				return nil
			}
			for _, r := range rows {
				if err := t.importOne(tx, shopID, r, check, &rep); err != nil {
					return err
				}
			}
		}
		rep.Written = true
		return nil
	})
	slices.SortStableFunc(rep.Faults, func(a, b RowFault) int { return a.Line - b.Line })
	if err == nil && rep.Written {
		t.wake(ctx, WakeHook, shopID)
	}
	return rep, err
}

// importOne looks at one row against what is stored (check) or writes it.
func (t *Texting) importOne(tx Tx, shopID string, r importRow, check bool, rep *ImportReport) error {
	s, err := tx.SubscriberByPhone(shopID, r.s.Phone)
	isNew := fault.Is(err, fault.NotFound)
	if err != nil && !isNew {
		return err
	}
	if s.Status == OptedOut {
		out, err := lastOptOut(tx, shopID, s)
		if err != nil {
			return err
		}
		if !out.Before(r.when) {
			if check {
				rep.fault(r.line, colWhen, "This person opted out on %s, after the consent in the file.", out.Format(time.DateOnly))
			}
			return nil
		}
	}
	if check {
		if s.Status == Subscribed {
			rep.Already++
		} else {
			rep.Added++
		}
		return nil
	}
	if s.Status == Subscribed {
		return nil
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

func lastOptOut(tx Tx, shopID string, s Subscriber) (time.Time, error) {
	all, err := tx.ConsentOf(shopID, s.ID, s.Phone, 1000)
	if err != nil {
		return time.Time{}, err
	}
	var last time.Time
	for _, c := range all {
		if c.Kind == ConsentOptOut && c.At.After(last) {
			last = c.At
		}
	}
	return last, nil
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
	before := len(rep.Faults)
	cell := func(name string) string {
		if i, there := at[name]; there && i < len(record) {
			return strings.TrimSpace(record[i])
		}
		return ""
	}
	row = importRow{line: line, how: cell(colHow), said: cell(colWords)}
	phone, err := subscription.ParsePhone(cell(colPhone), "US")
	if err != nil {
		rep.fault(line, colPhone, "%s", fault.Message(err))
	}
	row.s = Subscriber{
		Phone: string(phone), Email: strings.ToLower(cell(colEmail)), FirstName: cell(colFirst), LastName: cell(colLast),
		Zone: cell(colZone), State: strings.ToUpper(cell(colState)),
	}
	if row.s.Email != "" && checkEmail(row.s.Email) != nil {
		rep.fault(line, colEmail, "That is not an e-mail address.")
	}
	if row.s.Zone != "" && !isZone(row.s.Zone) {
		rep.fault(line, colZone, "That is no IANA zone such as America/New_York.")
	}
	if row.when, err = consentTime(cell(colWhen)); err != nil {
		rep.fault(line, colWhen, "Write the moment of consent as 2026-05-03 or 2026-05-03T14:30:00Z.")
	} else if row.when.After(now) {
		rep.fault(line, colWhen, "The consent lies in the future.")
	}
	if row.how == "" {
		rep.fault(line, colHow, "Say how the person agreed, such as the address of the form.")
	}
	if row.said == "" {
		rep.fault(line, colWords, "Give the words the person agreed to.")
	}
	return row, len(rep.Faults) == before && len(rep.Faults) < maxImportFaults
}

func consentTime(s string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05", time.DateOnly} {
		if at, err := time.Parse(layout, s); err == nil {
			return at.UTC(), nil
		}
	}
	return time.Time{}, fault.Field(colWhen, "That is not a moment.")
}
