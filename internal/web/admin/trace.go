package admin

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"rejoinder/internal/bridge"
	"rejoinder/internal/ident"
	"rejoinder/internal/texting"
	"rejoinder/internal/web"
)

type stories interface {
	StoryOf(ctx context.Context, shopID, phone string, before time.Time, limit int) ([]texting.StoryLine, error)
}

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
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// storyIcons are what the texting half's lines are known by.
var storyIcons = map[texting.StoryKind]string{texting.StoryTrigger: "bolt", texting.StoryOut: "message", texting.StoryIn: "reply"}

var storyTones = map[texting.StoryTone]web.Tone{
	texting.StoryDone: web.OK, texting.StoryHeld: web.Warn, texting.StoryStopped: web.Warn, texting.StoryFailed: web.Bad,
}

// storyEntry draws one line of what the texting half did about a person.
func storyEntry(l texting.StoryLine) web.Entry {
	e := web.Entry{At: l.At, Icon: storyIcons[l.Kind], Tone: storyTones[l.Tone], What: l.What, Why: upperFirst(l.Why)}
	if e.Tone == "" {
		e.Tone = web.Quiet
	}
	return e
}

// Trace is what both halves decided about a customer before a moment (zero: all), newest first, at most limit
// entries. The phone page shows it too.
func (a *Admin) Trace(ctx context.Context, v Visit, c bridge.Customer, before time.Time, limit int) (web.Timeline, error) {
	t, _, err := a.trace(ctx, v, c, before, limit)
	return t, err
}

// trace is Trace, and whether an action was carried out.
func (a *Admin) trace(ctx context.Context, v Visit, c bridge.Customer, before time.Time, limit int) (_ web.Timeline, acted bool, err error) {
	list, err := a.o.Bridge.Trace(ctx, v.Shop.ID, c.ID, before, limit)
	if err != nil {
		return web.Timeline{}, false, err
	}
	var decided, texted []web.Entry
	handedOver := map[string]time.Time{}
	for _, t := range list {
		if at := handedOver[t.Ref]; t.Kind == "delivery" && t.At.After(at) {
			handedOver[t.Ref] = t.At
		}
		decided = append(decided, v.traceEntry(t))
		acted = acted || t.Kind == "action"
	}
	story, err := a.o.Texting.StoryOf(ctx, v.Shop.ID, string(c.Phone), before, limit)
	if err != nil {
		return web.Timeline{}, false, err
	}
	for _, l := range story {
		// The other half takes a trigger in before this one has heard so; it is read in the order of cause.
		if at := handedOver[l.Cause]; l.Kind == texting.StoryTrigger && at.After(l.At) {
			l.At = at
		}
		texted = append(texted, storyEntry(l))
	}
	return web.Timeline{Zone: v.Zone, Entries: merged(decided, texted, limit)}, acted, nil
}

// merged puts what both halves decided into one order, newest first, at most limit entries. Of one moment the
// texting half's come first, because they follow from the other's.
func merged(bridge, texting []web.Entry, limit int) []web.Entry {
	list := append(slices.Clone(texting), bridge...)
	slices.SortStableFunc(list, func(a, b web.Entry) int { return cmp.Compare(b.At.UnixMicro(), a.At.UnixMicro()) })
	return list[:min(len(list), limit)]
}
