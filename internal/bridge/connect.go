package bridge

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
	"rejoinder/internal/postscript"
	"rejoinder/internal/trigger"
)

// connectTx is what we know of a shop's Postscript account.
type connectTx interface {
	// Connection returns a shop's connection; fault.NotFound if it has none.
	Connection(shopID string) (Connection, error)
	// HoldConnection is Connection that makes others who hold it wait until the transaction ends, also when there is none.
	HoldConnection(shopID string) (Connection, error)
	SaveConnection(Connection) error
	DeleteConnection(shopID string) error
	// ForgetSubscriber drops the id kept of one customer, ForgetSubscribers of all: ids die with the shop's keys.
	ForgetSubscriber(shopID, customerID string) error
	ForgetSubscribers(shopID string) error
}

// Connection is a shop's Postscript account. Key, SigningToken and HookSecret are sealed.
type Connection struct {
	ShopID       string
	Builtin      bool // our own texting half, not the real Postscript
	Key          string
	KeyMask      string
	TokenHash    string // of the private key: names the pace row
	PSShopID     string
	PSShopName   string // as Postscript answered it
	SigningToken string
	HookSecret   string
	Triggers     map[trigger.Name]string // Postscript's ids
	Webhooks     map[string]string       // by event
	State        ConnectionState
	Problem      string // what is missing, for the merchant
	ConfirmedAt  time.Time
	LastSentAt   time.Time
	LastReplyAt  time.Time
}

// ConnectionState is how far set-up came.
type ConnectionState string

// The states. SendOnly works but cannot hear replies.
const (
	Connected  ConnectionState = "connected"
	SendOnly   ConnectionState = "send_only"
	Incomplete ConnectionState = "incomplete"
)

// hookEvents are the webhooks the bridge needs.
var hookEvents = []string{postscript.EventIncomingMessage, postscript.EventOptIn, postscript.EventOptOut}

// HeaderSecret is our own header on Postscript's webhooks: their signature is one fixed value that anyone who
// ever saw a delivery knows.
const HeaderSecret = "X-Rejoinder-Secret"

func sealPlace(shopID, column string) string { return "connections/" + shopID + "/" + column }

// TokenHash names a private key without showing it.
func TokenHash(key string) string {
	h := sha256.Sum256([]byte(key))
	return hex.EncodeToString(h[:])
}

// Connection returns a shop's connection for its page; fault.NotFound if there is none.
func (b *Bridge) Connection(ctx context.Context, shopID string) (c Connection, err error) {
	err = b.o.Store.Read(ctx, func(tx Tx) error { c, err = tx.Connection(shopID); return err })
	return c, err
}

// Confirm takes a private key, checks it with Postscript, and registers whatever is missing: the triggers
// (legacy) and the webhooks that bring replies and opt-outs. Confirming again repairs and duplicates nothing.
//
// A key that cannot be right is fault.Invalid with Field "key" and nothing is saved. When Postscript fails
// half-way, what was registered is kept, the connection is Incomplete, and its Problem says so: confirm again.
// An empty key confirms again with the stored one. Who confirms at the same time as somebody else goes over it again:
// each of the two may have removed what the other registered.
func (b *Bridge) Confirm(ctx context.Context, shopID, key string) (c Connection, err error) {
	defer fault.Wrap(&err, "bridge: confirm Postscript for %s", shopID)
	for range 3 {
		alone := false
		if c, alone, err = b.confirm(ctx, shopID, key); err != nil {
			return Connection{}, err
		}
		if alone {
			return c, b.o.Waker.Wake(context.WithoutCancel(ctx), WakeDeliver, shopID)
		}
	}
	return Connection{}, fault.New(fault.Conflict, "Somebody else is confirming Postscript for this shop right now; look again in a minute.")
}

