package admin_test

import (
	"testing"
)

// TestTheTraceTellsTheTextingHalf looks at customers whose text stops after Postscript has taken the trigger.
func TestTheTraceTellsTheTextingHalf(t *testing.T) {
	t.Parallel()
	x := newSample(t)
	x.connect()
	b := x.owner()
	for _, c := range []struct{ first, says string }{
		{"Eli", "not started, they opted out."},
		{"Kai", "Text “Upcoming Order” sent"},
		{"Lin", "Text “Upcoming Order” not sent"},
	} {
		who := x.customer(c.first)
		x.told(who)
		b.get(200, s("customers/"+who.ID))
		b.sees("Upcoming Order sent to Postscript", c.says)
	}
}
