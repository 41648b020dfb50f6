//go:build unix

package crash

import (
	"testing"
	"time"

	"rejoinder/internal/store/storetest/pg"
)

// TestDatabaseStopped stops PostgreSQL and starts it again, three times, while two processes are loaded.
func TestDatabaseStopped(t *testing.T) {
	if testing.Short() {
		t.Skip("stops a database for some seconds")
	}
	t.Parallel()
	c := pg.Own(t)
	r := outage(t, pg.URLOf("postgres", c), func() {
		for range 3 {
			wait(t, 2*time.Second)
			c.Stop()
			wait(t, time.Second)
			c.Start(t)
		}
		wait(t, 3*time.Second)
	})
	r.Database = "PostgreSQL, stopped and started three times"
	t.Log(r.String())
	keep(r)
}

// TestStandbyTakesOver kills a primary under load and lets its standby, which has every commit, take over. The programs
// have one URL that names both, and are not started again.
func TestStandbyTakesOver(t *testing.T) {
	if testing.Short() {
		t.Skip("starts two databases")
	}
	t.Parallel()
	primary := pg.Own(t)
	standby := primary.Standby(t)
	r := outage(t, pg.URLOf("postgres", primary, standby), func() {
		wait(t, 4*time.Second)
		primary.Kill()
		wait(t, time.Second)
		standby.Promote(t)
		wait(t, 6*time.Second)
	})
	r.Database = "PostgreSQL, primary killed and standby promoted"
	t.Log(r.String())
	keep(r)
}

// outage loads two processes while something happens to their database, and checks the same as a campaign of kills. No
// process may end, and no request be answered with anything but success or "try again".
func outage(t *testing.T, url string, happens func()) Result {
	t.Helper()
	w := newWorld(t, url, *seed, 30)
	programs := startAll(t, w, 2)
	stop, loaded := make(chan struct{}), make(chan struct{})
	l := newLoader(w, programs, *seed, stop)
	go func() { defer close(loaded); l.run(400 * time.Millisecond) }()
	begun := time.Now()
	happens()
	took := time.Since(begun)
	close(stop)
	<-loaded
	for i, p := range programs {
		if !p.alive() {
			t.Errorf("process %d ended by itself:\n%s", i, p.log)
		}
	}
	v := &truth{w: w, l: l, db: w.openDB(t), lease: *kills == 0, away: true}
	v.peace(3 * time.Minute)
	if l.refused == 0 {
		t.Error("no request was answered 503: the database was never away")
	}
	return conclude(t, v, programs, took)
}