// confirm is one go of Confirm. Alone is false, and nothing is saved, when the connection has changed meanwhile.
func (b *Bridge) confirm(ctx context.Context, shopID, key string) (c Connection, alone bool, err error) {
	var shop Shop
	var was Connection
	err = b.o.Store.Read(ctx, func(tx Tx) (err error) {
		if shop, err = tx.Shop(shopID); err != nil {
			return err
		}
		if was, err = tx.Connection(shopID); fault.Is(err, fault.NotFound) {
			err = nil
		}
		return err
	})
	if err != nil {
		return c, false, err
	}
	key = strings.TrimSpace(key)
	if key == "" && was.Key != "" {
		if key, err = b.o.Sealer.Open(was.Key, sealPlace(shopID, "private_key")); err != nil {
			return c, false, err
		}
	}
	if err := checkKey(key); err != nil {
		return c, false, err
	}
	c, ps, err := b.identify(ctx, shop, was, key)
	if err != nil {
		return c, false, err
	}
	regErr := b.register(ctx, shop, &c, ps)
	switch {
	case regErr != nil:
		c.State, c.Problem = Incomplete, fault.Message(regErr)+" What was registered is kept; press Confirm again to finish."
	case c.Problem != "":
		c.State = SendOnly
	default:
		c.State = Connected
	}
	ctx = context.WithoutCancel(ctx) // what is registered at Postscript must be remembered
	err = b.o.Store.InTx(ctx, func(tx Tx) error {
		now, err := tx.HoldConnection(shopID)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		if alone = now.TokenHash == was.TokenHash && now.HookSecret == was.HookSecret; !alone {
			return nil
		}
		if was.TokenHash != c.TokenHash {
			if err := tx.ForgetSubscribers(shopID); err != nil {
				return err
			}
		}
		c.ConfirmedAt = tx.Now()
		return tx.SaveConnection(c)
	})
	b.senders.forget(shopID)
	return c, alone, err
}

// checkKey says in words what is wrong with a pasted key, before anybody is asked.
func checkKey(key string) error {
	if key == "" {
		return fault.Field("key", "Paste the private key: Postscript shows it under API, Create Security Key Pair, Show.")
	}
	switch postscript.KindOfKey(key) {
	case postscript.KeyShop:
		return nil
	case postscript.KeyPublic:
		return fault.Field("key", "This is the public key (pk_…). Paste the private key, which begins with sk_.")
	case postscript.KeyPartner:
		return fault.Field("key", "This is a partner key. Paste the shop's own private key, which begins with sk_ but not with sk_partner_.")
	}
	return fault.Field("key", "This is not a Postscript private key: it should begin with sk_.")
}

// identify asks Postscript whose key it is and returns the connection to be, with what is already known.
func (b *Bridge) identify(ctx context.Context, shop Shop, was Connection, key string) (c Connection, _ Postscript, err error) {
	c = Connection{ShopID: shop.ID, Triggers: map[trigger.Name]string{}, Webhooks: map[string]string{}}
	c.Builtin = b.o.BuiltinKey(ctx, key)
	c.TokenHash, c.KeyMask = TokenHash(key), postscript.MaskKey(key)
	ps, err := b.o.Postscript(key, c.Builtin)
	if err != nil {
		return c, nil, err
	}
	if err := b.turn(ctx, c.TokenHash); err != nil {
		return c, nil, err
	}
	me, err := ps.Me(ctx)
	if err != nil {
		return c, nil, explain(err)
	}
	c.PSShopID, c.PSShopName = me.ResourceID, me.ResourceName
	if was.TokenHash == c.TokenHash || was.PSShopID == c.PSShopID && was.PSShopID != "" {
		maps.Copy(c.Triggers, was.Triggers)
		maps.Copy(c.Webhooks, was.Webhooks)
		c.SigningToken, c.HookSecret = was.SigningToken, was.HookSecret
		c.LastSentAt, c.LastReplyAt = was.LastSentAt, was.LastReplyAt
	}
	if c.Key, err = b.o.Sealer.Seal(key, sealPlace(shop.ID, "private_key")); err != nil {
		return c, nil, err
	}
	if c.HookSecret == "" {
		c.HookSecret, err = b.o.Sealer.Seal(ident.Secret("rjh_"), sealPlace(shop.ID, "hook_secret"))
	}
	return c, ps, err
}

