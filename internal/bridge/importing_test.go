package bridge_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoinder/internal/bridge"
)

const importHeader = "customer_id,first_name,phone,zone,subscription_id,product,quantity,price,interval,next_date\n"

func (b *book) load(file string, o bridge.ImportOptions) bridge.ImportReport {
	b.t.Helper()
	report, err := b.Import(b.t.Context(), b.shop.ID, strings.NewReader(file), o)
	if err != nil {
		b.t.Fatal(err)
	}
	return report
}

func faultLines(r bridge.ImportReport) (out []string) {
	for _, f := range r.Bad {
		out = append(out, fmt.Sprintf("%d %s: %s", f.Line, f.Column, f.Reason))
	}
	return out
}

func TestImportTakesABookInAndTextsNobody(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, b *book) {
		if _, _, err := b.CreateEndpoint(t.Context(), b.shop.ID, "https://shop.example/hooks"); err != nil {
			t.Fatal(err)
		}
		file := "\ufeff" + importHeader +
			"c1,Ada,(212) 555-0123,America/New_York,s1,House Blend,2,24.00,1 month,2026-12-31\n" +
			"c1,,,,s2,Oat Bars,,9.5,2 weeks,2026-12-10\n" +
			"c2,Ben,+1 808 555 0123,Pacific/Honolulu,s3,Green Tea,1,12,30 days,2026-11-23\n" +
			"c3,Cy,,,,,,,,\n"
		if got := b.load(file, bridge.ImportOptions{DryRun: true}); got.Rows != 4 || got.Good != 4 || got.Imported != 0 || len(got.Bad) != 0 {
			t.Fatalf("dry run: %+v", got)
		}
		if list, _, err := b.Customers(t.Context(), b.shop.ID, "", "", 0); err != nil || len(list) != 0 {
			t.Fatalf("the dry run left %v, %v", list, err)
		}
		for _, round := range []string{"first", "again"} {
			if got := b.load(file, bridge.ImportOptions{}); got.Imported != 4 {
				t.Fatalf("%s: %+v", round, got)
			}
			list, _, err := b.Customers(t.Context(), b.shop.ID, "", "", 0)
			if err != nil || len(list) != 3 {
				t.Fatalf("%s: customers %v, %v", round, list, err)
			}
		}
		found, _, err := b.Customers(t.Context(), b.shop.ID, "c1", "", 0)
		if err != nil || len(found) != 1 {
			t.Fatal(found, err)
		}
		var subs []string
		for _, s := range b.account(found[0].ID).Subscriptions {
			subs = append(subs, fmt.Sprint(s.ExternalID, " ", s.Items[0].Quantity, " ", s.Items[0].Price, " ", s.Interval, " ", s.Next, " ", s.Anchor))
		}
		slices.Sort(subs)
		if diff := cmp.Diff([]string{"s1 2 $24.00 1 month 2026-12-31 31", "s2 1 $9.50 2 weeks 2026-12-10 0"}, subs); diff != "" {
			t.Error(diff)
		}
		tea, _, err := b.Customers(t.Context(), b.shop.ID, "c2", "", 0)
		if err != nil || len(tea) != 1 {
			t.Fatal(tea, err)
		}
		b.drain()
		if got := b.deliveries(tea[0].ID); len(got) != 0 {
			t.Errorf("the import texted: %v", got)
		}
		if lines := strings.Join(b.trace(tea[0].ID), "\n"); !strings.Contains(lines, "an import texts nobody") {
			t.Errorf("the trace does not say why:\n%s", lines)
		}
		if due, err := b.WebhookNextDue(t.Context()); err != nil || !due.IsZero() {
			t.Errorf("the import sent webhooks: %v, %v", due, err)
		}
		b.to(day(date("2026-12-07"), 11)) // a notice whose moment was still ahead comes as always
		if diff := cmp.Diff([]string{"UpcomingOrder 2026-12-10 queued"}, b.deliveries(found[0].ID)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestImportSaysWhatIsWrongByLine(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, b *book) {
		b.load(importHeader+"old,Olga,+12125550199,,sold,Tea,1,1,1 week,2026-12-01\n", bridge.ImportOptions{})
		gone, _, err := b.Customers(t.Context(), b.shop.ID, "old", "", 0)
		if err != nil {
			t.Fatal(err)
		}
		file := importHeader +
			"c1,Ada,+12125550123,,s1,House Blend,1,24.00,1 month,2026-12-31\n" +
			"c2,Ben,call me,,s2,Tea,1,12,1 month,2026-12-31\n" +
			"c3,Cy,,Mars/Olympus,s3,Tea,1,12,1 month,2026-12-31\n" +
			"c4,Di,,,s4,Tea,none,12.345,fortnightly,31/12/2026\n" +
			"c5,Ed,,,s5,Tea,1,12,1 month,2026-11-31\n" +
			"c6,Flo,,,s6,Tea,1,12,1 month,2026-11-21\n" +
			"c7,Gus,,,s1,Tea,1,12,1 month,2026-12-31\n" +
			"c8,Hal,212-555-0123,,s8,Tea,1,12,1 month,2026-12-31\n" +
			"c9,Ivy\xff,,,s9,Tea,1,12,1 month,2026-12-31\n" +
			",Jo,,,s10,Tea,1,12,1 month,2026-12-31\n" +
			"c11,Kim,,,,Tea,,,,\n" +
			"c12,Lou,,,s12,,1,12,1 month,2026-12-31\n" +
			"c1,Eve,,,s13,Tea,1,12,1 month,2026-12-31\n" +
			"c14,Max,+12125550199,,s14,Tea,1,12,1 month,2026-12-31\n" +
			"c15,Ned,,,sold,Tea,1,12,1 month,2026-12-31\n" +
			"c16,Ora,,,s16,Tea, cold,1,12,1 month,2026-12-31\n"
		want := []string{
			"3 phone: A phone number has only digits, spaces and + - . ( ) in it; leave out letters and extensions.",
			"4 zone: The time zone must be an IANA name such as America/New_York, or left out.",
			"5 interval: Write the interval as a number and a unit, for example 2 weeks, 30 days or 1 month.",
			"5 next_date: Write the date as year-month-day, for example 2026-11-25.",
			"5 price: USD has 2 digits after the point at most.",
			"5 quantity: Write a whole number from 1 on.",
			"6 next_date: There is no day 2026-11-31 in the calendar.",
			"7 next_date: The next order must be after today, Saturday, November 21.",
			"8 subscription_id: Line 2 has that id already.",
			"9 phone: Line 2 has that number for another customer.",
			"10 first_name: This is not UTF-8; save the file as CSV in UTF-8.",
			"11 customer_id: Every row needs your own id of the customer.",
			"12 subscription_id: A subscription needs your own id of it; without one, leave product empty.",
			"13 product: Every item needs a name: customers read it in their texts.",
			"14 first_name: Line 2 says something else of the same customer.",
			"15 phone: Another customer in the book has that phone number.",
			"16 subscription_id: That subscription belongs to another customer in the book.",
			"17 : The line has 11 cells and the header has 10; a cell with a comma in it needs quotation marks.",
		}
		got := b.load(file, bridge.ImportOptions{})
		if diff := cmp.Diff(want, faultLines(got)); diff != "" {
			t.Error(diff)
		}
		if got.Rows != 16 || got.Good != 1 || got.Imported != 0 {
			t.Errorf("rows %d, good %d, imported %d", got.Rows, got.Good, got.Imported)
		}
		if list, _, err := b.Customers(t.Context(), b.shop.ID, "", "", 0); err != nil || len(list) != 1 || list[0].ID != gone[0].ID {
			t.Errorf("a file with bad rows left %v, %v", list, err)
		}
		if got := b.load(file, bridge.ImportOptions{SkipBad: true}); got.Imported != 1 {
			t.Errorf("skipping bad rows imported %d", got.Imported)
		}
	})
}

