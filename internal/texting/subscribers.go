package texting

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"maps"
	"slices"
	"strings"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
	"rejoinder/internal/postscript"
	"rejoinder/internal/subscription"
)

// SubscriberStatus is where a subscriber stands.
//
//	         Y                STOP, agent, API
//	pending ───▶ subscribed ───────────────────▶ opted_out
//	   │   keyword, CSV ▲                            │
//	   │                └── START, keyword, Y, CSV ──┘
//	   └──── STOP ──▶ opted_out        any ── redact ──▶ redacted (for good; the number may begin anew)
type SubscriberStatus string

// The statuses. Only a Subscribed one is texted by automations.
const (
	Pending    SubscriberStatus = "pending" // was asked to answer Y and has not
	Subscribed SubscriberStatus = "subscribed"
	OptedOut   SubscriberStatus = "opted_out"
	Redacted   SubscriberStatus = "redacted"
)

// Known reports whether s is one of them.
func (s SubscriberStatus) Known() bool {
	switch s {
	case Pending, Subscribed, OptedOut, Redacted:
		return true
	}
	return false
}

// Subscriber is a person the shop may text, may not text any more, or has asked.
type Subscriber struct {
	ID         string // s_…
	PendingID  string // sp_…: what the API answered when the person was added; "" otherwise
	PSID       int64  // the number the storefront's cookie would hold
	ShopID     string
	Phone      string // E.164; "" when redacted
	Email      string // lower case
	FirstName  string
	LastName   string
	Zone       string // IANA, "" if not known
	State      string // state or province code, "" if not known
	ShopifyID  int64
	Status     SubscriberStatus
	Origin     string
	KeywordID  string // its reply is sent when the person agrees
	Tags       []string
	Properties map[string]any // custom ones
	Welcomed   bool           // has had a text with the opt-out wording
	OptedInAt  time.Time
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

// Names of properties that are kept by us rather than as custom ones, as the API shows and takes them.
const (
	PropFirstName = "first_name"
	PropLastName  = "last_name"
	PropZone      = "time_zone" // IANA
	PropState     = "state"
	// PropSubscriptions and PropAccountLink are custom ones that a subscription program may set: with them the
	// confirmation of an opt-out says whether a subscription still runs.
	PropSubscriptions = "active_subscriptions"
	PropAccountLink   = "account_page_link"
)

type subscriberTx interface {
	// LockPhone makes transactions about one number at one shop take turns, also when nobody has it yet.
	LockPhone(shopID, phone string) error
	// Subscriber returns one subscriber of a shop by id; fault.NotFound if there is none. Inside InTx the row is
	// kept from changing until the transaction ends.
	Subscriber(shopID, id string) (Subscriber, error)
	// SubscriberByPSID is Subscriber by PSID.
	SubscriberByPSID(shopID string, psid int64) (Subscriber, error)
	// SubscriberByPhone is Subscriber by E.164 number.
	SubscriberByPhone(shopID, phone string) (Subscriber, error)
	// SubscriberByEmail returns the one who opted in last of those with an address; fault.NotFound if none.
	SubscriberByEmail(shopID, email string) (Subscriber, error)
	// Subscribers returns one page, and how many there are in all.
	Subscribers(shopID string, q SubscriberQuery) ([]Subscriber, int, error)
	// ListSubscribers returns one page of them as people look through it, newest first; with Search whoever is found,
	// whom a large shop finds by how their name, e-mail or number begins.
	ListSubscribers(shopID string, q SubscriberList) ([]Subscriber, error)
	AddSubscriber(Subscriber) error
	// SaveSubscriber replaces everything but the id, the shop and the moment of creation.
	SaveSubscriber(Subscriber) error
	// EraseMessages empties the texts and numbers of a person's messages and events.
	EraseMessages(shopID, subscriberID, phone string) error
	AddConsent(Consent) error
	// ConsentOf returns what was recorded for a number or a subscriber, oldest first.
	ConsentOf(shopID, subscriberID, phone string, limit int) ([]Consent, error)
	// ConsentAfter returns the shop's ledger in order, from after a row on ("" from the start).
	ConsentAfter(shopID, afterID string, limit int) ([]Consent, error)
}

// SubscriberQuery chooses subscribers. Empty fields do not narrow.
type SubscriberQuery struct {
	Filters []SubscriberFilter
	Status  []SubscriberStatus
	Sort    string // created_at, updated_at, phone_number, shopify_customer_id; "" is created_at
	Desc    bool
	Offset  int
	Limit   int
}

// SubscriberFilter is one condition. Field and Op are names of package postscript without the underscores'
// prefix: "email" and "eq". Values are text, or micro-seconds and numbers in Ints.
type SubscriberFilter struct {
	Field string
	Op    string // eq, gt, gte, lt, lte, contains, in
	Texts []string
	Ints  []int64
}

// errNoSubscriber is the answer for a person the shop does not have.
var errNoSubscriber = fault.New(fault.NotFound, "There is no such subscriber in this shop.")

// FindSubscriber returns a subscriber by an id in any of the forms the API has had: s_…, the same without its
// prefix (v1), or the number ps_id. A pending id finds nobody, as the person has not agreed yet.
func (t *Texting) FindSubscriber(ctx context.Context, shopID, id string) (s Subscriber, err error) {
	defer fault.Wrap(&err, "texting: subscriber")
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		s, err = findSubscriber(tx, shopID, id)
		return err
	})
	return s, err
}

