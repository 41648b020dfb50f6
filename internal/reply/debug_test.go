package reply

import (
	"fmt"
	"os"
	"testing"
)

func TestDebug(t *testing.T) {
	s := os.Getenv("DBG")
	if s == "" {
		t.Skip()
	}
	var in Situation
	for _, l := range labelledLines(t, "testdata/tuning.txt") {
		in = l.in
		break
	}
	x := normalise(s)
	g := parse(&x, &in)
	for i, u := range g.units {
		name := ""
		if u.entry != nil {
			name = fmt.Sprint(u.entry.language, " ", u.entry.row.means, " ", u.entry.row.trait)
		}
		fmt.Printf("%d role=%d %q %s also=%v time=%+v\n", i, u.role, x.join(u.span), name, u.also != nil, u.time)
	}
	for _, p := range g.parts {
		fmt.Printf("%+v\n", p)
	}
	u := Read(s, in)
	fmt.Printf("doubt %b\n%s\n%+v\n", g.doubt, spell(u), u)
}
