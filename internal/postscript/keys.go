package postscript

import (
	"encoding/base64"
	"strings"
)

// KeyKind says what a security key may do, as its prefix tells.
type KeyKind string

// The kinds of key.
const (
	KeyPublic  KeyKind = "public"  // pk_: for browsers, never authorises an API call
	KeyShop    KeyKind = "shop"    // sk_: one shop's private key
	KeyPartner KeyKind = "partner" // sk_partner_: a partner's private key, used together with a shop's
	KeyUnknown KeyKind = "unknown"
)

// Prefixes of keys.
const (
	KeyPrefixPublic  = "pk_"
	KeyPrefixShop    = "sk_"
	KeyPrefixPartner = "sk_partner_"
)

// KindOfKey tells the kind of a key by its prefix. A prefix with nothing behind it is no key.
func KindOfKey(key string) KeyKind {
	for _, k := range []struct {
		prefix string
		kind   KeyKind
	}{{KeyPrefixPartner, KeyPartner}, {KeyPrefixShop, KeyShop}, {KeyPrefixPublic, KeyPublic}} {
		if rest, ok := strings.CutPrefix(key, k.prefix); ok {
			if rest == "" {
				return KeyUnknown
			}
			return k.kind
		}
	}
	return KeyUnknown
}

// MaskKey returns the key as it may be shown: its prefix and its last four characters.
func MaskKey(key string) string {
	prefix := ""
	for _, p := range []string{KeyPrefixPartner, KeyPrefixShop, KeyPrefixPublic} {
		if strings.HasPrefix(key, p) {
			prefix = p
			break
		}
	}
	if rest := key[len(prefix):]; len(rest) >= 12 { // shorter ones would show too large a part
		return prefix + "…" + rest[len(rest)-4:]
	}
	return prefix + "…"
}

// KeyFromAuthorization reads the key out of an Authorization header: Bearer, or the legacy Basic form with
// the key as user name and an empty password. The scheme's case does not matter. It returns false when there
// is no key of either form.
func KeyFromAuthorization(header string) (string, bool) {
	scheme, rest, ok := strings.Cut(strings.TrimSpace(header), " ")
	if !ok {
		return "", false
	}
	rest = strings.TrimSpace(rest)
	switch strings.ToLower(scheme) {
	case "bearer":
		return rest, rest != ""
	case "basic":
		raw, err := base64.StdEncoding.DecodeString(rest)
		if err != nil {
			return "", false
		}
		user, password, _ := strings.Cut(string(raw), ":")
		return user, user != "" && password == ""
	}
	return "", false
}
