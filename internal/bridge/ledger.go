package bridge

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
)

// ledgerTx is what only the built-in ledger needs: API tokens, outgoing webhooks.
type ledgerTx interface {
	AddAPIToken(t APIToken, hash string) error
	APITokens(shopID string) ([]APIToken, error)
	RevokeAPIToken(shopID, id string) error
	// ShopOfToken returns the shop of a token that is not revoked; fault.NotFound for any other.
	ShopOfToken(hash string) (string, error)
	// AddRequest records a request unless one of its key was recorded: then that one is returned with false.
	AddRequest(shopID string, r Request, keep time.Duration) (Request, bool, error)

	webhookTx
}

// APIToken opens the ledger's REST API for one shop. The token itself is shown once and not kept.
type APIToken struct {
	ID        string
	ShopID    string
	Label     string
	Mask      string // for lists: rjk_1a2b…9z
	CreatedAt time.Time
	RevokedAt time.Time // zero: in use
}

// tokenPrefix is what every API token begins with, so that one found in the wild is recognised.
const tokenPrefix = "rjk_"

// CreateAPIToken makes a token for a shop and returns it with its record. This is the only time it is shown.
func (b *Bridge) CreateAPIToken(ctx context.Context, shopID, label string) (t APIToken, token string, err error) {
	defer fault.Wrap(&err, "bridge: create API token in %s", shopID)
	if label = strings.TrimSpace(label); label == "" || len(label) > 80 {
		return t, "", fault.Field("label", "Give the token a name of up to 80 characters, so that you will know it again.")
	}
	token = ident.Secret(tokenPrefix)
	err = b.o.Store.InTx(ctx, func(tx Tx) error {
		if _, err := tx.Shop(shopID); err != nil {
			return err
		}
		t = APIToken{ID: ident.New("tok", tx.Now()), ShopID: shopID, Label: label, Mask: token[:8] + "…" + token[len(token)-2:], CreatedAt: tx.Now()}
		return tx.AddAPIToken(t, hashToken(token))
	})
	return t, token, err
}

// ListAPITokens returns a shop's tokens, newest first, revoked ones included.
func (b *Bridge) ListAPITokens(ctx context.Context, shopID string) (list []APIToken, err error) {
	err = b.o.Store.Read(ctx, func(tx Tx) error { list, err = tx.APITokens(shopID); return err })
	return list, err
}

// RevokeAPIToken ends a token at once; the next request with it is refused.
func (b *Bridge) RevokeAPIToken(ctx context.Context, shopID, id string) error {
	return b.o.Store.InTx(ctx, func(tx Tx) error { return tx.RevokeAPIToken(shopID, id) })
}

// ShopOfToken returns the shop a token opens. The error is Unauthorized, and tells tokens that look like
// something else from ones we do not know.
func (b *Bridge) ShopOfToken(ctx context.Context, token string) (shopID string, err error) {
	if !strings.HasPrefix(token, tokenPrefix) {
		return "", fault.New(fault.Unauthorized, "Send the header Authorization: Bearer with a token that begins with %s; a shop's owner makes one on the Integrations page.", tokenPrefix)
	}
	err = b.o.Store.Read(ctx, func(tx Tx) error { shopID, err = tx.ShopOfToken(hashToken(token)); return err })
	if fault.Is(err, fault.NotFound) {
		return "", fault.New(fault.Unauthorized, "This token is not known, or it has been revoked.")
	}
	return shopID, err
}

// hashToken is what is kept of a token. The token has 160 random bits, so a plain hash cannot be guessed back.
func hashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// Once makes a request act once: its sender gives the key, and Print tells the same request sent again from
// another one that uses the key by mistake. The zero value asks for nothing.
type Once struct {
	Key   string
	Print string
}

// Request is a request that was carried out.
type Request struct {
	Once
	Ref string // id of what it made or changed
}

// keepRequests is how long a repeated request is recognised.
const keepRequests = 48 * time.Hour

// claim records in tx that a request is carried out, about ref. It reports false with the earlier ref when the
// same request was carried out before; a different request of the same key is a Conflict.
func (o Once) claim(tx Tx, shopID, ref string) (string, bool, error) {
	if o.Key == "" {
		return ref, true, nil
	}
	had, added, err := tx.AddRequest(shopID, Request{Once: o, Ref: ref}, keepRequests)
	if err != nil || added {
		return ref, added, err
	}
	if had.Print != o.Print {
		return "", false, &fault.Error{Kind: fault.Conflict, Field: "Idempotency-Key", Message: "That Idempotency-Key was used for a different request."}
	}
	return had.Ref, false, nil
}

// first returns the first of the optional argument.
func first(once []Once) Once {
	if len(once) == 0 {
		return Once{}
	}
	return once[0]
}
