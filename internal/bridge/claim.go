package bridge

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/gather"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// outbox is what the handlers of one kind of deliveries share: while one batch of shops is claimed, the next gathers, and
// likewise with what became of them. Each shop is decided as if it were alone; only transactions and statements are shared.
//
// What must hold, whoever shares a batch with whom:
//
//   - A row is locked before it is decided about, and what decides (its customer, their orders) is read after that: whoever
//     changes an order takes its notice back first, and either we see that, or they find that it is being sent.
//   - A request is made only after its row says "sending" durably, with the moment its sender is taken for dead.
//   - A slot is taken in the transaction that claims, as late in it as can be, and given up by who comes late to it.
//   - Nobody who claims waits for a row: rows of others are passed over, a token of others is busy. So batches of several
//     processes never wait for each other.
//   - An outcome is stored also when the program is stopping, and one that comes late changes nothing but to "sent".
//   - A batch that fails is run again shop by shop, so that one shop's fault is no other's.
type outbox struct {
	claims   *gather.Gather[*claim]
	outcomes *gather.Gather[*claim]
}

const (
	// mostShops is how many shops share a transaction. More would cost hardly less for each, and an answer may have to
	// wait for one such transaction.
	mostShops = 32
	// batchLimit is how long one may take.
	batchLimit = 20 * time.Second
)

// newOutbox returns the outbox of one kind.
func (b *Bridge) newOutbox(bulk bool) outbox {
	o := gather.Options{
		Runners: b.o.Batches, Most: mostShops, Limit: batchLimit,
		Alone: func(err error) bool { return !fault.Is(err, fault.Unavailable) },
	}
	return outbox{
		claims: gather.New(o, func(ctx context.Context, claims []*claim) error {
			if err := b.o.Store.InTx(ctx, func(tx Tx) error { return b.claim(tx, claims, bulk) }); err != nil {
				return err
			}
			for _, c := range claims {
				if !c.slots.start.IsZero() {
					b.pace.committed(c.slots)
					break // the same transaction, and about the same moment in it
				}
			}
			return nil
		}),
		outcomes: gather.New(o, func(ctx context.Context, claims []*claim) error {
			return b.o.Store.InTx(ctx, func(tx Tx) error { return b.settle(tx, claims) })
		}),
	}
}

// claim is one shop's turn: what is sent now, and what becomes of it.
type claim struct {
	shopID string

	shop      Shop
	conn      Connection
	connected bool
	ps        Postscript // set when there are jobs
	jobs      []*job
	need      int // slots for all of them
	slots     slots
	again     time.Time // when to come back; zero: nothing known
}

// job is one claimed delivery with what is needed to send it.
type job struct {
	of       *claim
	d        Delivery
	customer Customer
	values   map[string]string
	slot     int  // its first slot, counted from the claim's first
	lookUp   bool // whether they are a subscriber has to be asked first, on three slots more
	trigger  string
	// The outcome, filled by send.
	outcome    Outcome
	subscriber string // found by looking up
	err        error
	same       bool // the shop still has the account that was asked; filled by settle
}

// slots is how many requests the job needs.
func (j *job) slots() int {
	if j.lookUp {
		return 4
	}
	return 1
}

func (b *Bridge) deliver(ctx context.Context, s outbox, shopID string) (_ time.Time, err error) {
	defer fault.Wrap(&err, "bridge: deliver for %s", shopID)
	c := &claim{shopID: shopID}
	if err := s.claims.Do(ctx, c); err != nil || len(c.jobs) == 0 {
		return c.again, err
	}
	var wg sync.WaitGroup
	for _, j := range c.jobs {
		wg.Go(func() { b.send(ctx, c, j) })
	}
	wg.Wait()
	err = s.keep(ctx, c)
	// Before the token is free again there is nothing to claim.
	return b.o.Now().Add(max(time.Until(c.slots.at(c.need))-b.pace.lead(), 0)), err
}

// keepPause is how long to wait before outcomes are stored once more that could not be.
const keepPause = 250 * time.Millisecond

// keep stores what has become of a claim's requests, also when the program is stopping: it is what happened. While the
// database is away it tries again for as long as it may: what it gave up would be taken for unknown, and be sent twice.
func (s outbox) keep(ctx context.Context, c *claim) error {
	for {
		err := s.outcomes.Do(context.WithoutCancel(ctx), c)
		if !fault.Is(err, fault.Unavailable) || pause(ctx, keepPause) != nil {
			return err
		}
	}
}

