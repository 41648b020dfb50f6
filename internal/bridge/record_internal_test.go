package bridge

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// kept is a transaction that keeps what a record stores.
type kept struct {
	Tx
	ended    map[string]bool // what has ended by other hands
	states   map[string]State
	notices  []Notice
	lines    map[string]string
	released []string
	doubtful []string
}

func (tx *kept) Now() time.Time { return time.Unix(1_800_000_000, 0).UTC() }

func (tx *kept) UpdateDeliveries(ds []Delivery) (map[string]bool, error) {
	changed := map[string]bool{}
	for _, d := range ds {
		if !tx.ended[d.ID] {
			changed[d.ID], tx.states[d.ID] = true, d.State
		}
	}
	return changed, nil
}

func (tx *kept) SettleNotices(ns []Notice) error { tx.notices = ns; return nil }

func (tx *kept) AddTraces(ts []Trace) error {
	for _, t := range ts {
		tx.lines[t.Ref] = t.Text
	}
	return nil
}

func (tx *kept) ReleaseDelivery(id string) error {
	tx.released = append(tx.released, id)
	return nil
}

func (tx *kept) ReleaseNotice(string, subscription.Date) error { return nil }

func (tx *kept) NoticeMayBeTold(id string, _ subscription.Date, _ time.Time) error {
	tx.doubtful = append(tx.doubtful, id)
	return nil
}

// TestRecord: what two senders of one delivery found out in the same batch, and what has ended by other hands.
func TestRecord(t *testing.T) {
	t.Parallel()
	now, day := time.Unix(1_800_000_000, 0).UTC(), subscription.NewDate(2030, 1, 1)
	d := Delivery{ID: "dlv_1", ShopID: "shop", CustomerID: "cus_1", Trigger: trigger.UpcomingOrder, OrderDate: day, State: Sending, CreatedAt: now, DueAt: now.Add(lease)}
	sent := func(b *Bridge, r *record) { b.settleJob(now, r, &job{of: &claim{}, d: d, outcome: OutcomeSent}) }
	refused := func(b *Bridge, r *record) { b.settleJob(now, r, &job{of: &claim{}, d: d, outcome: OutcomeRefused}) }
	unknown := func(b *Bridge, r *record) { b.settleJob(now, r, &job{of: &claim{}, d: d, outcome: OutcomeUnknown}) }
	gone := func(_ *Bridge, r *record) { r.suppress(now, d, "Gone.", true) }
	told := []Notice{{NoticeKey: NoticeKey{"cus_1", day}, State: NoticeTold}}
	for name, c := range map[string]struct {
		do       []func(*Bridge, *record)
		ended    bool
		state    State
		notices  []Notice
		line     string
		released int
		doubtful int
	}{
		"sent":                        {do: []func(*Bridge, *record){sent}, state: Sent, notices: told, line: "Upcoming Order sent to Postscript."},
		"sent, and then refused":      {do: []func(*Bridge, *record){sent, refused}, state: Sent, notices: told, line: "Upcoming Order sent to Postscript."},
		"refused, and sent before":    {do: []func(*Bridge, *record){refused, sent}, state: Sent, notices: told, line: "Upcoming Order sent to Postscript."},
		"gone, and sent before":       {do: []func(*Bridge, *record){gone, sent}, state: Sent, notices: told, line: "Upcoming Order sent to Postscript."},
		"not known, and sent before":  {do: []func(*Bridge, *record){unknown, sent}, state: Sent, notices: told, line: "Upcoming Order sent to Postscript."},
		"not known":                   {do: []func(*Bridge, *record){unknown}, state: Queued, doubtful: 1, line: "Upcoming Order: it is not known whether it arrived; it is sent again with the same id."},
		"gone":                        {do: []func(*Bridge, *record){gone}, state: Suppressed, notices: []Notice{{NoticeKey: NoticeKey{"cus_1", day}, State: NoticeSuppressed, Reason: "Gone."}}, line: "Upcoming Order not sent: Gone.", released: 1},
		"gone, ended by other hands":  {do: []func(*Bridge, *record){gone}, ended: true},
		"sent, ended by other hands":  {do: []func(*Bridge, *record){sent}, ended: true},
		"doubt, ended by other hands": {do: []func(*Bridge, *record){unknown}, ended: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tx := &kept{ended: map[string]bool{"dlv_1": c.ended}, states: map[string]State{}, lines: map[string]string{}}
			b, r := New(Options{}), record{}
			for _, do := range c.do {
				do(b, &r)
			}
			if err := r.store(tx); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.notices, tx.notices); diff != "" {
				t.Errorf("notices (-want +got):\n%s", diff)
			}
			if tx.states["dlv_1"] != c.state || tx.lines["dlv_1"] != c.line || len(tx.released) != c.released || len(tx.doubtful) != c.doubtful {
				t.Errorf("state %q, line %q, %d released, %d doubtful", tx.states["dlv_1"], tx.lines["dlv_1"], len(tx.released), len(tx.doubtful))
			}
		})
	}
}
