// Package bridge is the half of the loop that knows subscriptions: it takes in what changed, decides which of
// the triggers are due, sends them to Postscript, reads the customer's replies, acts on the subscription and
// answers.
//
// It exists so that these use cases stand in one place, one file each, free of SQL and HTTP servers: it
// declares the ports it needs (Store, Waker, …) and the adapters are joined to it in package app. It must not
// import package texting, an adapter, store, work or web; the two halves talk only over Postscript's API.
//
// How work flows: every change, the triggers it fires and the deliveries of those triggers are one
// transaction. The rows carry the work (due_at, state); a wake-up carries only a key and may be lost, late or
// repeated without harm. Network calls happen between transactions: read, close, call out, open, record.
//
//	source change ─▶ ingest ─▶ trigger.Diff ─▶ deliveries ─▶ deliver ─▶ Postscript
//	clock ─▶ notice scan ────────────────────────▲                         │
//	Postscript webhook ─▶ replies ─▶ answer ─▶ act ─▶ ingest ◀─────────────┘ (the customer's reply)
package bridge

import (
	"context"
	"log/slog"
	"time"

	"rejoinder/internal/gather"
	"rejoinder/internal/reply"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
	"rejoinder/internal/waking"
)

// Kinds of wake-up. Metrics are labelled with their names.
const (
	WakeNotice  = "notice"  // key "": turn due notices into deliveries
	WakeRoll    = "roll"    // key "": roll orders forward whose date has come, end pauses
	WakeDeliver = "deliver" // key: shop id: events and notices to Postscript
	WakeAnswer  = "answer"  // key: shop id: answers to replies to Postscript
	WakeReply   = "reply"   // key: shop id + "/" + phone-independent customer id, or reply id when nobody is known
	WakeWebhook = "webhook" // key: endpoint id of an outgoing webhook
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
	bookTx
	deliverTx
	connectTx
	replyTx
	traceTx
	viewTx
	ledgerTx
}

// Sealer encrypts secrets at rest and signs links. Place names the row and column a secret lives in.
type Sealer interface {
	Seal(plain, place string) (string, error)
	Open(sealed, place string) (string, error)
	Sign(data []byte) []byte
	Verify(data, sig []byte) bool
}

// Options are what a Bridge is made of.
type Options struct {
	Store     Store
	Waker     Waker
	Sealer    Sealer
	Now       func() time.Time
	Log       *slog.Logger
	PublicURL string // https address under which we are reachable from outside, "" if there is none
	// Postscript opens a client for one private key; builtin says whether it is for our own texting half.
	Postscript func(key string, builtin bool) (Postscript, error)
	// BuiltinKey reports whether a private key is one our own texting half made.
	BuiltinKey func(ctx context.Context, key string) bool
	// HookURL is the address at which Postscript reaches our webhook for a shop; for the built-in half an
	// in-process one. It is "" for the real Postscript when no PublicURL is set.
	HookURL func(shopID string, builtin bool) string
	// Source owns the subscriptions; nil means the built-in ledger.
	Source Source
	// Webhooks sends the ledger's outgoing webhooks.
	Webhooks WebhookSender
	// Settled is told the id of each text that was dealt with, so that no inbox says it needs a person. It may be
	// nil, and may be told of a text it does not know.
	Settled func(ctx context.Context, shopID, messageID string)
	// Batches is how many transactions of deliveries of one kind the database has use for at once: on SQLite, which has
	// one writer, 1, which is also the meaning of 0.
	Batches int
	// Jitter draws how much longer than necessary a retry waits, from 0 to d; nil draws by chance.
	Jitter func(d time.Duration) time.Duration
}

// Bridge carries out the use cases. It is safe for concurrent use. All it keeps besides its options is how long
// commits take here (see pacer), who posted genuine webhooks a moment ago (see senders), and what is just
// being taken in and sent out together.
type Bridge struct {
	o             Options
	pace          pacer
	senders       senders
	door          *gather.Gather[*arrival]
	bulk, answers outbox
}

// New returns a Bridge.
func New(o Options) *Bridge {
	b := &Bridge{o: o}
	b.door = gather.New(doorOptions, b.takeTexts)
	b.bulk, b.answers = b.newOutbox(true), b.newOutbox(false)
	return b
}

// Shop is one merchant's store with what the bridge needs to know of it.
type Shop struct {
	ID        string
	Name      string
	Link      string // storefront
	Zone      string // IANA
	CreatedAt time.Time
	Settings  Settings
}