// claim decides, in one transaction, which deliveries of some shops are sent now, on which slots.
func (b *Bridge) claim(tx Tx, claims []*claim, bulk bool) error {
	shops, err := b.open(tx, claims)
	if err != nil {
		return err
	}
	var r record
	if err := b.recover(tx, &r, shops); err != nil {
		return err
	}
	if bulk {
		if err := passAnswers(tx, shops); err != nil {
			return err
		}
	}
	if err := b.collect(tx, &r, shops, bulk); err != nil {
		return err
	}
	for _, c := range shops {
		if len(c.jobs) == 0 {
			continue
		}
		if c.ps, err = b.client(c.conn); err != nil {
			return err
		}
	}
	if err := r.store(tx); err != nil {
		return err
	}
	return b.start(tx, shops)
}

// open looks up the shops and their accounts, and returns the claims by shop id. A shop of which two claims have come
// together gets the first of them.
func (b *Bridge) open(tx Tx, claims []*claim) (map[string]*claim, error) {
	ids := distinct(claims, func(c *claim) string { return c.shopID })
	known, err := tx.ShopsOf(ids)
	if err != nil {
		return nil, err
	}
	conns, err := tx.ConnectionsOf(ids)
	if err != nil {
		return nil, err
	}
	out := make(map[string]*claim, len(claims))
	for _, c := range claims {
		*c = claim{shopID: c.shopID} // it may be run again
		if out[c.shopID] != nil {
			c.again = tx.Now().Add(2 * Spacing)
			continue
		}
		var there bool
		if c.shop, there = known[c.shopID]; !there {
			return nil, fault.New(fault.NotFound, "There is no such shop.")
		}
		c.conn, c.connected = conns[c.shopID]
		out[c.shopID] = c
	}
	return out, nil
}

// recover settles what a crashed process left in state sending.
func (b *Bridge) recover(tx Tx, r *record, shops map[string]*claim) error {
	dead, err := tx.DeadDeliveries(keys(shops), 50)
	for _, d := range dead {
		b.unknown(tx.Now(), r, shops[d.ShopID], d, "The program stopped while it was being sent.")
	}
	return err
}

// passAnswers takes the shops out of a bulk claim whose answers are due. Those go first, and have their own handler at
// work.
func passAnswers(tx Tx, shops map[string]*claim) error {
	waiting, err := tx.AnswersDue(keys(shops))
	for _, id := range waiting {
		shops[id].again = tx.Now().Add(2 * Spacing)
		delete(shops, id)
	}
	return err
}