func findSubscriber(tx Tx, shopID, id string) (Subscriber, error) {
	if n, ok := wholeNumber(id); ok {
		return tx.SubscriberByPSID(shopID, n)
	}
	if id != "" && !strings.HasPrefix(id, postscript.PrefixSubscriber) {
		id = postscript.PrefixSubscriber + id
	}
	return tx.Subscriber(shopID, id)
}

// LookUpSubscriber finds one person by the first of id, number and e-mail that is given, pending ones too.
func (t *Texting) LookUpSubscriber(ctx context.Context, shopID, id, phone, email string) (s Subscriber, err error) {
	defer fault.Wrap(&err, "texting: look up a subscriber")
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		switch {
		case id != "":
			s, err = findSubscriber(tx, shopID, id)
		case phone != "":
			e164, perr := subscription.ParsePhone(phone, "US")
			if perr != nil {
				return perr
			}
			s, err = tx.SubscriberByPhone(shopID, string(e164))
		case email != "":
			s, err = tx.SubscriberByEmail(shopID, strings.ToLower(strings.TrimSpace(email)))
		default:
			return fault.New(fault.Invalid, "Say whom to look for: id, email or phone_number.")
		}
		return err
	})
	return s, err
}

// Subscribers returns one page of subscribers and how many there are in all.
func (t *Texting) Subscribers(ctx context.Context, shopID string, q SubscriberQuery) (list []Subscriber, total int, err error) {
	defer fault.Wrap(&err, "texting: subscribers of %s", shopID)
	if q.Limit <= 0 || q.Limit > 1000 {
		q.Limit = 100
	}
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		list, total, err = tx.Subscribers(shopID, q)
		return err
	})
	return list, total, err
}

// SubscriberPatch is a change of what is known of a person. Nothing can be taken away with it.
type SubscriberPatch struct {
	Email      string         // kept only if there was none, or no Shopify customer is linked
	ShopifyID  int64          // kept only if there was none
	Tags       []string       // added
	Properties map[string]any // null ones are ignored; at most 50 custom ones in all
}

// PatchSubscriber changes a person, by the rules of SubscriberPatch.
func (t *Texting) PatchSubscriber(ctx context.Context, shopID, id string, p SubscriberPatch) (s Subscriber, err error) {
	defer fault.Wrap(&err, "texting: change a subscriber")
	err = t.o.Store.InTx(ctx, func(tx Tx) error {
		if s, err = findSubscriber(tx, shopID, id); err != nil {
			return err
		}
		if s.Status == Pending || s.Status == Redacted {
			return errNoSubscriber
		}
		had := s.Email
		if err := p.apply(&s); err != nil {
			return err
		}
		s.UpdatedAt = tx.Now()
		if had == "" && s.Email != "" {
			if err := t.emit(tx, s, postscript.EventEmailCollected); err != nil {
				return err
			}
		}
		return tx.SaveSubscriber(s)
	})
	return s, err
}

func (p SubscriberPatch) apply(s *Subscriber) error {
	if email := strings.ToLower(strings.TrimSpace(p.Email)); email != "" && (s.Email == "" || s.ShopifyID == 0) {
		if err := checkEmail(email); err != nil {
			return err
		}
		s.Email = email
	}
	if s.ShopifyID == 0 {
		s.ShopifyID = p.ShopifyID
	}
	for _, tag := range p.Tags {
		tag = strings.TrimSpace(tag)
		if len(tag) > 255 || len(s.Tags) >= 250 {
			return fault.Field("tags", "A subscriber has at most 250 tags of at most 255 characters.")
		}
		if tag != "" && !slices.Contains(s.Tags, tag) {
			s.Tags = append(s.Tags, tag)
		}
	}
	return s.setProperties(p.Properties)
}

// setProperties takes in properties: those we keep go to their own fields, the rest are custom.
func (s *Subscriber) setProperties(in map[string]any) error {
	custom := maps.Clone(s.Properties)
	if custom == nil {
		custom = map[string]any{}
	}
	for _, name := range slices.Sorted(maps.Keys(in)) {
		v := in[name]
		if v == nil {
			continue
		}
		if err := checkProperty(name, v); err != nil {
			return err
		}
		text, isText := v.(string)
		switch kept := map[string]*string{
			PropFirstName: &s.FirstName, PropLastName: &s.LastName, PropZone: &s.Zone, PropState: &s.State,
		}[name]; {
		case kept == nil:
			custom[name] = v
		case !isText:
			return fault.Field("properties", "The property %s must be text.", name)
		case name == PropZone && !isZone(text):
			return fault.Field("properties", "The property %s must be an IANA zone such as America/New_York.", name)
		default:
			*kept = strings.TrimSpace(text)
		}
	}
	if len(custom) > postscript.MaxSubscriberProperties {
		return fault.Field("properties", "A subscriber has at most %d custom properties.", postscript.MaxSubscriberProperties)
	}
	s.Properties = custom
	return nil
}

