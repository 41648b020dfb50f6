package admin

import (
	"strings"

	"rejoinder/internal/bridge"
	"rejoinder/internal/ident"
	"rejoinder/internal/web"
)

// traceKinds are the sorts of decisions, with the icon each is known by.
var traceKinds = map[string]string{
	"change": "repeat", "notice": "calendar", "delivery": "send", "reply": "reply", "action": "skip", "consent": "hand", "account": "user",
}

// traceEntry draws one decision: its first sentence as what happened, the rest as why.
func (v Visit) traceEntry(t bridge.Trace) web.Entry {
	what, why := t.Text, ""
	if i := strings.Index(t.Text, ": "); i > 0 && i < 60 {
		what, why = t.Text[:i], upperFirst(t.Text[i+2:])
	} else if i := strings.Index(t.Text, ". "); i > 0 {
		what, why = t.Text[:i], t.Text[i+2:]
	}
	e := web.Entry{At: t.At, Icon: traceKinds[t.Kind], Tone: traceTone(t), What: strings.TrimSuffix(what, "."), Why: why}
	if e.Icon == "" {
		e.Icon = "info"
	}
	if strings.HasPrefix(t.Ref, ident.Delivery+"_") {
		e.Detail = []web.Link{{Label: "Request and answer", Href: v.Path("deliveries", t.Ref)}}
	}
	return e
}

// traceTone goes by what the sentence says became of it, as the trace keeps no outcome of its own.
func traceTone(t bridge.Trace) web.Tone {
	text := strings.ToLower(t.Text)
	says := func(parts ...string) bool {
		for _, p := range parts {
			if strings.Contains(text, p) {
				return true
			}
		}
		return false
	}
	switch {
	case says("refused", "failed", "gave up"):
		return web.Bad
	case says("not sent", "suppressed", "switched off", "opted out", "too late", "held"):
		return web.Warn
	case t.Kind == "reply":
		return web.Info
	case says("queued", "planned"):
		return web.Quiet
	case t.Kind == "action", says(" sent", "skipped", "delayed", "resumed", "told"):
		return web.OK
	}
	return web.Quiet
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