// Settings are a shop's choices for the bridge. The zero value is the default of every field; see Defaults.
type Settings struct {
	LeadDays     int            `json:"lead_days,omitempty"`      // 1 to 14; 0 means 3
	NoticeHour   *int           `json:"notice_hour,omitempty"`    // 0 to 23, shop's zone; nil means 11
	CutOffHours  *int           `json:"cut_off_hours,omitempty"`  // before the order date begins; nil means 24
	DelayDays    int            `json:"delay_days,omitempty"`     // what a bare DELAY means; 0 means 7
	Prefix       string         `json:"prefix,omitempty"`         // of trigger names; "" means Rejoinder
	Flows        bool           `json:"flows,omitempty"`          // v2 custom events instead of legacy triggers
	MayMiss      bool           `json:"may_miss,omitempty"`       // unknown outcome at the real Postscript: rather miss than repeat
	PerRetry     bool           `json:"per_retry,omitempty"`      // Payment Method Failed once per retry
	TriggersOff  []trigger.Name `json:"triggers_off,omitempty"`   // switched off by the merchant
	CommandsOff  []string       `json:"commands_off,omitempty"`   // reply meanings switched off
	PaymentURL   string         `json:"payment_url,omitempty"`    // the shop's own page for updating payment
	Region       string         `json:"region,omitempty"`         // for parsing phones; "" means US
	Currency     string         `json:"currency,omitempty"`       // ISO 4217; "" means USD
	Waking       *waking.Hours  `json:"waking,omitempty"`         // the texting half's, by which notices are planned; nil means waking.Default
	MaxDelayDays int            `json:"max_delay_days,omitempty"` // furthest a reply may move an order; 0 means 366
	UndoHours    int            `json:"undo_hours,omitempty"`     // how long UNDO works; 0 means 24
	LinkDays     int            `json:"link_days,omitempty"`      // how long an account link works; 0 means 30

	Language  reply.Language                       `json:"language,omitempty"`   // of answers, until a customer writes in another; "" means English
	DateOrder reply.DateOrder                      `json:"date_order,omitempty"` // how 4/5 is read; "" goes by the language
	Words     map[reply.Meaning][]string           `json:"words,omitempty"`      // the shop's own words: reply.Wording of each
	Texts     map[reply.Language]map[string]string `json:"texts,omitempty"`      // answers worded by the merchant, by key
	Products  []Product                            `json:"products,omitempty"`   // what shoppers call them, and what they may swap to
}

// Product is something the shop sells by subscription, as far as replies have to know it.
type Product struct {
	ID        string             `json:"id"` // as in subscription.Item.ProductID
	Name      string             `json:"name"`
	Nicknames []string           `json:"nicknames,omitempty"` // what shoppers call it otherwise
	Price     subscription.Money `json:"price,omitzero"`      // of one, for whoever swaps to it; zero: as what it replaces
	SwapTo    []string           `json:"swap_to,omitempty"`   // ids of the products a shopper may have instead
}

// Customer is a customer with what the bridge has learned about texting them.
type Customer struct {
	subscription.Customer
	Subscriber string // id at Postscript, "" until looked up
	Texts      Texts
	TextsAt    time.Time // when that was learned
}

// Texts is whether a customer may be texted, as Postscript last told us.
type Texts string

// What we know about texting a customer.
const (
	TextsUnknown       Texts = ""
	TextsSubscribed    Texts = "subscribed"
	TextsNotSubscriber Texts = "not_subscriber"
	TextsOptedOut      Texts = "opted_out"
)

// Lane orders deliveries that wait for the same token: answers overtake events, events overtake notices.
type Lane int

// The lanes.
const (
	LaneAnswer Lane = 0
	LaneEvent  Lane = 1
	LaneNotice Lane = 2
)

// handler is the kind of wake-up whose handler sends deliveries of the lane.
func (l Lane) handler() string {
	if l == LaneAnswer {
		return WakeAnswer
	}
	return WakeDeliver
}

// State is where a delivery stands.
type State string

// The states of a delivery.
//
//	queued ──▶ sending ──▶ sent | refused | suppressed
//	   ▲          │
//	   └─ later ──┤
//	              └──▶ unknown (may have arrived; not repeated)
const (
	Queued     State = "queued"
	Sending    State = "sending" // a request may be under way; due_at is when its sender is taken for dead
	Sent       State = "sent"
	Refused    State = "refused"
	Suppressed State = "suppressed"
	Unknown    State = "unknown"
)

// Delivery is one trigger on its way to Postscript.
type Delivery struct {
	ID         string // dlv_…, also the external_id Postscript is given
	ShopID     string
	CustomerID string
	Trigger    trigger.Name
	Key        string // dedupe key, unique per customer
	Lane       Lane
	State      State
	DueAt      time.Time
	Attempts   int
	OrderDate  subscription.Date // of an Upcoming Order; zero otherwise
	Facts      map[string]string // tag values known when it was queued; the rest is filled when it is sent
	ExpiresAt  time.Time         // useless after this; zero: never
	ReplyID    string            // the reply it answers, or ""
	Request    string            // exact request of the last attempt, secrets masked
	Answer     string
	Status     int // HTTP
	Reason     string
	CreatedAt  time.Time
	FinishedAt time.Time
}

// Trace is one decision about one customer.
type Trace struct {
	ID         string
	ShopID     string
	CustomerID string
	At         time.Time
	Kind       string // change, notice, delivery, reply, action, consent, account
	Text       string // what was decided and why; may name dates and products, never a secret
	Ref        string // id of the row it speaks of, or ""
}