// explain turns the client's error into what the merchant is to do.
func explain(err error) error {
	switch fault.KindOf(err) {
	case fault.Unauthorized, fault.Forbidden:
		return &fault.Error{Kind: fault.Invalid, Field: "key", Message: "Postscript does not know this key: it may be mistyped, revoked, or of another account. Nothing was saved."}
	case fault.Invalid, fault.NotFound:
		return &fault.Error{Kind: fault.Invalid, Field: "key", Message: "Postscript refused this key: " + fault.Message(err) + " Nothing was saved."}
	}
	return fault.From(fault.Unavailable, err, "Postscript could not be asked about this key (%s) Nothing was saved; press Confirm again in a minute.", fault.Message(err))
}

// register brings Postscript to what the bridge needs, filling c with the ids. An error leaves in c what was done.
func (b *Bridge) register(ctx context.Context, shop Shop, c *Connection, ps Postscript) error {
	if !shop.Settings.Flows { // flows need no registration: an event's type is known once it was sent
		if err := b.registerTriggers(ctx, shop, c, ps); err != nil {
			return err
		}
	}
	hook := b.o.HookURL(shop.ID, c.Builtin)
	if hook == "" {
		c.Problem = "Texts are sent, but replies cannot arrive: Postscript needs a public https address for its webhooks. Set public-url (REJOINDER_PUBLIC_URL) and press Confirm again."
		return nil
	}
	return b.registerWebhooks(ctx, shop, c, ps, hook)
}

func (b *Bridge) registerTriggers(ctx context.Context, shop Shop, c *Connection, ps Postscript) error {
	if err := b.turn(ctx, c.TokenHash); err != nil {
		return err
	}
	have, err := ps.Triggers(ctx)
	if err != nil {
		return fault.From(fault.Unavailable, err, "The triggers could not be listed: %s", fault.Message(err))
	}
	for _, def := range trigger.All() {
		want := postscript.TriggerRequest{Name: shop.Settings.TriggerPrefix() + ": " + def.Title, Tags: wireTags(def)}
		i := slices.IndexFunc(have, func(t postscript.Trigger) bool { return t.Name == want.Name })
		if i >= 0 && sameTags(have[i].Tags, want.Tags) {
			c.Triggers[def.Name] = string(have[i].ID)
			continue
		}
		if err := b.turn(ctx, c.TokenHash); err != nil {
			return err
		}
		if i >= 0 {
			err = ps.UpdateTrigger(ctx, string(have[i].ID), want)
			c.Triggers[def.Name] = string(have[i].ID)
		} else {
			var t postscript.Trigger
			if t, err = ps.CreateTrigger(ctx, want); err == nil {
				c.Triggers[def.Name] = string(t.ID)
			}
		}
		if err != nil {
			return fault.From(fault.Unavailable, err, "The trigger “%s” could not be registered: %s", want.Name, fault.Message(err))
		}
	}
	return nil
}

// wireTags are the tags a trigger is registered with; Postscript adds the four standard ones itself.
func wireTags(def trigger.Definition) []postscript.TriggerTag {
	var out []postscript.TriggerTag
	for _, t := range def.Tags {
		out = append(out, postscript.TriggerTag{Label: t.Label, Value: "{" + t.Name + "}"})
	}
	return out
}

// sameTags compares our own tags with those registered, which may have the standard ones among them.
func sameTags(have, want []postscript.TriggerTag) bool {
	standard := postscript.StandardTags()
	own := slices.DeleteFunc(slices.Clone(have), func(t postscript.TriggerTag) bool {
		return slices.ContainsFunc(standard, func(s postscript.TriggerTag) bool { return s.Value == t.Value })
	})
	return slices.Equal(own, want)
}

