package texting_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nyaruka/phonenumbers"

	"rejoinder/internal/app"
	"rejoinder/internal/levels/levelstest"
	"rejoinder/internal/store/storetest"
	"rejoinder/internal/texting"
	"rejoinder/internal/waking"
	"rejoinder/internal/waking/wakingtest"
)

// stampedGateway keeps when it was handed which text.
type stampedGateway struct {
	now func() time.Time

	mu   sync.Mutex
	came map[string][]time.Time // by number and text
}

// Send takes a text.
func (g *stampedGateway) Send(_ context.Context, t texting.Text) (string, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.came[t.To+" "+t.Body] = append(g.came[t.To+" "+t.Body], g.now())
	return "g_" + t.ID, nil
}

// awake is somebody with the moments at which the judge lets them be texted.
type awake struct {
	texting.Subscriber
	where string
	open  wakingtest.Openings
}

// TestExhaustTextsOnTheirWay sends texts through the texting half, from trigger to gateway, to people in every zone, in
// states with hours of their own, and with numbers that lie in several zones or none. They wait from 1 minute to 14
// days, from moments all over a year and around its changes of the clocks. Each must reach the gateway, once, at the
// moment its wait ends if that is in the recipient's waking hours by the judge, else at the next at which they open.
func TestExhaustTextsOnTheirWay(t *testing.T) {
	t.Parallel()
	zones, moments := wakingtest.Some(7, 10), 2
	if levelstest.Whole() {
		zones, moments = wakingtest.Zones(), 24
	}
	byDay := waking.Hours{States: map[string]waking.Window{"FL": {Open: 30, Close: 1200}}}
	week := wakingtest.Week{{90, 150}, {0, 61}, {0, 1440}, {600, 600}, {1380, 1440}, {0, 15}, {45, 1410}}
	for i, w := range week {
		byDay.Days[i] = waking.Window{Open: w[0], Close: w[1]}
	}
	for _, c := range []struct {
		name  string
		hours *waking.Hours
		week  wakingtest.Week
		state wakingtest.Week // in Florida
	}{
		{"11:00 to 21:00", nil, wakingtest.Everyday(660, 1260), wakingtest.Everyday(660, 1260)},
		{"by weekday and state", &byDay, week, week.Both(wakingtest.Everyday(30, 1200))},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := newExhaustion(t, c.hours)
			for i, zone := range zones {
				if i%5 == 0 {
					e.person(zone, "FL", "", c.state, zone)
				} else {
					e.person(zone, "", "", c.week, zone)
				}
			}
			for _, number := range []string{"+17752345678", "+19072345678", "+17082345678", "+442071838750", "+61891234567"} {
				e.person("", "", number, c.week, zonesOfNumber(t, number)...)
			}
			e.person("", "", "+18002345678", c.week.Both(wakingtest.Everyday(660, 1200)), "America/New_York") // the shop's
			e.fireAll(moments)
			found := e.judge()
			found.Hours, found.Zones = c.name, len(zones)
			levelstest.Keep(t, func(x *levelstest.Exhaust) { x.Texts = levelstest.Put(x.Texts, found, sameHours) })
		})
	}
}

// zonesOfNumber asks the table of numbers, without the product.
func zonesOfNumber(t *testing.T, number string) []string {
	t.Helper()
	n, err := phonenumbers.Parse(number, "ZZ")
	if err != nil {
		t.Fatal(err)
	}
	zones, err := phonenumbers.GetTimezonesForNumber(n)
	if err != nil {
		t.Fatal(err)
	}
	return zones
}

// exhaustion is a house with people whose texts are known beforehand.
type exhaustion struct {
	*house
	gateway *stampedGateway
	people  []awake
	walls   map[string]wakingtest.Wall
	want    map[string]time.Time // by number and text
	due     map[string]time.Time
}

// The texts of the exhaustion are fired in a year, and the judge looks as far as the last may wait and be held.
var firstDay, lastDay = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2027, 2, 10, 0, 0, 0, 0, time.UTC)

func newExhaustion(t *testing.T, hours *waking.Hours) *exhaustion {
	t.Helper()
	clock := storetest.NewClock(firstDay)
	h := newHouse(t, storetest.SQLite(t, clock.Now), clock)
	e := &exhaustion{house: h, gateway: &stampedGateway{now: clock.Now, came: map[string][]time.Time{}}, walls: map[string]wakingtest.Wall{}, want: map[string]time.Time{}, due: map[string]time.Time{}}
	h.Texting = texting.New(texting.Options{Store: app.TextingStore(h.db), Waker: noWaker{}, Gateway: e.gateway, Now: clock.Now})
	if err := h.SaveSettings(t.Context(), shopID, texting.Settings{Hours: hours}); err != nil {
		t.Fatal(err)
	}
	return e
}

