package texting

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
	"rejoinder/internal/postscript"
)

// KeyPair is one security key pair of the Postscript-compatible API: a public key for browsers, which opens
// nothing here, and a private key, which opens one shop or, for a partner, whatever shops let it in.
type KeyPair struct {
	ID        string // key_…
	ShopID    string // "" for a partner's
	Partner   string // a partner's name; "" for a shop's
	Label     string
	PublicKey string
	Mask      string // of the private key, as it may be shown
	CreatedAt time.Time
	RevokedAt time.Time // zero: still works
}

// StoredKey is a KeyPair as it is kept: the private key sealed, so that it can be shown again, and hashed, so
// that it can be found.
type StoredKey struct {
	KeyPair
	Sealed string
	Hash   string
}

// Caller is whose call one request of the API is.
type Caller struct {
	ShopID  string // "" when a partner calls for itself
	Partner string // "" when a shop calls for itself
	TokenID string // what the rate limit counts: the token, or the pair of partner and shop token
	Label   string // of the shop's key
	Failure Failure
}

// Sender is the name that stands before a custom event where a merchant sees it.
func (c Caller) Sender() string {
	switch {
	case c.Partner != "":
		return c.Partner
	case c.Label != "":
		return c.Label
	}
	return "API"
}

type keyTx interface {
	AddKey(StoredKey) error
	// Keys returns a shop's key pairs, or with shopID "" those of partners: those that work before the revoked,
	// newest first.
	Keys(shopID string, limit int) ([]StoredKey, error)
	// Key returns one key pair of a shop; fault.NotFound if there is none.
	Key(shopID, id string) (StoredKey, error)
	// KeyByHash returns the key pair whose private key has that hash, unless it was revoked: fault.NotFound.
	KeyByHash(hash string) (StoredKey, error)
	RevokeKey(shopID, id string) error
	LabelKey(shopID, id, label string) error
}

const maxKeys = 100 // that work at a time, and that are listed

// CreateKeyPair makes a key pair for a shop. label may be "". The private key is returned here and by
// ShowKey, and nowhere else.
func (t *Texting) CreateKeyPair(ctx context.Context, shopID, label string) (_ KeyPair, private string, err error) {
	defer fault.Wrap(&err, "texting: create a key pair for %s", shopID)
	return t.createKey(ctx, StoredKey{KeyPair: KeyPair{ShopID: shopID, Label: label}}, postscript.KeyPrefixShop)
}

// CreatePartnerKey makes a partner's key pair. Name is what merchants see before the partner's events.
func (t *Texting) CreatePartnerKey(ctx context.Context, name string) (_ KeyPair, private string, err error) {
	defer fault.Wrap(&err, "texting: create a partner key")
	if strings.TrimSpace(name) == "" {
		return KeyPair{}, "", fault.Field("name", "A partner needs a name; merchants see it before its events.")
	}
	return t.createKey(ctx, StoredKey{KeyPair: KeyPair{Partner: strings.TrimSpace(name)}}, postscript.KeyPrefixPartner)
}

func (t *Texting) createKey(ctx context.Context, k StoredKey, prefix string) (KeyPair, string, error) {
	label, err := keyLabel(k.Label)
	if err != nil {
		return KeyPair{}, "", err
	}
	private := ident.Secret(prefix)
	k.ID = ident.New("key", t.o.Now())
	k.Label = label
	k.PublicKey = ident.Secret(postscript.KeyPrefixPublic)
	k.Hash = keyHash(private)
	if k.Sealed, err = t.o.Sealer.Seal(private, keyPlace(k.ID)); err != nil {
		return KeyPair{}, "", err
	}
	err = t.o.Store.InTx(ctx, func(tx Tx) error {
		k.CreatedAt = tx.Now()
		if k.ShopID != "" {
			if _, err := tx.TextingShop(k.ShopID); err != nil {
				return err
			}
		}
		have, err := tx.Keys(k.ShopID, maxKeys)
		if err != nil {
			return err
		}
		if len(have) >= maxKeys && have[maxKeys-1].RevokedAt.IsZero() {
			return fault.New(fault.Conflict, "There are %d key pairs already; revoke some that nobody uses.", maxKeys)
		}
		return tx.AddKey(k)
	})
	k.Mask = postscript.MaskKey(private)
	return k.KeyPair, private, err
}

// KeyPairs lists a shop's key pairs with the private keys masked, those that work first, newest first.
func (t *Texting) KeyPairs(ctx context.Context, shopID string) (pairs []KeyPair, err error) {
	defer fault.Wrap(&err, "texting: key pairs of %s", shopID)
	var stored []StoredKey
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		stored, err = tx.Keys(shopID, maxKeys)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, k := range stored {
		private, err := t.o.Sealer.Open(k.Sealed, keyPlace(k.ID))
		if err != nil {
			return nil, err
		}
		k.Mask = postscript.MaskKey(private)
		pairs = append(pairs, k.KeyPair)
	}
	return pairs, nil
}

