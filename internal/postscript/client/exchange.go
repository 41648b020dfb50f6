package client

import (
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

// maxShown caps each body of an Exchange, in bytes.
const maxShown = 4 << 10

// mask stands where a secret was.
const mask = "…"

// Exchange is one request and its answer as a merchant may see them: bodies capped at 4 KiB, keys, signing
// tokens and the secret headers of webhooks masked. Phone numbers and texts are the merchant's own and are
// there, so an Exchange must never be logged whole; its String and LogValue leave bodies and query out.
type Exchange struct {
	Method  string
	Path    string // with the query
	Request string // body, "" if there was none
	Answer  string // body, "" if there was none
	Status  int    // 0 if there was no answer
	Took    time.Duration
}

// String returns method, path without query, and status.
func (x Exchange) String() string {
	path, _, _ := strings.Cut(x.Path, "?")
	if x.Status == 0 {
		return fmt.Sprintf("%s %s: no answer", x.Method, path)
	}
	return fmt.Sprintf("%s %s: %d", x.Method, path, x.Status)
}

// LogValue keeps bodies and query out of logs.
func (x Exchange) LogValue() slog.Value {
	path, _, _ := strings.Cut(x.Path, "?")
	return slog.GroupValue(slog.String("method", x.Method), slog.String("path", path),
		slog.Int("status", x.Status), slog.Duration("took", x.Took))
}

// What is masked besides the client's own keys. The patterns also match documents that are cut off, because
// an answer whose end was lost would otherwise show what the whole one hides.
var (
	anyKey       = regexp.MustCompile(`\b(sk_partner|sk|pk)_[A-Za-z0-9_-]+`)
	tokenField   = regexp.MustCompile(`("token"\s*:\s*)"(?:[^"\\]|\\.)*"?`)
	headersField = regexp.MustCompile(`("headers"\s*:\s*)\{(?:[^{}"]|"(?:[^"\\]|\\.)*"?)*\}?`)
)

// hide masks secrets in a body.
func (c *Client) hide(s string) string {
	for _, secret := range []string{c.partner, c.key} { // the longer first: one may begin with the other
		if secret != "" {
			s = strings.ReplaceAll(s, secret, mask)
		}
	}
	// Most bodies have nothing of the kind, and looking for a word costs far less than for a pattern.
	if strings.Contains(s, "k_") {
		s = anyKey.ReplaceAllString(s, "${1}_"+mask)
	}
	if strings.Contains(s, `"token"`) {
		s = tokenField.ReplaceAllString(s, `${1}"`+mask+`"`)
	}
	if strings.Contains(s, `"headers"`) {
		s = headersField.ReplaceAllString(s, `${1}{"`+mask+`":"`+mask+`"}`)
	}
	return s
}

// show returns a body as an Exchange has it. Secrets go before the cap, so that none is cut in half and missed. NUL goes
// like what is no UTF-8: PostgreSQL keeps neither.
func (c *Client) show(body []byte) string {
	s := c.hide(strings.ReplaceAll(strings.ToValidUTF8(string(body), "\uFFFD"), "\x00", "\uFFFD"))
	if len(s) <= maxShown {
		return s
	}
	cut := maxShown - len(mask)
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + mask
}