func (e *exhaustion) person(zone, state, number string, week wakingtest.Week, lives ...string) {
	e.t.Helper()
	s := e.subscriber(func(s *texting.Subscriber) {
		s.Zone, s.State, s.Phone = zone, state, fmt.Sprintf("+1212555%04d", len(e.people))
		if number != "" {
			s.Phone = number
		}
	})
	var walls []wakingtest.Wall
	for _, name := range lives {
		if _, ok := e.walls[name]; !ok {
			loc, err := time.LoadLocation(name)
			if err != nil {
				e.t.Fatal(err)
			}
			e.walls[name] = wakingtest.Look(loc, firstDay, lastDay)
		}
		walls = append(walls, e.walls[name])
	}
	e.people = append(e.people, awake{Subscriber: s, where: strings.Join(lives, "+") + " " + state, open: week.Openings(walls...)})
}

// fireAll fires a trigger for everybody at each of n moments; each starts ten texts with waits of their own.
func (e *exhaustion) fireAll(n int) {
	e.t.Helper()
	r := rand.New(rand.NewPCG(11, uint64(n)))
	// The second before the clocks of many zones change; the others anywhere in the year.
	at := []time.Time{time.Date(2026, 3, 8, 6, 59, 59, 0, time.UTC), time.Date(2026, 10, 25, 0, 59, 59, 0, time.UTC)}
	for len(at) < n {
		at = append(at, firstDay.Add(time.Duration(r.Int64N(int64(365*24*time.Hour)))).Truncate(time.Second))
	}
	slices.SortFunc(at, time.Time.Compare)
	for i, moment := range at {
		name := fmt.Sprintf("Test %d", i)
		e.triggers[shopID+name] = e.register(shopID, "Rejoinder: "+name)
		var steps []texting.Step
		for range 10 {
			steps = append(steps, texting.Step{WaitMinutes: 1 + r.IntN(14*24*60)})
		}
		slices.SortFunc(steps, func(a, b texting.Step) int { return a.WaitMinutes - b.WaitMinutes })
		steps[0].WaitMinutes = 1
		for j := range steps {
			steps[j].Copy = fmt.Sprintf("Text %d of %d", j, i)
		}
		e.automation(name, 1, "", func(in *texting.AutomationInput) { in.Messages = steps })
		e.advance(moment.Sub(e.clock.Now()))
		for _, p := range e.people {
			e.fire(name, p.Subscriber, nil)
			for _, s := range steps {
				key := p.Phone + " " + s.Copy
				e.due[key] = moment.Add(time.Duration(s.WaitMinutes) * time.Minute)
				want, ok := p.open.Next(e.due[key])
				if !ok {
					e.t.Fatalf("%s: never awake", p.where)
				}
				e.want[key] = want
			}
		}
	}
	e.advance(lastDay.Sub(e.clock.Now()))
}

func sameHours(a, b levelstest.Texts) bool { return a.Hours == b.Hours }

// judge compares what reached the gateway with what was to.
func (e *exhaustion) judge() levelstest.Texts {
	e.t.Helper()
	found := levelstest.Texts{People: len(e.people), Texts: len(e.want)}
	who := map[string]awake{}
	for _, p := range e.people {
		who[p.Phone] = p
	}
	shown := 0
	for key, want := range e.want {
		if want.After(e.due[key]) {
			found.Held++
		}
		number, _, _ := strings.Cut(key, " ")
		got := e.gateway.came[key]
		wrong := who[number].judge(want, got)
		if found.Add(wrong); !wrong.None() {
			if shown++; shown <= 10 {
				e.t.Errorf("%s: due at %s, handed over at %s; want once, at %s", who[number].where, e.due[key], got, want)
			}
		}
	}
	if len(e.gateway.came) != len(e.want) {
		e.t.Errorf("%d texts reached the gateway, want %d", len(e.gateway.came), len(e.want))
	}
	e.t.Logf("%d texts to %d people, %d of them held over night; wrong: %+v", found.Texts, found.People, found.Held, found.Wrong)
	if found.Held == 0 || found.Held == found.Texts {
		e.t.Error("the waking hours were not put to the test")
	}
	return found
}

// judge says what is wrong with the moments at which a text was handed over.
func (p awake) judge(want time.Time, got []time.Time) (w levelstest.Wrong) {
	switch {
	case len(got) == 0:
		w.Lost++
		return w
	case len(got) > 1:
		w.Twice++
	}
	switch at := got[0]; {
	case at.Before(want) || !p.open.At(at):
		w.Outside++
	case at.After(want):
		w.Late++
	}
	return w
}