// ShowKey returns the private key of one pair. A revoked one is not shown: fault.Conflict.
func (t *Texting) ShowKey(ctx context.Context, shopID, id string) (private string, err error) {
	defer fault.Wrap(&err, "texting: show key %s", id)
	var k StoredKey
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		k, err = tx.Key(shopID, id)
		return err
	})
	if err != nil {
		return "", err
	}
	if !k.RevokedAt.IsZero() {
		return "", fault.New(fault.Conflict, "That key was revoked and opens nothing any more.")
	}
	return t.o.Sealer.Open(k.Sealed, keyPlace(k.ID))
}

// LabelKey renames a key pair.
func (t *Texting) LabelKey(ctx context.Context, shopID, id, label string) (err error) {
	defer fault.Wrap(&err, "texting: label key %s", id)
	if label, err = keyLabel(label); err != nil {
		return err
	}
	return t.o.Store.InTx(ctx, func(tx Tx) error { return tx.LabelKey(shopID, id, label) })
}

// RevokeKey makes a key pair useless from this moment on. Revoking it again changes nothing.
func (t *Texting) RevokeKey(ctx context.Context, shopID, id string) (err error) {
	defer fault.Wrap(&err, "texting: revoke key %s", id)
	return t.o.Store.InTx(ctx, func(tx Tx) error { return tx.RevokeKey(shopID, id) })
}

// OwnsKey reports whether a private key is one that was made here and still works, also in a form that orders a
// failure.
func (t *Texting) OwnsKey(ctx context.Context, private string) bool {
	_, err := t.findKey(ctx, PlainKey(private))
	return err == nil
}

// Authenticate tells whose call it is from the values of the headers Authorization and
// X-Postscript-Shop-Token ("" for a missing one). Nothing is cached, so a revoked key is refused at once.
//
// Errors: fault.Unauthorized for no key, a public key or one that is not known; fault.Forbidden for a shop's
// key with a shop token, or a shop token that is a partner's.
func (t *Texting) Authenticate(ctx context.Context, authorization, shopToken string) (c Caller, err error) {
	if strings.TrimSpace(authorization) == "" {
		return c, fault.New(fault.Unauthorized, postscript.WordsNoAuthorization)
	}
	key, ok := postscript.KeyFromAuthorization(authorization)
	if !ok {
		return c, fault.New(fault.Unauthorized, "The Authorization header must be Bearer and a private key.")
	}
	owner, failure, err := t.authKey(ctx, key)
	if err != nil {
		return c, err
	}
	c = Caller{ShopID: owner.ShopID, Partner: owner.Partner, TokenID: owner.ID, Label: owner.Label, Failure: failure}
	if shopToken == "" {
		return c, nil
	}
	if c.Partner == "" {
		return c, fault.New(fault.Forbidden, "A shop's own key goes alone into Authorization; the shop token header is for partners.")
	}
	shop, failure, err := t.authKey(ctx, strings.TrimSpace(shopToken))
	if err != nil {
		return c, err
	}
	if shop.ShopID == "" {
		return c, fault.New(fault.Forbidden, "The shop token must be a shop's private key, not a partner's.")
	}
	c.ShopID, c.Label = shop.ShopID, shop.Label
	c.TokenID += "/" + shop.ID
	if failure != "" {
		c.Failure = failure
	}
	return c, nil
}

func (t *Texting) authKey(ctx context.Context, key string) (KeyPair, Failure, error) {
	if postscript.KindOfKey(key) == postscript.KeyPublic {
		return KeyPair{}, "", fault.New(fault.Unauthorized, "That is a public key (pk_); this API needs the private one (sk_).")
	}
	key, failure := keyFailure(key)
	k, err := t.findKey(ctx, key)
	if fault.Is(err, fault.NotFound) {
		err = fault.New(fault.Unauthorized, "Invalid API key")
	}
	return k, failure, err
}

func (t *Texting) findKey(ctx context.Context, private string) (_ KeyPair, err error) {
	defer fault.Wrap(&err, "texting: find a key")
	var k StoredKey
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		k, err = tx.KeyByHash(keyHash(private))
		return err
	})
	return k.KeyPair, err
}

func keyLabel(label string) (string, error) {
	label = strings.TrimSpace(label)
	if len(label) > 80 {
		return "", fault.Field("label", "A label has at most 80 characters.")
	}
	return label, nil
}

// keyHash is how a private key is found. A plain hash is enough: the key has 160 random bits.
func keyHash(private string) string {
	sum := sha256.Sum256([]byte(private))
	return hex.EncodeToString(sum[:])
}

func keyPlace(id string) string { return "key_pairs/" + id + "/private_key" }

// ShopNamed returns the shop as the API shows it.
func (t *Texting) ShopNamed(ctx context.Context, shopID string) (shop Shop, err error) {
	defer fault.Wrap(&err, "texting: shop %s", shopID)
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		shop, err = tx.TextingShop(shopID)
		return err
	})
	return shop, err
}