// checkProperty allows what the API documents: text (dates are text), whole numbers and lists of text.
func checkProperty(name string, v any) error {
	switch x := v.(type) {
	case string:
		return nil
	case float64:
		if x == float64(int64(x)) {
			return nil
		}
	case []any:
		for _, e := range x {
			if _, ok := e.(string); !ok {
				return fault.Field("properties", "The property %.60q may list text only.", name)
			}
		}
		return nil
	}
	return fault.Field("properties", "The property %.60q must be text, a whole number or a list of text.", name)
}

// newSubscriber returns a person as yet unknown to the shop, not saved.
func newSubscriber(tx Tx, shopID, phone string, status SubscriberStatus) Subscriber {
	return Subscriber{
		ID: ident.New(strings.TrimSuffix(postscript.PrefixSubscriber, "_"), tx.Now()), PSID: newPSID(), ShopID: shopID, Phone: phone,
		Status: status, CreatedAt: tx.Now(), UpdatedAt: tx.Now(),
	}
}

// newPSID returns a random number that JavaScript can hold. Two alike among ten million are a chance of one in
// a hundred, and then one request fails and its repeat succeeds.
func newPSID() int64 {
	var b [8]byte
	_, _ = rand.Read(b[:])
	return int64(binary.BigEndian.Uint64(b[:])>>12) + 1
}

// Unsubscribe ends texts to a person for the API, an agent or an earlier text of theirs (source "api", "agent" or
// "reply"), named by id or number.
// A person the shop does not have is fault.NotFound. Doing it again changes nothing.
func (t *Texting) Unsubscribe(ctx context.Context, shopID, id, phone, source string) (err error) {
	defer fault.Wrap(&err, "texting: unsubscribe")
	return t.o.Store.InTx(ctx, func(tx Tx) error {
		s, err := named(tx, shopID, id, phone)
		if err != nil {
			return err
		}
		words := map[string]string{"api": "Opted out by a call of the API.", "agent": "Opted out by a person at the shop.", "reply": "Opted out by a text of their own."}[source]
		if words == "" {
			words = "Opted out."
		}
		return t.optOut(tx, &s, source, words)
	})
}

// RedactInput names the person to erase; one field is enough, the first that is given counts.
type RedactInput struct {
	SubscriberID string
	ShopifyID    int64
	Email        string
	Phone        string
}

// Redact erases what is known of a person and ends texts to them. It cannot be undone. The consent ledger keeps
// the number: it is the proof that the person had asked, and was obeyed.
func (t *Texting) Redact(ctx context.Context, shopID string, in RedactInput) (err error) {
	defer fault.Wrap(&err, "texting: redact")
	return t.o.Store.InTx(ctx, func(tx Tx) error {
		s, err := t.redactee(tx, shopID, in)
		if err != nil {
			return err
		}
		if s.Status == Redacted {
			return nil
		}
		if err := t.optOut(tx, &s, "api", "Erased by a call of the API."); err != nil {
			return err
		}
		if err := tx.EraseMessages(shopID, s.ID, s.Phone); err != nil {
			return err
		}
		return tx.SaveSubscriber(Subscriber{ID: s.ID, PSID: s.PSID, ShopID: shopID, Status: Redacted, UpdatedAt: tx.Now()})
	})
}

func (t *Texting) redactee(tx Tx, shopID string, in RedactInput) (Subscriber, error) {
	switch {
	case in.SubscriberID != "" || in.Phone != "":
		return named(tx, shopID, in.SubscriberID, in.Phone)
	case in.Email != "":
		return tx.SubscriberByEmail(shopID, strings.ToLower(strings.TrimSpace(in.Email)))
	case in.ShopifyID != 0:
		list, _, err := tx.Subscribers(shopID, SubscriberQuery{Limit: 1, Filters: []SubscriberFilter{
			{Field: postscript.FilterShopify, Op: "eq", Ints: []int64{in.ShopifyID}},
		}})
		if err == nil && len(list) == 0 {
			err = errNoSubscriber
		}
		if err != nil {
			return Subscriber{}, err
		}
		return list[0], nil
	}
	return Subscriber{}, fault.New(fault.Invalid, "Say whom to erase.")
}

// named returns the person with an id, or with a number.
func named(tx Tx, shopID, id, phone string) (Subscriber, error) {
	if id != "" {
		return findSubscriber(tx, shopID, id)
	}
	if phone == "" {
		return Subscriber{}, fault.New(fault.Invalid, "Say who: by subscriber id or by phone number.")
	}
	e164, err := subscription.ParsePhone(phone, "US")
	if err != nil {
		return Subscriber{}, err
	}
	return tx.SubscriberByPhone(shopID, string(e164))
}
