package bridge

import (
	"maps"
	"slices"
	"strings"
	"time"

	"rejoinder/internal/ident"
	"rejoinder/internal/trigger"
)

// record is what deliveries have come to, decided one by one and stored together. The zero value is empty.
type record struct {
	rows    []Delivery
	at      map[string]int           // where in rows, by id
	lines   map[string]string        // for the trace, by id
	release map[string]bool          // by id: what it told may be told after all
	tried   map[string]time.Time     // by id: when it was sent, if it was
	busy    map[string]time.Duration // how long tokens are not to be used, by hash
}

// put notes what a delivery is from now on, and what its customer's trace says of it; "" says nothing.
//
// A sender who was taken for dead may come with an outcome when another one, in the same batch, does so too. If one of
// them has sent it, it is sent.
func (r *record) put(d Delivery, line string) {
	if r.at == nil {
		r.at, r.lines, r.release, r.tried = map[string]int{}, map[string]string{}, map[string]bool{}, map[string]time.Time{}
	}
	i, twice := r.at[d.ID]
	switch {
	case !twice:
		r.at[d.ID] = len(r.rows)
		r.rows = append(r.rows, d)
	case d.State == Sent:
		r.rows[i] = d
	default:
		return
	}
	delete(r.release, d.ID)
	delete(r.tried, d.ID)
	r.lines[d.ID] = line
}

// suppress ends a delivery unsent. With release, what it told may become true again and be told then.
func (r *record) suppress(now time.Time, d Delivery, reason string, release bool) {
	d.State, d.FinishedAt, d.Reason = Suppressed, now, reason
	r.put(d, titleOf(d.Trigger)+" not sent: "+reason)
	if release {
		r.release[d.ID] = true
	}
}

// hold notes that a token is not to be used for a while.
func (r *record) hold(tokenHash string, d time.Duration) {
	if r.busy == nil {
		r.busy = map[string]time.Duration{}
	}
	r.busy[tokenHash] = max(d, r.busy[tokenHash])
}

// store stores it all. What has ended meanwhile by other hands stays as it is, with its notice, and is not spoken of.
func (r *record) store(tx Tx) error {
	slices.SortFunc(r.rows, func(a, z Delivery) int { return strings.Compare(a.ID, z.ID) })
	changed, err := tx.UpdateDeliveries(r.rows)
	if err != nil {
		return err
	}
	notices := map[NoticeKey]Notice{}
	var lines []Trace
	var released []Delivery
	for _, d := range r.rows {
		if !changed[d.ID] {
			continue
		}
		if n, ends := noticeOf(d); ends && notices[n.NoticeKey].State != NoticeTold {
			notices[n.NoticeKey] = n
		}
		if text := r.lines[d.ID]; text != "" {
			lines = append(lines, Trace{
				ID: ident.New(ident.Trace, tx.Now()), ShopID: d.ShopID, CustomerID: d.CustomerID, At: tx.Now(), Kind: "delivery", Text: text, Ref: d.ID,
			})
		}
		if r.release[d.ID] {
			released = append(released, d)
		}
		if at, unknown := r.tried[d.ID]; unknown && d.Trigger == trigger.UpcomingOrder {
			if err := tx.NoticeMayBeTold(d.CustomerID, d.OrderDate, at); err != nil {
				return err
			}
		}
	}
	if err := tx.SettleNotices(slices.SortedFunc(maps.Values(notices), byNoticeKey)); err != nil {
		return err
	}
	for _, d := range released {
		if err := tx.ReleaseDelivery(d.ID); err != nil {
			return err
		}
		if err := tx.ReleaseNotice(d.CustomerID, d.OrderDate); err != nil {
			return err
		}
	}
	if err := tx.AddTraces(lines); err != nil {
		return err
	}
	for _, token := range slices.Sorted(maps.Keys(r.busy)) {
		if err := tx.HoldPace(token, r.busy[token]); err != nil {
			return err
		}
	}
	return nil
}

// noticeOf returns what the end of a delivery means for the notice of its order; false when it has not ended, or speaks
// of no order.
func noticeOf(d Delivery) (Notice, bool) {
	if d.Trigger != trigger.UpcomingOrder || d.OrderDate.IsZero() || d.State == Queued || d.State == Sending {
		return Notice{}, false
	}
	n := Notice{NoticeKey: NoticeKey{CustomerID: d.CustomerID, Date: d.OrderDate}, State: NoticeSuppressed, Reason: d.Reason}
	if d.State == Sent || d.State == Unknown {
		n.State, n.Reason = NoticeTold, ""
	}
	return n, true
}
