package store

import (
	"maps"
	"slices"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
)

// Reserve takes request slots of tokens, of each at most once. On PostgreSQL the slots are in the database's own time, so
// that machines whose clocks differ still share one pace. Nobody reserves further ahead than a few seconds: a slot that is
// further off was taken while the clock was wrong, and does not count.
//
// A token that another transaction is taking slots of is busy: nobody waits for it, so that transactions which take
// slots of many tokens never wait for each other.
func (tx *Tx) Reserve(want map[string]int, spacing, lead time.Duration) (_ map[string]bridge.Slot, err error) {
	defer fault.Wrap(&err, "store: reserve slots")
	out := make(map[string]bridge.Slot, len(want))
	fresh, err := tx.reserve(want, slices.Sorted(maps.Keys(want)), spacing, lead, out)
	if err != nil || len(fresh) == 0 {
		return out, err
	}
	given, err := toJSON(fresh)
	if err != nil {
		return nil, err
	}
	if _, err = tx.exec(`INSERT INTO pace (token_hash, next_slot) SELECT v.value, 0 FROM `+tx.d.eachText("$1")+` WHERE true ON CONFLICT (token_hash) DO NOTHING`, given); err != nil {
		return nil, err
	}
	_, err = tx.reserve(want, fresh, spacing, lead, out)
	return out, err
}

// reserve does so for tokens whose pace is kept, and returns the others.
func (tx *Tx) reserve(want map[string]int, tokens []string, spacing, lead time.Duration, out map[string]bridge.Slot) (fresh []string, err error) {
	list := make([][]any, len(tokens))
	for i, token := range tokens {
		list[i] = []any{token, int64(want[token]) * spacing.Microseconds()}
	}
	given, err := toJSON(list)
	if err != nil {
		return nil, err
	}
	type row struct {
		token string
		at    int64
	}
	scan := func(s scanner) (r row, err error) { err = s.Scan(&r.token, &r.at); return r, err }
	taken, err := all(tx, scan, reserveQuery(tx.d), given, micros(tx.now), lead.Microseconds())
	if err != nil {
		return nil, err
	}
	for _, r := range taken {
		first := time.Duration(r.at)*time.Microsecond - time.Duration(want[r.token])*spacing
		out[r.token] = bridge.Slot{Taken: true, Wait: first}
	}
	if len(taken) == len(tokens) {
		return nil, nil
	}
	left, err := all(tx, scan, `SELECT token_hash, next_slot - (`+tx.d.clock("$2")+` + $3) FROM pace
		WHERE token_hash IN (SELECT `+tx.d.element(0)+` FROM `+tx.d.eachObject("$1")+`)`, given, micros(tx.now), lead.Microseconds())
	if err != nil {
		return nil, err
	}
	kept := make(map[string]bool, len(left))
	for _, r := range left {
		if kept[r.token] = true; !out[r.token].Taken {
			// One that looks free is just being taken by somebody else.
			out[r.token] = bridge.Slot{Wait: max(time.Duration(r.at)*time.Microsecond, 5*time.Millisecond)}
		}
	}
	return slices.DeleteFunc(slices.Clone(tokens), func(t string) bool { return kept[t] }), nil
}

// reserveQuery takes slots of the tokens in $1 that are free, and returns how long from now until the slot after them. It
// looks at the clock only for those tokens' rows, once they are held: the database reads more of them than that.
func reserveQuery(d dialect) string {
	clock := d.clock("$2")
	soonest := "(" + clock + " + $3)"
	return `UPDATE pace SET next_slot = ` + soonest + ` + n.width FROM (
			SELECT p.token_hash, p.next_slot, w.width FROM ` + d.rows("$1", "TI", "token", "width") + ` AS w
			CROSS JOIN pace p WHERE p.token_hash = w.token` + d.skipLockedOf("p") + `) AS n
		WHERE pace.token_hash = n.token_hash AND (n.next_slot <= ` + soonest + ` OR n.next_slot > ` + soonest + ` + 60000000)
		RETURNING pace.token_hash, pace.next_slot - ` + clock
}

// OwnClock reports whether Reserve counts by the database's clock.
func (tx *Tx) OwnClock() bool { return tx.d == postgres }

// HoldPace keeps a token from being used for d from now.
func (tx *Tx) HoldPace(token string, d time.Duration) (err error) {
	defer fault.Wrap(&err, "store: hold pace")
	until := tx.d.clock("$3") + ` + $2`
	_, err = tx.exec(`UPDATE pace SET next_slot = CASE WHEN next_slot > `+until+` THEN next_slot ELSE `+until+` END WHERE token_hash = $1`,
		token, d.Microseconds(), micros(tx.now))
	return err
}
