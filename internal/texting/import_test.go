package texting_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoinder/internal/app"
	"rejoinder/internal/fault"
	"rejoinder/internal/texting"
)

const importHead = "phone,consented_at,consent_source,consent_words,first_name,email,time_zone\n"

const importGood = `+12125550151,2026-05-03,https://kettle.example/join,I agree to texts,Ada,ada@example.com,America/Denver
(212) 555-0152,2026-05-03T14:30:00Z,paper form,"Yes, text me",Ben,,
`

func TestImportSubscribers(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, h *house) {
		run := func(file string, o texting.ImportOptions) texting.ImportReport {
			t.Helper()
			rep, err := h.ImportSubscribers(t.Context(), shopID, strings.NewReader(file), o)
			if err != nil {
				t.Fatal(err)
			}
			return rep
		}
		dry := run("\ufeff"+importHead+importGood, texting.ImportOptions{DryRun: true})
		if diff := cmp.Diff(texting.ImportReport{Rows: 2, Added: 2}, dry); diff != "" {
			t.Errorf("dry run: %s", diff)
		}
		bad := importHead + importGood + "12,2026-05-03,form,yes,,,\n"
		if rep := run(bad, texting.ImportOptions{}); rep.Written || len(rep.Faults) != 1 || h.who("+12125550151").ID != "" {
			t.Errorf("something was imported beside a wrong row: %+v", rep)
		}
		if rep := run(bad, texting.ImportOptions{SkipBad: true}); !rep.Written || rep.Added != 2 {
			t.Errorf("skipping bad rows: %+v", rep)
		}
		ada := h.who("+12125550151")
		if ada.Status != texting.Subscribed || ada.FirstName != "Ada" || ada.Zone != "America/Denver" || !ada.OptedInAt.Equal(time.Date(2026, 5, 3, 0, 0, 0, 0, time.UTC)) {
			t.Errorf("Ada: %+v", ada)
		}
		list, err := h.ConsentOf(t.Context(), shopID, ada.ID)
		if err != nil || len(list) != 1 || list[0].Words != "https://kettle.example/join: I agree to texts" || list[0].Source != "csv" {
			t.Errorf("proof: %+v, %v", list, err)
		}
		if rep := run(importHead+importGood, texting.ImportOptions{}); rep.Added != 0 || rep.Already != 2 {
			t.Errorf("again: %+v", rep)
		}

		// Nobody who opted out comes back by an older consent.
		h.hears("+12125550152", "STOP")
		rep := run(importHead+importGood, texting.ImportOptions{})
		want := []texting.RowFault{{Line: 3, Column: "consented_at", Reason: "This person opted out on 2026-11-21, after the consent in the file."}}
		if diff := cmp.Diff(want, rep.Faults); diff != "" || h.who("+12125550152").Status != texting.OptedOut {
			t.Error(diff)
		}
		h.clock.Move(48 * time.Hour)
		if rep := run(importHead+"+12125550152,2026-11-22,form,yes again,,,\n", texting.ImportOptions{}); rep.Added != 1 || h.who("+12125550152").Status != texting.Subscribed {
			t.Errorf("a newer consent: %+v", rep)
		}
	})
}

func TestImportFaults(t *testing.T) {
	t.Parallel()
	h := inSQLite(t)
	file := importHead +
		"nonsense,2026-05-03,form,yes,,,\n" +
		"+12125550153,yesterday,form,yes,,,\n" +
		"+12125550154,2027-05-03,form,yes,,,\n" +
		"+12125550155,2026-05-03,,,,not an address,Mars/Here\n" +
		"+12125550156,2026-05-03,form,yes,,,\n" +
		"212 555 0156,2026-05-03,form,yes,,,\n" +
		"+12125550157\n"
	rep, err := h.ImportSubscribers(t.Context(), shopID, strings.NewReader(file), texting.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range rep.Faults {
		got = append(got, fmt.Sprintf("%d %s", f.Line, f.Column))
	}
	want := []string{
		"2 phone", "3 consented_at", "4 consented_at", "5 email", "5 time_zone", "5 consent_source", "5 consent_words",
		"7 phone", "8 consented_at", "8 consent_source", "8 consent_words",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	for name, file := range map[string]string{
		"empty":            "",
		"no proof":         "phone\n+12125550153\n",
		"an extra column":  "phone,consented_at,consent_source,consent_words,shoe_size\n",
		"a column twice":   "phone,phone,consented_at,consent_source,consent_words\n",
		"another encoding": importHead + "+12125550153,2026-05-03,form,s\xed,,,\n",
	} {
		if _, err := h.ImportSubscribers(t.Context(), shopID, strings.NewReader(file), texting.ImportOptions{}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestImportKeepsGoodRowsBehindManyBadOnes(t *testing.T) {
	t.Parallel()
	h := inSQLite(t)
	file := importHead + strings.Repeat("12,2026-05-03,form,yes,,,\n", 1500) + importGood
	rep, err := h.ImportSubscribers(t.Context(), shopID, strings.NewReader(file), texting.ImportOptions{SkipBad: true})
	if err != nil || rep.Added != 2 || rep.Rows != 1502 || len(rep.Faults) != 1000 || h.who("+12125550151").ID == "" {
		t.Errorf("%d rows, %d added, %d faults, %v; want the two good ones added", rep.Rows, rep.Added, len(rep.Faults), err)
	}
}

func TestImportInBatches(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, h *house) {
		var file strings.Builder
		file.WriteString(importHead)
		for i := range 450 {
			fmt.Fprintf(&file, "+1212555%04d,2026-05-03,form,yes,,,\n", 9999-i)
		}
		count := &countingStore{Store: app.TextingStore(h.db)}
		h.Texting = texting.New(texting.Options{Store: count, Waker: noWaker{}, Now: h.clock.Now})
		rep, err := h.ImportSubscribers(t.Context(), shopID, strings.NewReader(file.String()), texting.ImportOptions{})
		if err != nil || !rep.Written || rep.Added != 450 {
			t.Fatalf("%+v, %v", rep, err)
		}
		if count.n < 3 {
			t.Errorf("450 rows in %d transactions: others had to wait for all of it", count.n)
		}
		_, total, err := h.Subscribers(t.Context(), shopID, texting.SubscriberQuery{Status: []texting.SubscriberStatus{texting.Subscribed}})
		if err != nil || total != 450 {
			t.Errorf("%d subscribed, %v", total, err)
		}
	})
}

// countingStore counts writing transactions.
type countingStore struct {
	texting.Store
	n int
}

func (s *countingStore) InTx(ctx context.Context, fn func(texting.Tx) error) error {
	s.n++
	return s.Store.InTx(ctx, fn)
}

func TestConsentExport(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, h *house) {
		h.hears("+12125550151", "START")
		h.clock.Move(time.Second)
		h.hears("+12125550151", "Y")
		h.clock.Move(time.Second)
		h.hears("+12125550151", "STOP")
		h.clock.Move(time.Second)
		s := h.who("+12125550151")
		if err := h.Redact(t.Context(), shopID, texting.RedactInput{SubscriberID: s.ID}); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := h.ExportConsent(t.Context(), shopID, &out); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(&out).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range rows[1:] {
			got = append(got, r[2]+" "+r[3]+" "+r[4])
		}
		want := []string{"asked reply +12125550151", "opt_in reply +12125550151", "opt_out reply +12125550151"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the ledger must outlive the person: %s", diff)
		}
	})
}
