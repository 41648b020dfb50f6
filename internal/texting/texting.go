// Package texting is the half of the loop that texts people: it takes in triggers over a Postscript-compatible
// API, runs the merchant's automations, keeps consent, sends through a gateway inside waking hours, takes in
// replies and counts what happened.
//
// It exists so that these use cases stand in one place, one file each, free of SQL and HTTP servers: it
// declares the ports it needs and package app joins the adapters. It must not import package bridge, an
// adapter, store, work or web; whoever fires a trigger here is a client of the API like any other.
//
//	fire / event ─▶ events ─▶ automations ─▶ messages (waiting, held) ─▶ gateway ─▶ phone
//	phone ─▶ inbound: opt-out, opt-in, help, Y, keyword, or a reply ─▶ webhooks ─▶ the client
package texting

import (
	"context"
	"log/slog"
	"time"

	"rejoinder/internal/waking"
)

// Kinds of wake-up. Metrics are labelled with their names.
const (
	WakeEvent = "event" // key: shop id: match events to subscribers and start automations
	WakeSend  = "send"  // key: shop id: due messages to the gateway
	WakeHook  = "hook"  // key: shop id: webhooks to clients
)

// Waker wakes the handler of a kind of work for a key. Losing a wake-up is harmless: a sweep finds due rows.
type Waker interface {
	Wake(ctx context.Context, kind, key string) error
	WakeAt(ctx context.Context, kind, key string, at time.Time) error
}

// Store opens transactions. InTx commits what fn wrote, durably, or nothing; fn may be run again and must
// have no effect but through its Tx. Read sees one moment.
type Store interface {
	InTx(ctx context.Context, fn func(Tx) error) error
	Read(ctx context.Context, fn func(Tx) error) error
}

// Tx is one transaction: the queries the use cases need, declared beside the use case that needs them.
type Tx interface {
	Now() time.Time
	// Then has f run once the transaction is committed, and never when it is not. f must be quick: a wake-up.
	Then(f func())
	shopTx
	automationTx
	eventTx
	messageTx
	recipientTx
	sendTx
	inboxTx
	analyticsTx
	subscriberTx
	keywordTx
	triggerTx
	webhookTx
	keyTx
	viewTx
	storyTx
}

// Sealer encrypts secrets at rest. Place names the row and column a secret lives in.
type Sealer interface {
	Seal(plain, place string) (string, error)
	Open(sealed, place string) (string, error)
}

// Gateway carries SMS. Send may be called again with the same ID after a crash: a gateway that can tell drops
// the repeat. Errors: fault.Invalid for a number that will never work, fault.Unavailable for "try later".
// An error that wraps ErrUnknown means that the text may have gone out.
type Gateway interface {
	Send(ctx context.Context, t Text) (gatewayID string, err error)
}

// Text is one SMS on its way out.
type Text struct {
	ID     string // our message id; the gateway's idempotency key
	ShopID string
	To     string // E.164
	Body   string
}

// Options are what a Texting is made of.
type Options struct {
	Store   Store
	Waker   Waker
	Sealer  Sealer
	Gateway Gateway
	Sandbox Gateway // carries test sends, whatever Gateway is: a test must never reach a person
	Poster  Poster  // posts webhooks; must not follow redirects
	Now     func() time.Time
	Log     *slog.Logger
	// Faithful keeps to the real Postscript where ours is better: no de-duplication by external id.
	Faithful bool
	// AllowHTTP relaxes the https-only rule for webhook addresses: demo and local development.
	AllowHTTP bool
	// CheckCallback says whether webhooks may go to a host, a name or an address, as far as that can be told before
	// one goes: an error's sentence is for whoever asked for it. nil allows every host.
	CheckCallback func(host string) error
	// Jitter draws how much longer than necessary a retry waits, from 0 to d; nil draws by chance.
	Jitter func(d time.Duration) time.Duration
}

// Texting carries out the use cases. It is safe for concurrent use and keeps no state but its options.
type Texting struct {
	o Options
}

// New returns a Texting.
func New(o Options) *Texting { return &Texting{o: o} }

// Shop is one merchant's store with what texting needs to know of it.
type Shop struct {
	ID       string
	Name     string
	Link     string
	Zone     string // IANA
	Settings Settings
}

// Settings are a shop's choices for texting.
type Settings struct {
	Hours             *waking.Hours `json:"hours,omitempty"`              // nil: 11:00 to 21:00 every day
	SupportContact    string        `json:"support_contact,omitempty"`    // named in the answer to HELP
	GrantedCategories []string      `json:"granted_categories,omitempty"` // transactional, conversational, for message_requests
	CentsPerSegment   float64       `json:"cents_per_segment,omitempty"`  // 0 means 0.9 plus carrier fee; shown in the editor
	ConfirmOptOut     string        `json:"confirm_opt_out,omitempty"`    // the one permitted confirmation; "" means our wording
	// IncomingKinds are special inbound texts (opt_out, opt_in, help, keyword) that go to subscribed programs too;
	// ordinary ones always do.
	IncomingKinds    []string `json:"incoming_kinds,omitempty"`
	KeywordsAskFirst bool     `json:"keywords_ask_first,omitempty"` // a texted keyword asks for Y before it subscribes
}

type shopTx interface {
	// TextingShop returns one shop; fault.NotFound if there is none.
	TextingShop(id string) (Shop, error)
	SaveTextingSettings(shopID string, s Settings) error
}

// WakingHours are the shop's hours, or the default.
func (s Shop) WakingHours() waking.Hours {
	if s.Settings.Hours != nil {
		return *s.Settings.Hours
	}
	return waking.Default()
}
