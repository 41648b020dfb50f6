package bridge

import (
	"context"
	"io"
	"slices"
	"strings"

	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// importTx finds what a file to import meets in the book.
type importTx interface {
	// CustomerIDs returns ids by external id.
	CustomerIDs(shopID string, externalIDs []string) (map[string]string, error)
	// PhoneOwners returns the external ids of the customers that have the given numbers, by number.
	PhoneOwners(shopID string, phones []string) (map[string]string, error)
	// SubscriptionRefs finds subscriptions by external id.
	SubscriptionRefs(shopID string, externalIDs []string) (map[string]SubscriptionRef, error)
}

// SubscriptionRef is what an import has to know of a subscription that is in the book already.
type SubscriptionRef struct {
	CustomerExternalID string
	Status             subscription.Status
}

// ImportOptions say what is to happen with a file.
type ImportOptions struct {
	DryRun  bool // only report
	SkipBad bool // import the good rows when others are bad; otherwise one bad row keeps all out
}

// ImportReport says what was, or with DryRun would be, imported.
type ImportReport struct {
	Rows     int // rows below the header
	Good     int // rows without a fault
	Bad      []ImportFault
	Imported int // rows that were taken in
}

// ImportFault is one thing that is wrong with a file.
type ImportFault struct {
	Line   int    // of the file, the header is 1
	Column string // as the header names it; "" when the whole line is meant
	Reason string
}

const (
	importBatch  = 500      // rows in one transaction
	maxImport    = 64 << 20 // bytes of a file
	importLookup = 5000     // ids looked up with one query
)

// Import takes an existing book in from a CSV file; ImportColumns describes it. The file is checked whole before
// anything is written, against itself and against the book, and with one bad row nothing is imported unless
// SkipBad. Nobody is texted and no webhook is sent: see trigger.Cause.Silent. Rows whose ids are in the book
// already change what is there and make nothing twice, so a file can be imported again; an empty cell leaves a
// customer's value as it is.
//
// The error is for what is no fault of a row: the database away, or a book that changed while the file was
// written to it. Then some rows may be in, and importing again does the rest.
func (b *Bridge) Import(ctx context.Context, shopID string, r io.Reader, o ImportOptions) (report ImportReport, err error) {
	defer fault.Wrap(&err, "bridge: import into %s", shopID)
	shop, err := b.Shop(ctx, shopID)
	if err != nil {
		return report, err
	}
	raw, err := io.ReadAll(io.LimitReader(r, maxImport+1))
	if err != nil {
		return report, err
	}
	if len(raw) > maxImport {
		return report, fault.New(fault.TooLarge, "A file may have 64 MB at most; split it.")
	}
	f := newImportFile(shop, subscription.DateOf(b.o.Now(), shop.Location()))
	f.read(raw)
	if err := b.meet(ctx, f); err != nil {
		return report, err
	}
	report = f.report()
	if o.DryRun || len(report.Bad) > 0 && !o.SkipBad {
		return report, nil
	}
	report.Imported, err = b.takeIn(ctx, shop, f.customers())
	return report, err
}

// meet checks the file against the book.
func (b *Bridge) meet(ctx context.Context, f *importFile) error {
	phones, subs := f.lines(func(r *importRow) string { return string(r.customer.Phone) }), f.lines(func(r *importRow) string { return r.subscriptionID() })
	return b.o.Store.Read(ctx, func(tx Tx) error {
		for chunk := range slices.Chunk(sortedKeys(phones), importLookup) {
			owners, err := tx.PhoneOwners(f.shop.ID, chunk)
			if err != nil {
				return err
			}
			for number, owner := range owners {
				for _, r := range phones[number] {
					if r.customer.ExternalID != owner {
						f.wrong(r.line, "phone", "Another customer in the book has that phone number.")
					}
				}
			}
		}
		for chunk := range slices.Chunk(sortedKeys(subs), importLookup) {
			refs, err := tx.SubscriptionRefs(f.shop.ID, chunk)
			if err != nil {
				return err
			}
			for id, ref := range refs {
				for _, r := range subs[id] {
					switch {
					case ref.CustomerExternalID != r.customer.ExternalID:
						f.wrong(r.line, "subscription_id", "That subscription belongs to another customer in the book.")
					case !ref.Status.Live():
						f.wrong(r.line, "subscription_id", "That subscription has ended in the book and cannot come back; give it a new id.")
					}
				}
			}
		}
		return nil
	})
}

// takeIn writes customers with their rows, whole customers together, and returns how many rows are in.
func (b *Bridge) takeIn(ctx context.Context, shop Shop, customers [][]*importRow) (rows int, err error) {
	for len(customers) > 0 {
		n, size := 0, 0
		for n < len(customers) && (n == 0 || size+len(customers[n]) <= importBatch) {
			size += len(customers[n])
			n++
		}
		batch := customers[:n]
		customers = customers[n:]
		err := b.o.Store.InTx(ctx, func(tx Tx) error {
			ids := make([]string, len(batch))
			for i, rows := range batch {
				ids[i] = rows[0].customer.ExternalID
			}
			known, err := tx.CustomerIDs(shop.ID, ids)
			if err != nil {
				return err
			}
			// Those who are there are taken in the order in which everybody takes several customers' rows.
			slices.SortStableFunc(batch, func(a, z []*importRow) int {
				return strings.Compare(known[a[0].customer.ExternalID], known[z[0].customer.ExternalID])
			})
			for _, rows := range batch {
				if err := b.takeInOne(tx, shop, known[rows[0].customer.ExternalID], rows); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return rows, err
		}
		rows += size
	}
	return rows, nil
}

// takeInOne writes one customer; id is "" for a new one.
func (b *Bridge) takeInOne(tx Tx, shop Shop, id string, rows []*importRow) error {
	var before *subscription.Account
	after := subscription.Account{Customer: subscription.Customer{ID: ident.New(ident.Customer, tx.Now())}}
	if id != "" {
		a, err := tx.Account(shop.ID, id)
		if err != nil {
			return err
		}
		before = &a
		after = a
		after.Subscriptions = slices.Clone(a.Subscriptions)
	}
	for _, r := range rows {
		fill(&after.Customer, r.customer)
		if r.subscription == nil {
			continue
		}
		s := *r.subscription
		i := slices.IndexFunc(after.Subscriptions, func(have subscription.Subscription) bool { return have.ExternalID == s.ExternalID })
		if i < 0 {
			s.ID = ident.New(ident.Subscription, tx.Now())
			after.Subscriptions = append(after.Subscriptions, s)
			continue
		}
		s.ID, s.Skipped = after.Subscriptions[i].ID, after.Subscriptions[i].Skipped
		after.Subscriptions[i] = s
	}
	_, err := b.change(tx, shop, before, after, trigger.Cause{Actor: trigger.Merchant, Silent: true})
	return err
}

// fill sets the values of to that from has.
func fill(to *subscription.Customer, from subscription.Customer) {
	to.ExternalID = or(from.ExternalID, to.ExternalID)
	to.FirstName = or(from.FirstName, to.FirstName)
	to.LastName = or(from.LastName, to.LastName)
	to.Email = or(from.Email, to.Email)
	to.Phone = or(from.Phone, to.Phone)
	to.Zone = or(from.Zone, to.Zone)
	to.State = or(from.State, to.State)
}
