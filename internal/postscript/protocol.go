package postscript

import "time"

// Where the real Postscript lives. Paths of both versions share one host.
const (
	BaseURL = "https://api.postscript.io"
	PathV1  = "/v1"     // not /api/v1
	PathV2  = "/api/v2" // out of beta since 2022-03-29
)

// Header names.
const (
	// HeaderShopToken carries the shop's private key when a partner calls; Authorization then carries the
	// partner's. A shop calling for itself must not send it.
	HeaderShopToken = "X-Postscript-Shop-Token"
	// HeaderSignature is on every webhook and equals the token of GET /webhooks/token. It is a fixed shared
	// value: it covers neither body nor time, so a receiver needs a secret header of its own as well.
	HeaderSignature = "Postscript-Signature"
	// HeaderIdempotencyKey is our own addition to the v1 fire call; see the package comment.
	HeaderIdempotencyKey = "Idempotency-Key"
)

// Prefixes of v2 ids. Webhook subscriptions are bare UUIDs; v1 ids have no prefix, are tied to the shop's
// keys, and are still accepted by v2.
const (
	PrefixSubscriber = "s_"
	PrefixShop       = "shop_"
	PrefixIncoming   = "im_"
	PrefixKeyword    = "kw_"
)

// Limits that Postscript publishes.
const (
	// RatePerSecond is the one ceiling for all endpoints, per token, or per pair of partner and shop token.
	// No header tells what is left, and 429 comes without Retry-After.
	RatePerSecond = 15
	// WebhookRetryEvery and WebhookRetryFor: a webhook not answered with exactly 200 is sent again this often,
	// for this long, then dropped.
	WebhookRetryEvery = 5 * time.Minute
	WebhookRetryFor   = time.Hour
	// MaxSubscriberProperties is how many custom properties one subscriber may have.
	MaxSubscriberProperties = 50
)