func keys(shops map[string]*claim) []string {
	out := make([]string, 0, len(shops))
	for id := range shops {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

// collect fills the claims with the due deliveries that can be sent now, each with as many as a batch has slots for.
func (b *Bridge) collect(tx Tx, r *record, shops map[string]*claim, bulk bool) error {
	due, err := tx.ClaimDeliveries(keys(shops), bulk, batch)
	if err != nil || len(due) == 0 {
		return err
	}
	slices.SortFunc(due, func(a, z Delivery) int {
		return cmp.Or(cmp.Compare(a.ShopID, z.ShopID), cmp.Compare(a.Lane, z.Lane), a.DueAt.Compare(z.DueAt), cmp.Compare(a.ID, z.ID))
	})
	// Read after the rows were locked: see outbox.
	known, err := tx.KnownCustomers(distinct(due, func(d Delivery) string { return d.CustomerID }))
	if err != nil {
		return err
	}
	seen, full := looked{tx, known}, map[string]bool{}
	for _, d := range due {
		c := shops[d.ShopID]
		if full[c.shopID] {
			continue
		}
		j, err := b.ready(tx, seen, r, c, d)
		if err != nil {
			return err
		}
		if j == nil {
			continue
		}
		if c.need > 0 && c.need+j.slots() > batch {
			full[c.shopID] = true
			continue
		}
		j.slot = c.need
		c.need += j.slots()
		c.jobs = append(c.jobs, j)
	}
	return nil
}

// looked is a transaction that has looked at some customers already, all at once.
type looked struct {
	Tx
	known map[string]Known
}

// Customer returns one customer.
func (l looked) Customer(shopID, id string) (Customer, error) {
	if k, ok := l.known[id]; ok && k.ShopID == shopID {
		return k.Customer, nil
	}
	return l.Tx.Customer(shopID, id)
}

// Look returns one customer's account.
func (l looked) Look(shopID, id string) (subscription.Account, error) {
	if k, ok := l.known[id]; ok && k.ShopID == shopID {
		return k.Account, nil
	}
	return l.Tx.Look(shopID, id)
}

// ready prepares a delivery, or ends it when it is not to be sent. It returns nil when it is not sent now.
func (b *Bridge) ready(tx, seen Tx, r *record, c *claim, d Delivery) (*job, error) {
	j, reason, err := b.prepare(seen, c, d)
	if err != nil || reason == "" {
		return j, err
	}
	if d.Trigger == trigger.UpcomingOrder {
		// The order may be coming back this very moment. Who brings it back holds the customer, so look once more with
		// the customer in hand. They are not waited for: whoever holds them may be waiting for this row.
		free, err := tx.HoldCustomer(c.shop.ID, d.CustomerID)
		if err != nil {
			return nil, err
		}
		if !free {
			c.again = tx.Now().Add(2 * Spacing)
			return nil, nil
		}
		if j, reason, err = b.prepare(tx, c, d); err != nil || reason == "" {
			return j, err
		}
	}
	gone, err := orderGone(tx, c.shop, d)
	if err != nil {
		return nil, err
	}
	c.again = tx.Now()
	r.suppress(tx.Now(), d, reason, gone)
	return nil, nil
}

// prepare looks again, just before sending: is it still true, still wanted, still possible? A reason means
// that the delivery is not sent.
func (b *Bridge) prepare(tx Tx, c *claim, d Delivery) (*job, string, error) {
	if !c.connected {
		return nil, "Postscript is not connected.", nil
	}
	if ok, reason, err := b.StillDue(tx, d); err != nil || !ok {
		return nil, reason, err
	}
	customer, err := tx.Customer(c.shop.ID, d.CustomerID)
	if err != nil {
		return nil, "", err
	}
	switch {
	case customer.Phone == "" && customer.Email == "":
		return nil, "The customer has neither phone nor e-mail, so Postscript cannot know them.", nil
	case customer.Texts == TextsNotSubscriber && tx.Now().Sub(customer.TextsAt) < lookAgainAfter:
		return nil, "Not a Postscript subscriber.", nil
	}
	j := &job{of: c, d: d, customer: customer, lookUp: customer.Subscriber == ""}
	if !c.shop.Settings.Flows {
		if j.trigger = c.conn.Triggers[d.Trigger]; j.trigger == "" {
			return nil, "This trigger is not registered at Postscript; press Confirm on the Integrations page.", nil
		}
	}
	values, reason, err := b.values(tx, c.shop, customer, d)
	if err != nil || reason != "" {
		return nil, reason, err
	}
	j.values = values
	return j, "", nil
}

// client opens the claimed account. It is done before anything is marked as sending: what fails here was not sent.
func (b *Bridge) client(conn Connection) (Postscript, error) {
	key, err := b.o.Sealer.Open(conn.Key, sealPlace(conn.ShopID, "private_key"))
	if err != nil {
		return nil, err
	}
	return b.o.Postscript(key, conn.Builtin)
}

// start takes the slots for what was collected and marks it as sending. Claims whose token is busy come back later.
func (b *Bridge) start(tx Tx, shops map[string]*claim) error {
	want, turn := map[string]int{}, map[string]*claim{}
	for _, id := range keys(shops) {
		c := shops[id]
		if len(c.jobs) == 0 {
			continue
		}
		if first := turn[c.conn.TokenHash]; first != nil { // two shops with one account
			c.jobs, c.again = nil, tx.Now().Add(time.Duration(first.need)*Spacing)
			continue
		}
		want[c.conn.TokenHash], turn[c.conn.TokenHash] = c.need, c
	}
	if len(want) == 0 {
		return nil
	}
	taken, wait, err := b.reserve(tx, want)
	if err != nil {
		return err
	}
	until := tx.Now().Add(lease)
	var ids []string
	for token, c := range turn {
		var free bool
		if c.slots, free = taken[token]; !free {
			c.jobs, c.again = nil, tx.Now().Add(wait[token])
			continue
		}
		for _, j := range c.jobs {
			j.d.State, j.d.Attempts, j.d.DueAt = Sending, j.d.Attempts+1, until
			ids = append(ids, j.d.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	slices.Sort(ids)
	return tx.StartSending(ids, until)
}