func TestImportOfFilesThatAreNone(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, b *book) {
		for name, c := range map[string]struct{ file, want string }{
			"empty":           {"", "1 : The file is empty; its first line names the columns."},
			"utf-16":          {"\xff\xfec\x00", "1 : The file is in UTF-16; save it as CSV in UTF-8."},
			"no ids":          {"first_name\nAda\n", "1 customer_id: The file needs this column."},
			"unknown column":  {"customer_id,shoe_size\n", "1 shoe_size: There is no such column"},
			"column twice":    {"customer_id,Customer ID\n", "1 customer_id: This column is there twice."},
			"missing columns": {"customer_id,subscription_id,product,interval\n", "1 next_date: A file with subscriptions needs this column."},
			"open quote":      {"customer_id,first_name\nc1,\"Ada\nc2,Ben\n", "2 : This line cannot be read: a quotation mark is out of place. The lines after it were not looked at."},
		} {
			got := faultLines(b.load(c.file, bridge.ImportOptions{}))
			if len(got) != 1 || !strings.HasPrefix(got[0], c.want) {
				t.Errorf("%s: %v, want %s", name, got, c.want)
			}
		}
		if got := b.load("Customer ID;First Name;\r\nc1;Ada;\r\n", bridge.ImportOptions{}); got.Imported != 1 {
			t.Errorf("semicolons: %+v", got)
		}
	})
}

func TestImportOfManyRows(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, b *book) {
		var file strings.Builder
		file.WriteString(importHeader)
		const n = 1700 // several transactions
		for i := range n {
			fmt.Fprintf(&file, "c%d,Sample%d,,,s%d,Tea,1,12,1 month,2026-12-%02d\n", i/2, i/2, i, 1+i%28)
		}
		start := time.Now()
		if got := b.load(file.String(), bridge.ImportOptions{}); got.Imported != n {
			t.Fatalf("imported %d: %v", got.Imported, faultLines(got))
		}
		t.Logf("%.0f rows/s", n/time.Since(start).Seconds())
	})
}