func (b *Bridge) registerWebhooks(ctx context.Context, shop Shop, c *Connection, ps Postscript, hook string) error {
	secret, err := b.o.Sealer.Open(c.HookSecret, sealPlace(shop.ID, "hook_secret"))
	if err != nil {
		return err
	}
	if err := b.turn(ctx, c.TokenHash); err != nil {
		return err
	}
	have, err := ps.Webhooks(ctx)
	if err != nil {
		return fault.From(fault.Unavailable, err, "The webhooks could not be listed: %s", fault.Message(err))
	}
	ours := map[string]string{}
	for _, w := range have {
		if w.CallbackURL == hook && w.Headers[HeaderSecret] == secret && ours[w.Event] == "" {
			ours[w.Event] = w.ID
			continue
		}
		if w.CallbackURL != hook && c.Webhooks[w.Event] != w.ID {
			continue // somebody else's
		}
		// Ours, but with an old secret or address, or a second one for the same event.
		if err := b.turn(ctx, c.TokenHash); err != nil {
			return err
		}
		if err := ps.DeleteWebhook(ctx, w.ID); err != nil && !fault.Is(err, fault.NotFound) {
			return fault.From(fault.Unavailable, err, "An old webhook could not be removed: %s", fault.Message(err))
		}
	}
	for _, event := range hookEvents {
		if id := ours[event]; id != "" {
			c.Webhooks[event] = id
			continue
		}
		if err := b.turn(ctx, c.TokenHash); err != nil {
			return err
		}
		w, err := ps.CreateWebhook(ctx, postscript.WebhookRequest{CallbackURL: hook, Event: event, Headers: map[string]string{HeaderSecret: secret}})
		if err != nil {
			return fault.From(fault.Unavailable, err, "The webhook for %s could not be registered: %s", event, fault.Message(err))
		}
		c.Webhooks[event] = w.ID
	}
	if err := b.turn(ctx, c.TokenHash); err != nil {
		return err
	}
	token, err := ps.Token(ctx)
	if err != nil {
		return fault.From(fault.Unavailable, err, "The signing token could not be read: %s", fault.Message(err))
	}
	c.SigningToken, err = b.o.Sealer.Seal(token, sealPlace(shop.ID, "signing_token"))
	return err
}

// Disconnect removes at Postscript what Confirm registered and forgets the key. The history stays. What
// Postscript no longer knows is fine; if it cannot be reached, nothing is forgotten and the error says so.
func (b *Bridge) Disconnect(ctx context.Context, shopID string) (err error) {
	defer fault.Wrap(&err, "bridge: disconnect Postscript of %s", shopID)
	c, err := b.Connection(ctx, shopID)
	if err != nil {
		return err
	}
	key, err := b.o.Sealer.Open(c.Key, sealPlace(shopID, "private_key"))
	if err != nil {
		return err
	}
	ps, err := b.o.Postscript(key, c.Builtin)
	if err != nil {
		return err
	}
	remove := func(ids []string, del func(context.Context, string) error) error {
		for _, id := range ids {
			if err := b.turn(ctx, c.TokenHash); err != nil {
				return err
			}
			err := del(ctx, id)
			if k := fault.KindOf(err); err != nil && k != fault.NotFound && k != fault.Unauthorized {
				return fault.From(fault.Unavailable, err, "Postscript could not be told to forget us (%s) Try again in a minute; nothing was forgotten here.", fault.Message(err))
			}
		}
		return nil
	}
	if err := remove(slices.Sorted(maps.Values(c.Webhooks)), ps.DeleteWebhook); err != nil {
		return err
	}
	if err := remove(slices.Sorted(maps.Values(c.Triggers)), ps.DeleteTrigger); err != nil {
		return err
	}
	defer b.senders.forget(shopID)
	return b.o.Store.InTx(context.WithoutCancel(ctx), func(tx Tx) error {
		if err := tx.ForgetSubscribers(shopID); err != nil {
			return err
		}
		return tx.DeleteConnection(shopID)
	})
}
