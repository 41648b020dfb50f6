package crash

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"rejoinder/internal/store/storetest/pg"
)

var (
	kills   = flag.Int("kills", 0, "kills on each database; 0 is the short form")
	seed    = flag.Uint64("seed", 1, "chooses what is done and when is killed")
	report  = flag.String("report", "", "file to write the results to, as JSON; in words beside it")
	command = flag.String("command", "go test", "how this run was started, for the report")
	only    = flag.String("only", "", "sqlite or postgres; both when empty")
)

// shortKills are the kills of the form that is part of make test.
const shortKills = 5

// Result is what one campaign came to. Everything that must be 0 is; the rest says how much was tried.
type Result struct {
	Database  string  `json:"database"`
	Seed      uint64  `json:"seed"`
	Processes int     `json:"processes"`
	Kills     int     `json:"kills"`
	Seconds   float64 `json:"seconds"` // of load, until the last kill

	Answered  int `json:"answered"` // requests answered with success, repetitions too
	Accepted  int `json:"accepted"` // changes and texts of which the loader knows that they were accepted
	SentAgain int `json:"sent_again"`
	Replies   int `json:"replies"`
	Requests  int `json:"requests"` // at the recorder, questions and calls of setting up too
	Arrived   int `json:"arrived"`  // triggers at the recorder
	Notices   int `json:"notices"`  // different customers and order dates told of there
	Texts     int `json:"texts"`    // on sandbox phones

	Lost            int            `json:"lost"`
	ActedTwice      int            `json:"acted_twice"`
	NoticedTwice    int            `json:"noticed_twice"`    // by two deliveries: never right
	NoticesRepeated int            `json:"notices_repeated"` // one delivery, twice, because its outcome was unknown
	RepeatedWrongly int            `json:"repeated_wrongly"`
	TextedTwice     int            `json:"texted_twice"`
	OverPace        int            `json:"over_pace"`
	MostInASecond   int            `json:"most_in_a_second"`
	Unfinished      map[string]int `json:"unfinished"`
	AnsweredOnly    int            `json:"answered_only"` // replies answered without an action: the order was skipped already
	Repeats         []Repeat       `json:"repeats"`
	// KilledWhileSending counts repetitions because of a kill; the others follow from answers the recorder withheld.
	KilledWhileSending int      `json:"killed_while_sending"`
	Broken             []string `json:"broken"`
}

// TestCampaign kills the program while it works, five times on each database, or as often as -kills says.
func TestCampaign(t *testing.T) {
	if testing.Short() {
		t.Skip("kills the program for half a minute")
	}
	t.Parallel()
	if *only != "postgres" {
		t.Run("sqlite", func(t *testing.T) { t.Parallel(); keep(campaign(t, "SQLite", "", 1)) })
	}
	if *only != "sqlite" {
		t.Run("postgres", func(t *testing.T) { t.Parallel(); keep(campaign(t, "PostgreSQL", pg.URL(t), 2)) })
	}
}

// campaign is the whole of it on one database.
func campaign(t *testing.T, database, url string, processes int) Result {
	short := *kills == 0
	times := *kills
	if short {
		times = shortKills
	}
	w := newWorld(t, url, *seed, 10+2*times)
	programs := startAll(t, w, processes)
	stop, loaded := make(chan struct{}), make(chan struct{})
	l := newLoader(w, programs, *seed, stop)
	w.rec.misbehave(true)
	begun := time.Now()
	go func() { defer close(loaded); l.run(400 * time.Millisecond) }()
	rng := rand.New(rand.NewPCG(*seed, 3))
	for range times {
		wait(t, time.Duration(200+rng.IntN(1800))*time.Millisecond)
		p := programs[rng.IntN(len(programs))]
		if !p.alive() {
			t.Fatalf("a process ended by itself:\n%s", p.log)
		}
		p.kill(true)
		wait(t, time.Duration(rng.IntN(400))*time.Millisecond)
		if err := p.start(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	took := time.Since(begun)
	for end := time.Now().Add(time.Minute); !l.enough() && time.Now().Before(end); {
		wait(t, 100*time.Millisecond) // on a machine that is very busy, what is to be checked may not have happened yet
	}
	w.rec.misbehave(false)
	close(stop)
	<-loaded
	l.rush()

	v := &truth{w: w, l: l, db: w.openDB(t), lease: short}
	for _, p := range programs {
		v.kills = append(v.kills, p.kills...)
	}
	if short {
		v.peace(time.Minute)
	} else {
		v.peace(10 * time.Minute)
	}
	r := conclude(t, v, programs, took)
	r.Database = database
	if r.MostInASecond < allowed/2 {
		t.Errorf("never more than %d requests in a second: the pace was not put to the test", r.MostInASecond)
	}
	t.Log(r.String())
	if short && url == "" && !t.Failed() {
		tampered(t, v)
	}
	return r
}

// startAll starts so many processes on the world's database.
func startAll(t *testing.T, w *world, n int) (programs []*program) {
	t.Helper()
	for range n {
		p := newProgram(t, w.env)
		if err := p.start(t.Context()); err != nil {
			t.Fatal(err)
		}
		programs = append(programs, p)
	}
	return programs
}

// conclude checks, and reports what is broken.
func conclude(t *testing.T, v *truth, programs []*program, took time.Duration) Result {
	t.Helper()
	v.check()
	r := v.out
	r.Seed, r.Processes, r.Kills, r.Seconds = *seed, len(programs), len(v.kills), took.Seconds()
	r.Answered, r.SentAgain, r.Broken = v.l.answered, v.l.again+v.l.refused, v.wrong
	for _, b := range v.wrong {
		t.Error(b)
	}
	if t.Failed() {
		for i, p := range programs {
			t.Logf("process %d wrote:\n%s", i, p.log)
		}
	}
	return r
}

// String is the result on one line.
func (r Result) String() string {
	return fmt.Sprintf("%s: %d kills in %.0f s, %d accepted (%d requests answered, %d sent again), %d replies, %d triggers arrived, %d notices, %d texts; "+
		"lost %d, acted twice %d, noticed twice %d, over pace %d (most in a second %d), repeated %d (wrongly %d, after a kill %d), texted twice %d, answered only %d",
		r.Database, r.Kills, r.Seconds, r.Accepted, r.Answered, r.SentAgain, r.Replies, r.Arrived, r.Notices, r.Texts,
		r.Lost, r.ActedTwice, r.NoticedTwice, r.OverPace, r.MostInASecond, len(r.Repeats), r.RepeatedWrongly, r.KilledWhileSending, r.TextedTwice, r.AnsweredOnly)
}

// wait lets time pass: the load goes on meanwhile, and when a process is killed is the seed's to say.
func wait(t *testing.T, d time.Duration) {
	t.Helper()
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-t.Context().Done():
		t.Fatal("stopped")
	}
}
