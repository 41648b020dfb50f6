package bridge

import (
	"strconv"

	"rejoinder/internal/reply"
)

// several does all that a reply asks for, or nothing of it: what cannot be done together becomes a question. Each
// change is tried on a picture first, in the order said, so that nothing is half done.
func (t *turn) several() error {
	changes := t.changes()
	info := len(changes) <= len(t.u.Then)
	switch {
	case len(changes) == 0:
		return t.do(t.u.Wish)
	case len(changes) == 1 && !info:
		return t.do(changes[0])
	}
	asks, ok, err := t.plan(changes)
	switch {
	case err != nil:
		return err
	case t.agreed && (!ok || t.q.To != t.planned(asks)), ok && len(t.u.Picks) > 0 && or(t.q.Order, asks[0].OrderDate) != asks[0].OrderDate:
		return t.answer(t.shop.say(wordChanged), t.shop.standing(t.a, t.today()))
	case !ok && len(changes) > 1:
		t.u.Why += " But that cannot all be done together, so we asked about the first."
		t.first = t.shop.say(wordNotBoth)
		return t.doubt(changes[0], nil)
	case !ok:
		return t.do(changes[0])
	}
	for _, a := range asks {
		t.before24(a)
	}
	for i, a := range asks {
		if _, err := t.act(a, together+strconv.Itoa(i)); err != nil {
			return t.whole(err)
		}
	}
	if info {
		return t.status()
	}
	return t.finish(ReplyDone)
}

// changes are the wishes of the reply that change something.
func (t *turn) changes() (list []reply.Wish) {
	for _, w := range append([]reply.Wish{t.u.Wish}, t.u.Then...) {
		if w.Meaning.Changes() {
			list = append(list, w)
		}
	}
	return list
}

// together stands in the keys of actions that one text asked for, before their number: they are undone together.
const together = "/several/"

// whole turns a refusal after an earlier change of the same reply into an error that takes that change back with the
// transaction: the reply is tried again, and planned anew.
func (t *turn) whole(err error) error { return &unreachable{err} }

// plan finds what each change means when those before it are done, and reports whether all can be done. Only changes
// of orders and pauses whose confirmation is a trigger can be planned together.
func (t *turn) plan(changes []reply.Wish) (asks []Ask, ok bool, err error) {
	was := t.a
	defer func() { t.a = was }()
	for _, w := range changes {
		c := orderCommands[w.Meaning]
		if c == "" || c == Now || len(w.Dates) > 1 || w.All {
			return nil, false, nil
		}
		f, err := t.which(c, w)
		if err != nil {
			return nil, false, err
		}
		if f.date.IsZero() || f.unsure && len(asks) == 0 || t.withOthers(w.Product) || c == Delay && len(w.Dates) == 1 && !w.Dates[0].After(f.date) {
			return nil, false, nil
		}
		a := t.asking(c, w, f)
		in := intent{shop: t.shop, a: t.a, ask: a, at: t.judged, bound: true}
		steps, err := in.steps()
		if err != nil {
			return nil, false, nil //nolint:nilerr // a refusal: it cannot be done
		}
		if t.a, err = (ledgerSource{}).CarryOut(t.ctx, t.a, steps); err != nil {
			return nil, false, nil //nolint:nilerr // a refusal
		}
		asks = append(asks, a)
	}
	return asks, true, nil
}
